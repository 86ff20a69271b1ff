import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { PresenceEvent } from "./events.ts";

/** Key entries that reach the post-mortem: joins and briefs do not. */
export const entriesOfPresence = (
  _incident: Incident,
  _event: PresenceEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
