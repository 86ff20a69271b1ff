import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { MitigationEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfMitigation(
  _incident: Incident,
  event: MitigationEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
