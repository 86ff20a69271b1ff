import { entriesOfAccess } from "./access/entries.ts";
import { isAccessEvent } from "./access/events.ts";
import { entriesOfDepartures } from "./departures/entries.ts";
import { isDeparturesEvent } from "./departures/events.ts";
import { entriesOfActionItems } from "./action-items/entries.ts";
import { isActionItemsEvent } from "./action-items/events.ts";
import { entriesOfAsks } from "./asks/entries.ts";
import { isAsksEvent } from "./asks/events.ts";
import { entriesOfAssessment } from "./assessment/entries.ts";
import { isAssessmentEvent } from "./assessment/events.ts";
import { entriesOfAudiences } from "./audiences/entries.ts";
import { isAudiencesEvent } from "./audiences/events.ts";
import { entriesOfCorrections } from "./corrections/entries.ts";
import { isCorrectionsEvent } from "./corrections/events.ts";
import { entriesOfEnding } from "./ending/entries.ts";
import { isEndingEvent } from "./ending/events.ts";
import { entriesOfEscalation } from "./escalation/entries.ts";
import { isEscalationEvent } from "./escalation/events.ts";
import { entriesOfMitigation } from "./mitigation/entries.ts";
import { isMitigationEvent } from "./mitigation/events.ts";
import { entriesOfOpening } from "./opening/entries.ts";
import { isOpeningEvent } from "./opening/events.ts";
import { entriesOfPresence } from "./presence/entries.ts";
import { isPresenceEvent } from "./presence/events.ts";
import { entriesOfRoles } from "./roles/entries.ts";
import { isRolesEvent } from "./roles/events.ts";
import { entriesOfRunbooks } from "./runbooks/entries.ts";
import { isRunbooksEvent } from "./runbooks/events.ts";
import { entriesOfTroubles } from "./troubles/entries.ts";
import { isTroublesEvent } from "./troubles/events.ts";
import type { KeyEntry } from "./command.ts";
import type { IncidentEvent } from "./event.ts";
import type { Incident } from "./incident.ts";
import { currentText, isMarked, isRecovered, type MessageRecord } from "./record.ts";
import { instantOfTs } from "./time.ts";
import type { StandingEntry, TimelineEntry } from "./timeline-entry.ts";
import { slotTelling } from "./timeline-slot.ts";
import type { Words } from "./words.ts";

interface Recorded {
  recordedAt: number;
  event: IncidentEvent;
}

/** Key entries in the order in which they happened; what happened together stands in the order it arrived. */
export const keyTimeline = (
  incident: Incident,
  events: readonly Recorded[],
  messages: readonly MessageRecord[],
): TimelineEntry[] =>
  standingTimeline(incident, events, messages).flatMap(({ entry, hidden }) => (hidden ? [] : [entry]));

/** The same with what was hidden. `events` are the whole history. */
export function standingTimeline(
  incident: Incident,
  events: readonly Recorded[],
  messages: readonly MessageRecord[],
): StandingEntry[] {
  const acts = events.flatMap(({ event, recordedAt }, index) => {
    const seq = index + 1;
    const slot = slotTelling(incident, event, seq);
    return entryOf(incident, detailed(event, events.slice(seq)), recordedAt).map((entry, place) => ({
      id: idOf(entry, seq, place),
      entry: slot === undefined ? entry : { ...entry, slot },
    }));
  });
  const said = messages.flatMap((message) => {
    const id = messageEntry(message);
    const isEdited = incident.corrections.entries[id] !== undefined;
    return entryOfMessage(message, isEdited).map((entry) => ({ id, entry, unmarked: !isMarked(message) }));
  });
  return [...acts, ...said]
    .map((each) => standing(incident, each))
    .toSorted(({ entry: one }, { entry: other }) => one.at - other.at || arrival(one) - arrival(other));
}

/** Messages of one instant stand as they were said, in whatever order Slack told of them. */
const arrival = ({ kind, at, recordedAt }: TimelineEntry): number => (kind === "message" ? at : recordedAt);

export const messageEntry = ({ channel, ts }: Pick<MessageRecord, "channel" | "ts">): string =>
  `message:${channel}:${ts}`;
const loggedEntry = (id: string): string => `entry:${id}`;

const idOf = (entry: TimelineEntry, seq: number, place: number): string =>
  entry.kind === "logged" ? loggedEntry(entry.entry) : `event:${seq}:${place}`;

function standing(
  { corrections, entries }: Incident,
  { id, entry, unmarked = false }: { id: string; entry: TimelineEntry; unmarked?: boolean },
): StandingEntry {
  const correction = corrections.entries[id];
  const undone = entry.kind === "logged" && entries.some((each) => each.hidden && each.id === entry.entry);
  if (!correction) return { id, entry, hidden: undone, corrected: null };
  const isGone = entry.kind === "message" && entry.text === null;
  return {
    id,
    entry: {
      ...entry,
      at: correction.at ?? entry.at,
      ...(correction.text && !isGone && { reworded: correction.text }),
    },
    hidden: correction.hidden || (unmarked && !isGone),
    corrected: { by: correction.by, at: correction.changedAt },
  };
}

