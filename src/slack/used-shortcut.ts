import type { InputKeys } from "./keys.ts";
import type { SlackRoom } from "./room.ts";
import type { Message } from "./views/limits.ts";

/** A message on which somebody used a shortcut. Sitrep may not be a member of its channel. */
export interface ShortcutMessage {
  channel: string;
  ts: string;
  /** Null for a message at the top of its channel. */
  threadTs: string | null;
  /** A user id; null where no person wrote it. */
  author: string | null;
  /** In Slack's encoding, as words are. */
  text: string;
  /** Names. */
  files: string[];
  /** When it was last edited, by Slack; empty: never. */
  editedTs: string;
}

/** A shortcut that somebody used from Slack's menus. */
export interface UsedShortcut {
  user: string;
  /** Opens one form, within three seconds. */
  triggerId: string;
  /** For `handle`, so that what arrives twice is done once. */
  keys: InputKeys;
}

export interface UsedOnMessage extends UsedShortcut {
  message: ShortcutMessage;
  /** A secret: good for answers to the user for half an hour. */
  responseUrl: string;
}

/** What the user is told, and nobody else; null: a form was opened, which is answer enough. */
export type RunGlobalShortcut = (room: SlackRoom, used: UsedShortcut) => Promise<Message | null>;
export type RunMessageShortcut = (room: SlackRoom, used: UsedOnMessage) => Promise<Message | null>;
