import type { Incident } from "../incident.ts";

/** How far back the timeline of a channel reaches in which an incident is opened. */
const beforehand = 60 * 60_000;

/**
 * From when on what is said in its room belongs to the incident; null: all that stands there. A channel that was there before has
 * talk in it that does not concern it.
 */
export const recordedSince = ({ here, declaredAt }: Pick<Incident, "here" | "declaredAt">): number | null =>
  here ? declaredAt - beforehand : null;