/** A resolution with the details that were added before the next one. */
function detailed(event: IncidentEvent, later: readonly Recorded[]): IncidentEvent {
  if (event.type !== "IncidentResolved") return event;
  const next = later.findIndex((each) => each.event.type === "IncidentResolved");
  const own = next < 0 ? later : later.slice(0, next);
  const details = own.findLast((each) => each.event.type === "ResolutionDetailed")?.event;
  return details?.type === "ResolutionDetailed" ? { ...event, data: details.data } : event;
}

function entryOf(incident: Incident, event: IncidentEvent, recordedAt: number): TimelineEntry[] {
  if (isRolesEvent(event)) return entriesOfRoles(incident, event, recordedAt);
  if (isAsksEvent(event)) return entriesOfAsks(incident, event, recordedAt);
  if (isAssessmentEvent(event)) return entriesOfAssessment(incident, event, recordedAt);
  if (isMitigationEvent(event)) return entriesOfMitigation(incident, event, recordedAt);
  if (isEscalationEvent(event)) return entriesOfEscalation(incident, event, recordedAt);
  if (isRunbooksEvent(event)) return entriesOfRunbooks(incident, event, recordedAt);
  if (isCorrectionsEvent(event)) return entriesOfCorrections(incident, event, recordedAt);
  if (isEndingEvent(event)) return entriesOfEnding(incident, event, recordedAt);
  if (isActionItemsEvent(event)) return entriesOfActionItems(incident, event, recordedAt);
  if (isAudiencesEvent(event)) return entriesOfAudiences(incident, event, recordedAt);
  if (isAccessEvent(event)) return entriesOfAccess(incident, event, recordedAt);
  if (isDeparturesEvent(event)) return entriesOfDepartures(incident, event, recordedAt);
  if (isOpeningEvent(event)) return entriesOfOpening(incident, event, recordedAt);
  if (isPresenceEvent(event)) return entriesOfPresence(incident, event, recordedAt);
  if (isTroublesEvent(event)) return entriesOfTroubles(incident, event, recordedAt);
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
      if (!entry) return [];
      return [{ kind: "logged", at: entry.at, recordedAt, by, entry: entry.id, text: entry.text }];
    }
    case "IncidentResolved": {
      // Another entry may since be used as its time; an earlier resolution stands as it was.
      const { recovered, fix } = incident.resolved?.at === at ? incident.resolved : event.data;
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
    case "DeclarationStopped":
    case "ChannelOpened":
    case "MessagePosted":
    case "MessageGone":
    case "ExportAsked":
    case "PostmortemUploaded":
    case "PostmortemShared":
    case "EffectRefused":
    case "PromptHeldBack":
    case "OutageNoted":
    case "PromptsCameLate":
      return [];
    default:
      return event satisfies never;
  }
}

function entryOfMessage(message: MessageRecord, isEdited: boolean): TimelineEntry[] {
  const text = isEdited ? currentText(message) : keyText(message);
  const { author, files, channel, ts, threadTs, recordedAt, deletedAt, deletionNoticed } = message;
  // Of a deleted one remains that it was there: nobody took the mark back.
  const isTombstone = deletedAt !== null && message.said && isMarked(message);
  if (!text && !isTombstone) return [];
  const recovered = isRecovered(message);
  const said = { author, text, files, channel, ts, threadTs, deletedAt, deletionNoticed, recovered };
  return [{ kind: "message", at: instantOfTs(ts), recordedAt, ...said }];
}

/**
 * What people put on the timeline themselves, in the order it happened: what a draft may quote. `marked` are the incident's
 * messages that may be key.
 */
export function keyEntries(incident: Incident, marked: readonly MessageRecord[]): KeyEntry[] {
  const logged = incident.entries
    .filter((entry) => !entry.hidden)
    .flatMap((entry): KeyEntry[] =>
      asCorrected(incident, loggedEntry(entry.id), { at: entry.at, text: entry.text, from: "log entry" }),
    );
  const messages = marked.flatMap((message): KeyEntry[] => {
    const text = keyText(message);
    const { ts, threadTs } = message;
    const said = { at: instantOfTs(ts), from: "message" as const, ts, ...(threadTs && { threadTs }) };
    return text ? asCorrected(incident, messageEntry(message), { ...said, text }) : [];
  });
  const decisions = incident.mitigation.decisions.map(({ at, text }): KeyEntry => ({
    at,
    text,
    from: "decision",
  }));
  return [...logged, ...messages, ...decisions].toSorted((one, other) => one.at - other.at);
}

function asCorrected({ corrections }: Incident, id: string, entry: KeyEntry): KeyEntry[] {
  const correction = corrections.entries[id];
  if (!correction) return [entry];
  if (correction.hidden) return [];
  return [{ ...entry, at: correction.at ?? entry.at, text: correction.text ?? entry.text }];
}

/** A message is key while somebody's mark stands on it and it is not deleted. */
const keyText = (message: MessageRecord): Words | null => (isMarked(message) ? currentText(message) : null);
