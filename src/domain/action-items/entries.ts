import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { ActionItemsEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfActionItems(
  _incident: Incident,
  event: ActionItemsEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
