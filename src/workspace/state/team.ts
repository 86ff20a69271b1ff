import type {
  Channel,
  Happening,
  IncidentClock,
  Instant,
  Installation,
  OpenView,
  Person,
  SlackEvent,
  UserGroup,
  WorkspaceFile,
  WorkspaceMessage,
} from "../model.ts";
import { Ids, Timestamps } from "./ids.ts";

export interface TeamOptions {
  clock: IncidentClock;
  /** Ids, tokens and secrets follow from it. */
  seed: number;
  team?: { id: string; domain: string; name: string };
  /** Hears each line of `loud`. */
  warn?: (line: string) => void;
}

/** What one person alone is shown: an ephemeral message, or a form. */
export interface Glimpse {
  user: string;
  message?: WorkspaceMessage;
  view?: OpenView;
}

/** The team's data and its lookups; what changes it lives beside it, by family. */
export class Team {
  readonly clock: IncidentClock;
  readonly ids: Ids;
  readonly timestamps: Timestamps;
  readonly team: { id: string; domain: string; name: string };
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, WorkspaceFile>();
  readonly views = new Map<string, OpenView>();
  /** What the app's Home tab shows, by person. */
  readonly homes = new Map<string, OpenView>();
  /** By id; undefined on a plan without user groups. */
  groups: Map<string, UserGroup> | undefined;
  /** On a plan without the whole history: what is older the API does not show. */
  hiddenBefore: Instant | undefined;
  /** What the workspace was asked and does not know: each entry is a gap in it or a mistake of its caller. */
  readonly loud: string[] = [];
  installation: Installation | undefined;
  /** What every call with the app's token is answered, once it was revoked. */
  revoked: "token_revoked" | "account_inactive" | undefined;
  /** Tokens of former installations. */
  readonly formerTokens = new Set<string>();
  /** Where files are kept. */
  filesUrl = "https://files.slack.com";
  readonly #warn: (line: string) => void;
  readonly #listeners = new Set<(happening: Happening) => void>();
  readonly #glimpsers = new Set<(glimpse: Glimpse) => void>();

  constructor(options: TeamOptions) {
    this.clock = options.clock;
    this.#warn = options.warn ?? (() => {});
    this.ids = new Ids(options.seed);
    this.timestamps = new Timestamps(options.clock);
    this.team = options.team ?? { id: this.ids.next("T"), domain: "acme", name: "Acme" };
  }

  complain(line: string): void {
    this.loud.push(line);
    this.#warn(line);
  }

  /** @returns a function that stops listening */
  onHappening(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(subscription: string, event: SlackEvent, channel?: string): void {
    for (const listener of this.#listeners) {
      listener({ subscription, event, ...(channel !== undefined && { channel }) });
    }
  }

  /** No event tells of these. @returns a function that stops listening */
  onGlimpse(listener: (glimpse: Glimpse) => void): () => void {
    this.#glimpsers.add(listener);
    return () => this.#glimpsers.delete(listener);
  }

  glimpse(glimpse: Glimpse): void {
    for (const listener of this.#glimpsers) listener(glimpse);
  }

  person(id: string): Person | undefined {
    return this.people.get(id);
  }

  /** With or without `@`. */
  personNamed(name: string): Person | undefined {
    const handle = name.replace(/^@/, "").toLowerCase();
    return [...this.people.values()].find((person) => person.name.toLowerCase() === handle);
  }

  /** With or without `@`. */
  groupNamed(handle: string): UserGroup | undefined {
    const bare = handle.replace(/^@/, "");
    return [...(this.groups?.values() ?? [])].find((group) => group.handle === bare);
  }

  channel(id: string): Channel | undefined {
    return this.channels.get(id);
  }

  /** With or without `#`; direct messages have no name. Archived channels keep theirs. */
  channelNamed(name: string): Channel | undefined {
    const bare = name.replace(/^#/, "");
    return [...this.channels.values()].find((channel) => channel.kind !== "im" && channel.name === bare);
  }

  directMessageBetween(one: string, other: string): Channel | undefined {
    return [...this.channels.values()].find(
      (channel) => channel.kind === "im" && channel.members.has(one) && channel.members.has(other),
    );
  }

  /** Ephemeral messages are not found: Slack does not keep them. */
  message(channel: string, ts: string): WorkspaceMessage | undefined {
    return this.channels
      .get(channel)
      ?.messages.find((message) => message.ts === ts && message.onlyFor === undefined);
  }

  ephemeral(channel: string, ts: string): WorkspaceMessage | undefined {
    return this.channels
      .get(channel)
      ?.messages.find((message) => message.ts === ts && message.onlyFor !== undefined);
  }

  /** Replies to a message, oldest first, without the message itself. */
  repliesTo(channel: Channel, parentTs: string): WorkspaceMessage[] {
    return channel.messages.filter(
      (message) => message.threadTs === parentTs && message.ts !== parentTs && message.onlyFor === undefined,
    );
  }

  permalink(message: WorkspaceMessage): string {
    const address = `https://${this.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace(".", "")}`;
    const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
    return isReply ? `${address}?thread_ts=${message.threadTs}&cid=${message.channel}` : address;
  }
}
