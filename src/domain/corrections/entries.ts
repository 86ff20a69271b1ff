import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { CorrectionsEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfCorrections(
  _incident: Incident,
  event: CorrectionsEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
