import type { Actor } from "./actor.ts";
import type { Slot } from "./slot.ts";
import type { LiveStatus, Severity, Status } from "./vocab.ts";
import type { Words } from "./words.ts";

type EntryOf<Kind extends string, Data> = {
  kind: Kind;
  /** When it happened, ms since the epoch. */
  at: number;
  /** When it arrived here. */
  recordedAt: number;
  /** What somebody has written in its place. */
  reworded?: Words;
  /** The message of ours that told the channel of it. */
  slot?: Slot;
} & Data;

/** What reaches the post-mortem. Reminders, snoozes and updates do not. */
export type TimelineEntry =
  | EntryOf<"declared", { by: Actor; severity: Severity; provisional: boolean }>
  | EntryOf<"status", { by: Actor; from: Status; to: LiveStatus }>
  | EntryOf<"severity", { by: Actor; from: Severity; to: Severity; reason: Words | null }>
  | EntryOf<"title", { by: Actor; from: Words; to: Words }>
  | EntryOf<"logged", { by: Actor; entry: string; text: Words }>
  | EntryOf<
      "message",
      {
        author: string | null;
        /** Null once its author has deleted it. */
        text: Words | null;
        deletedAt: number | null;
        /** `deletedAt` is when it was found missing. */
        deletionNoticed: boolean;
        /** Found by reading Slack's history, since no event told of it. */
        recovered: boolean;
        files: string[];
        channel: string;
        ts: string;
        threadTs: string | null;
      }
    >
  /** An act in words: Sitrep's own text (mrkdwn; people as `<@U1>`) and people's, one after the other. */
  | EntryOf<"told", { by: Actor; parts: (string | Words)[] }>
  | EntryOf<"resolved", { by: Actor; recovered: { at: number; assumed: boolean }; fix: Words | null }>;

/** An entry with its name, by which it is corrected. */
export interface StandingEntry {
  id: string;
  entry: TimelineEntry;
  /** Somebody took it off, or the last mark of one that was edited by hand. */
  hidden: boolean;
  /** Who corrected it last. */
  corrected: { by: Actor; at: number } | null;
}
