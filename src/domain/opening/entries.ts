import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { OpeningEvent } from "./events.ts";

/** None is a key entry: who was invited and where people met is no part of what happened. */
export const entriesOfOpening = (
  _incident: Incident,
  _event: OpeningEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
