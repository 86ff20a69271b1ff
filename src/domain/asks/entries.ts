import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { AsksEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfAsks(_incident: Incident, event: AsksEvent, _recordedAt: number): TimelineEntry[] {
  return event satisfies never;
}
