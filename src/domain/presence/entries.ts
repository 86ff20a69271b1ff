import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { PresenceEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfPresence(
  _incident: Incident,
  event: PresenceEvent,
  _recordedAt: number,
): TimelineEntry[] {
  return event satisfies never;
}
