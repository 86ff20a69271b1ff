import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { AudiencesEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfAudiences(
  _incident: Incident,
  event: AudiencesEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
