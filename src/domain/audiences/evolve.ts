import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { type AudiencesEvent, isAudiencesEvent } from "./events.ts";
import type { Audiences } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveAudiences(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isAudiencesEvent(event)) return {};
  return { audiences: { ...state.audiences, ...changeBy(state, event) } };
}

function changeBy({ audiences, version }: Incident, event: AudiencesEvent): Partial<Audiences> {
  switch (event.type) {
    case "AudienceTold":
      return { told: [...audiences.told, event.data] };
    case "UpdateWarned":
      return { warned: [...audiences.warned, event.data] };
    case "UpdateMissedAgain": {
      const { due, to, since } = event.data;
      return { missed: [...audiences.missed, { due, to, since }] };
    }
    case "StillOpenPlanned":
      return { askingSince: event.data.since };
    case "StillOpenAsked": {
      const { since, to } = event.data;
      return { stillOpen: { version: version + 1, to, since } };
    }
    case "SubscribersFound":
    case "UpdateWarningPlanned":
    case "MissedUpdateEscalated":
      return {};
    default:
      return event satisfies never;
  }
}
