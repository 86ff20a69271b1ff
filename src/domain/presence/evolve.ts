import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";

/** Events that bring a prompt which notifies people; after one the next waits `prompts.atMostEvery`. */
const prompting: readonly IncidentEvent["type"][] = [];

/** What any event changes here; `state` is the one before it. */
export function evolvePresence(state: Incident, event: IncidentEvent): Partial<Incident> {
  const { presence } = state;
  if (prompting.includes(event.type)) return { presence: { ...presence, promptedAt: event.at } };
  return {};
}
