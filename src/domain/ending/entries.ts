import { type Actor, actorName } from "../actor.ts";
import { type Incident, reference } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { EndingEvent } from "./events.ts";

const who = (by: Actor): string => actorName(by, (user) => `<@${user}>`);

/** Key entries that reach the post-mortem. */
export function entriesOfEnding(
  _incident: Incident,
  event: EndingEvent,
  recordedAt: number,
): TimelineEntry[] {
  const { at, actor: by } = event;
  const told = (parts: Extract<TimelineEntry, { kind: "told" }>["parts"]): TimelineEntry[] => [
    { kind: "told", at, recordedAt, by, parts },
  ];
  switch (event.type) {
    case "IncidentCancelled": {
      const { reason, same } = event.data;
      const as = same === null ? "as a false alarm" : `as the same as ${reference(same.number)}`;
      return told([`Cancelled ${as} by ${who(by)}`, ...(reason ? [": ", reason] : [])]);
    }
    case "IncidentReopened":
      return told([`Reopened by ${who(by)}, was ${event.data.from}: `, event.data.reason]);
    case "DuplicateNoted": {
      const { same, other } = event.data;
      return told([`${reference(other.number)} is ${same ? "" : "not "}the same`]);
    }
    case "IncidentClosed":
    case "JoinAsked":
    case "PostmortemOwned":
    case "PostmortemReminded":
    case "PostmortemPublished":
    case "PostmortemWaived":
    case "ArchivingAnnounced":
    case "ChannelKept":
    case "ArchivingDue":
      return [];
    default:
      return event satisfies never;
  }
}
