import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { RunbooksEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfRunbooks(
  _incident: Incident,
  event: RunbooksEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
