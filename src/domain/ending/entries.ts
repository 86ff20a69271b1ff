import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { EndingEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfEnding(
  _incident: Incident,
  event: EndingEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
