import type { KnownBlock, View } from "@slack/types";

/** Milliseconds since the epoch, in incident time (the injected clock). */
export type Instant = number;

/** Why somebody waits: `settle()` runs through dispatch waits (pacing, back-off, Retry-After), only `advance()` through timers. */
export type Wait = "dispatch" | "timer";

/** The bot's `Clock` has this shape too; the two rooms do not import each other. */
export interface IncidentClock {
  now(): Instant;
  /** Resolves when `at` is reached, or at once when `signal` aborts. Never rejects. */
  sleepUntil(at: Instant, why: Wait, signal?: AbortSignal): Promise<void>;
}

export interface Person {
  id: string;
  /** The handle people write after `@`: unique in the team. */
  name: string;
  realName: string;
  tz: string;
  isBot: boolean;
  /** May rename, convert and delete channels that somebody else made. */
  admin: boolean;
  deleted: boolean;
  /** Guests: `is_restricted`. */
  restricted: boolean;
  /** From another organisation, met in a shared channel: `is_stranger`. */
  stranger: boolean;
  /** `snoozed`: notifications paused by hand, not by schedule. */
  doNotDisturb?: { from: Instant; to: Instant; snoozed: boolean };
}

export interface UserGroup {
  id: string;
  /** The name people write after `@`. */
  handle: string;
  users: string[];
}

export interface Bookmark {
  id: string;
  title: string;
  link: string;
  emoji?: string;
  created: Instant;
}

export interface WorkspaceMessage {
  channel: string;
  /** Identity within the channel: unique, ordered as a string, made of incident time. */
  ts: string;
  user: string;
  /** Set on what an app posted. */
  botId?: string;
  appId?: string;
  text: string;
  blocks?: KnownBlock[];
  subtype?: string;
  threadTs?: string;
  /** A reply also shown in the channel. */
  broadcast?: boolean;
  edited?: { user: string; ts: string };
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  /** Person ids by emoji name (no colons). */
  reactions: Map<string, string[]>;
  files: WorkspaceFile[];
  /** Ephemeral: seen by this person alone, not in history, not updatable by ts. */
  onlyFor?: string;
}

export interface WorkspaceFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  content: Uint8Array;
  user: string;
  /** Bytes announced by files.getUploadURLExternal. */
  length: number;
  uploaded: boolean;
  completed: boolean;
  channels: string[];
}

export interface Channel {
  id: string;
  name: string;
  kind: "public" | "private" | "im";
  creator: string;
  created: Instant;
  archived: boolean;
  topic: string;
  members: Set<string>;
  messages: WorkspaceMessage[];
  /** Who set the topic and when; undefined while it is empty. */
  topicSet?: { by: string; at: Instant };
  /** Former names, newest last. */
  formerNames: string[];
  /** Pinned message ts, oldest first. */
  pins: string[];
  /** Who pinned it and when, by message ts. */
  pinned: Map<string, { by: string; at: Instant }>;
  bookmarks: Bookmark[];
}

export interface OpenView {
  id: string;
  hash: string;
  rootId: string;
  previousId?: string;
  user: string;
  view: View;
  /** `private_metadata`, `callback_id` are read from `view`; what the person typed, by block and action. */
  values: Record<string, Record<string, unknown>>;
}

/** What was installed: read from the manifest, tokens made at installation. */
export interface Installation {
  appId: string;
  teamId: string;
  teamDomain: string;
  botId: string;
  botUserId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: ReadonlySet<string>;
  botEvents: ReadonlySet<string>;
  /** With the slash, such as `/incident`; `escape` is `should_escape`. */
  commands: ReadonlyMap<string, { escape: boolean }>;
  shortcuts: ReadonlyMap<string, { type: "global" | "message"; name: string }>;
  interactive: boolean;
  homeTab: boolean;
  /** False only where the manifest says so: the app then writes nobody directly. */
  messagesTab: boolean;
}

/** An Events API event as it stands in an envelope's `event`. */
export type SlackEvent = { type: string; event_ts: string } & Record<string, unknown>;

/**
 * An event before delivery: `subscription` is the manifest's name for it (`message.channels`, `reaction_added`).
 * Only what the installation subscribes to, in conversations the bot is in, is delivered.
 */
export interface Happening {
  subscription: string;
  event: SlackEvent;
  channel?: string;
}

/** Trigger ids live 3 seconds of wire time and work once. */
export interface TriggerDesk {
  issue(user: string): string;
  redeem(triggerId: string): { ok: true; user: string } | { ok: false; error: string };
}

/** What the Web API needs from the Socket Mode side. */
export interface SocketDesk {
  /** A single-use `ws://` address, for apps.connections.open. */
  issueUrl(): string;
}
