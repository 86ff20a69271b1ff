import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import type { CorrectionsEvent } from "./events.ts";

/** A correction changes an entry; it is none itself. */
export const entriesOfCorrections = (
  _incident: Incident,
  _event: CorrectionsEvent,
  _recordedAt: number,
): TimelineEntry[] => [];
