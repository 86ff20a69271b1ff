import type { Incident } from "../domain/incident.ts";
import { isVisibleTo } from "../domain/policy/visibility.ts";
import type { IncidentFilter } from "../store/port.ts";
import type { CommandWord } from "./id-shape.ts";
import type { SlackRoom } from "./room.ts";

/** Who would read an answer: the asker alone, or with `@Sitrep` everybody in the channel. */
export interface Viewer {
  user: string;
  /** Where she asks from; empty for a form, App Home. */
  channel: string;
  command?: CommandWord;
}

/** The incident with that number, if the viewer may know of it. Every reference that people give is looked up here. */
export async function seenIncident(
  room: SlackRoom,
  viewer: Viewer,
  number: number,
): Promise<Incident | undefined> {
  const incident = await room.handling.store.incident(number);
  return incident && (await seenAmong(room, viewer, [incident]))[0];
}

/** Newest first; those that the viewer may know of. Every list is made of these. */
export async function seenIncidents(
  room: SlackRoom,
  viewer: Viewer,
  filter: IncidentFilter = {},
): Promise<Incident[]> {
  return seenAmong(room, viewer, await room.handling.store.incidents(filter));
}

async function seenAmong(
  room: SlackRoom,
  { user, channel, command }: Viewer,
  incidents: readonly Incident[],
): Promise<Incident[]> {
  const here = { kind: "channel" as const, id: channel };
  const isClear = (incident: Incident) => isVisibleTo(incident, here);
  if (command === "@Sitrep" || incidents.every(isClear)) return incidents.filter(isClear);
  const person = { kind: "person" as const, user, channels: await room.standing.privateChannels(user) };
  return incidents.filter((incident) => isClear(incident) || isVisibleTo(incident, person));
}
