import type { Incident } from "../../domain/incident.ts";
import { isLeft } from "../../domain/troubles/state.ts";
import type { Store } from "../../store/port.ts";

/** Incidents with something that a channel elsewhere refused and nobody has had tried again, with those channels. */
export async function refusedElsewhere(
  store: Store,
): Promise<{ incident: Incident; channels: readonly string[] }[]> {
  const numbers = new Set((await store.deadEffects()).flatMap(({ incident }) => incident ?? []));
  const incidents = await Promise.all([...numbers].map((number) => store.incident(number)));
  return incidents
    .filter((incident) => incident !== undefined)
    .filter(({ status }) => status !== "CLOSED")
    .map((incident) => ({
      incident,
      channels: [...new Set(incident.troubles.filter(isLeft).flatMap(({ channel }) => channel ?? []))],
    }))
    .filter(({ channels }) => channels.length > 0);
}
