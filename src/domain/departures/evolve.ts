import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isDeparturesEvent } from "./events.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveDepartures({ departed }: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isDeparturesEvent(event)) return {};
  const { user } = event.data;
  if (event.type === "PersonGone") return { departed: { ...departed, [user]: { since: event.at } } };
  const { [user]: _, ...others } = departed;
  return { departed: others };
}
