import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { RolesEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfRoles(_incident: Incident, event: RolesEvent, _recordedAt: number): TimelineEntry[] {
  return event satisfies never;
}
