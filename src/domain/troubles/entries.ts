import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { TroublesEvent } from "./events.ts";

/** None is a key entry: what Slack refuses is no part of what happened. */
export const entriesOfTroubles = (
  _incident: Incident,
  _event: TroublesEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
