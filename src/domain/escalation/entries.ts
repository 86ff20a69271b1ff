import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { EscalationEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfEscalation(
  _incident: Incident,
  event: EscalationEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
