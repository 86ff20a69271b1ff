import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { DeparturesEvent } from "./events.ts";

/** Key entries: nobody leads any more. */
export function entriesOfDepartures(
  _incident: Incident,
  event: DeparturesEvent,
  recordedAt: number,
): TimelineEntry[] {
  if (event.type === "PersonBack" || !event.data.roles.includes("commander")) return [];
  const { at, actor: by, data } = event;
  return [
    { kind: "told", at, recordedAt, by, parts: [`<@${data.user}>’s account was deactivated: nobody leads`] },
  ];
}
