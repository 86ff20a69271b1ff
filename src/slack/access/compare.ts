import { peopleNeeded } from "../../domain/departures/needed.ts";
import type { Outgoing } from "../../domain/effect.ts";
import { lookAtChannel, lookAtPerson, lookElsewhere } from "../../domain/access/looks.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Store } from "../../store/port.ts";
import { refusedElsewhere } from "../troubles/refused-elsewhere.ts";

/** Every incident of which it matters what people do to Slack: it is open, or something is held for it. */
export async function watched(store: Store): Promise<Incident[]> {
  const held = await Promise.all((await store.incidentsHeld()).map((number) => store.incident(number)));
  const all = [...(await store.incidents({ open: true })), ...held].filter((one) => one !== undefined);
  return [...new Map(all.map((one) => [one.number, one])).values()];
}

/**
 * Has Slack compared with the record: events may have come while nobody listened. Looks are effects like others, so that they
 * wait for Slack, keep its pace and are not forgotten.
 */
export async function compareAll(store: Store, at: number): Promise<void> {
  const outbox = (await watched(store)).flatMap((incident) => looksAt(incident, at));
  for (const { incident, channels } of await refusedElsewhere(store))
    for (const channel of channels) outbox.push(lookElsewhere(incident.number, channel, String(at), at));
  if (outbox.length > 0) await store.commit({ at, outbox });
}

function looksAt(incident: Incident, at: number): Outgoing[] {
  const { number, channel } = incident;
  return [
    ...(channel ? [lookAtChannel(number, String(at), at)] : []),
    ...peopleNeeded(incident).map((user) => lookAtPerson(number, user, String(at), at)),
  ];
}
