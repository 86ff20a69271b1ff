import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { AudiencesEvent } from "./events.ts";

/** Reminders and who was told besides are no key entries. */
export const entriesOfAudiences = (
  _incident: Incident,
  _event: AudiencesEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
