import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { ActionItemsEvent } from "./events.ts";

/** None: what is to be done later stands in a section of its own. */
export const entriesOfActionItems = (
  _incident: Incident,
  _event: ActionItemsEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
