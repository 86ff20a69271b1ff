import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { AccessEvent } from "./events.ts";

/** None is a key entry: what became of the channel is no part of what happened. */
export const entriesOfAccess = (
  _incident: Incident,
  _event: AccessEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
