import type { Actor } from "./actor.ts";
import type { KeyEntry } from "./command.ts";
import type { IncidentEvent } from "./event.ts";
import type { Incident } from "./incident.ts";
import { currentText, isMarked, type MessageRecord } from "./record.ts";
import { instantOfTs } from "./time.ts";
import type { LiveStatus, Severity, Status } from "./vocab.ts";
import type { Words } from "./words.ts";

type EntryOf<Kind extends string, Data> = {
  kind: Kind;
  /** When it happened, ms since the epoch. */
  at: number;
  /** When it arrived here. */
  recordedAt: number;
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
        files: string[];
        channel: string;
        ts: string;
        threadTs: string | null;
      }
    >
  | EntryOf<"resolved", { by: Actor; recovered: { at: number; assumed: boolean }; fix: Words | null }>;

/** Key entries in the order in which they happened; what happened together stands in the order it arrived. */
export function keyTimeline(
  incident: Incident,
  events: readonly { recordedAt: number; event: IncidentEvent }[],
  messages: readonly MessageRecord[],
): TimelineEntry[] {
  const acts = events.flatMap(({ event, recordedAt }) => entryOf(incident, event, recordedAt));
  return [...acts, ...messages.flatMap(entryOfMessage)].toSorted(
    (one, other) => one.at - other.at || one.recordedAt - other.recordedAt,
  );
}

function entryOf(incident: Incident, event: IncidentEvent, recordedAt: number): TimelineEntry[] {
  const { at, actor: by } = event;
  switch (event.type) {
    case "IncidentDeclared": {
      const { severity, provisional } = event.data;
      return [{ kind: "declared", at, recordedAt, by, severity, provisional }];
    }
    case "StatusChanged":
      return [{ kind: "status", at, recordedAt, by, from: event.data.from, to: event.data.to }];
    case "SeverityChanged": {
      const { from, to, reason } = event.data;
      return [{ kind: "severity", at, recordedAt, by, from, to, reason }];
    }
    case "TitleChanged":
      return [{ kind: "title", at, recordedAt, by, from: event.data.from, to: event.data.to }];
    case "EntryLogged": {
      const entry = incident.entries.find(({ id }) => id === event.data.entry);
      if (!entry || entry.hidden) return [];
      return [{ kind: "logged", at: entry.at, recordedAt, by, entry: entry.id, text: entry.text }];
    }
    case "IncidentResolved": {
      // Details may have been added since.
      const { recovered, fix } = incident.resolved ?? event.data;
      return [{ kind: "resolved", at, recordedAt, by, recovered, fix }];
    }
    case "StartedSet":
    case "UpdatePublished":
    case "UpdateReminded":
    case "UpdateSnoozed":
    case "UpdatesPaused":
    case "EntryHidden":
    case "ResolutionDetailed":
    case "SectionsWritten":
    case "ChannelOpened":
    case "MessagePosted":
    case "MessageGone":
    case "ExportAsked":
    case "PostmortemUploaded":
    case "PostmortemShared":
    case "EffectRefused":
      return [];
    default:
      return event satisfies never;
  }
}

function entryOfMessage(message: MessageRecord): TimelineEntry[] {
  const text = keyText(message);
  const { author, files, channel, ts, threadTs, recordedAt, deletedAt } = message;
  // Of a deleted one remains that it was there: nobody took the mark back.
  const isTombstone = deletedAt !== null && message.said && isMarked(message);
  if (!text && !isTombstone) return [];
  const said = { author, text, files, channel, ts, threadTs, deletedAt };
  return [{ kind: "message", at: instantOfTs(ts), recordedAt, ...said }];
}

/**
 * What people put on the timeline themselves, in the order it happened: what a draft may quote. `marked` are the incident's
 * messages that may be key.
 */
export function keyEntries(incident: Incident, marked: readonly MessageRecord[]): KeyEntry[] {
  const logged = incident.entries
    .filter((entry) => !entry.hidden)
    .map((entry): KeyEntry => ({ at: entry.at, text: entry.text, from: "log entry" }));
  const messages = marked.flatMap((message): KeyEntry[] => {
    const text = keyText(message);
    const { ts, threadTs } = message;
    return text ? [{ at: instantOfTs(ts), text, from: "message", ts, ...(threadTs && { threadTs }) }] : [];
  });
  return [...logged, ...messages].toSorted((one, other) => one.at - other.at);
}

/** A message is key while somebody's mark stands on it and it is not deleted. */
const keyText = (message: MessageRecord): Words | null => (isMarked(message) ? currentText(message) : null);
