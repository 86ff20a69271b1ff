import type { Outgoing } from "../effect.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";

/** What any event makes necessary here; `state` is the one after it. */
export const escalationEffects = (_event: IncidentEvent, _state: Incident): Outgoing[] => [];
