import type { Incident } from "../../domain/incident.ts";
import { standingTimeline } from "../../domain/timeline.ts";
import type { StandingEntry } from "../../domain/timeline-entry.ts";
import { loadMaterial } from "../../postmortem/export.ts";
import { entryText } from "../../postmortem/incident-json.ts";
import { sourceOf } from "../../postmortem/timeline-section.ts";
import type { SlackRoom } from "../room.ts";

/** An entry as a person may read it. */
export interface ReadEntry extends StandingEntry {
  text: string;
  /** Its message in Slack. */
  source: string | undefined;
}

/** Every key entry, hidden ones too, oldest first. */
export async function readTimeline(room: SlackRoom, { number }: Incident): Promise<ReadEntry[]> {
  const material = await loadMaterial(room.handling, number);
  if (!material) return [];
  return standingTimeline(material.incident, material.events, material.messages).map((standing) => ({
    ...standing,
    text: entryText(standing.entry, material),
    source: sourceOf(standing.entry, material),
  }));
}
