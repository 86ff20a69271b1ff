import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";

/** What any event changes here; `state` is the one before it. */
export const evolveEnding = (_state: Incident, _event: IncidentEvent): Partial<Incident> => ({});
