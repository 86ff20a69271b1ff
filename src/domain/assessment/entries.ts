import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { AssessmentEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfAssessment(
  _incident: Incident,
  event: AssessmentEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
