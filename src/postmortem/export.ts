import type { IncidentEvent } from "../domain/event.ts";
import type { Incident } from "../domain/incident.ts";
import type { MessageRecord } from "../domain/record.ts";
import type { Rules } from "../domain/rules.ts";
import { buildPostmortem, type Postmortem } from "./build.ts";
import type { Material } from "./material.ts";

interface KnownPerson {
  name: string;
  isBot: boolean;
}

/** Tells of somebody whom the store does not know yet; undefined when nobody can. */
export type AskPerson = (id: string) => Promise<KnownPerson | undefined>;

/** What of the store it reads. */
export interface PostmortemRecord {
  incident(number: number): Promise<Incident | undefined>;
  events(incident: number): Promise<{ recordedAt: number; event: IncidentEvent }[]>;
  messages(incident: number): Promise<MessageRecord[]>;
  people(ids: string[]): Promise<ReadonlyMap<string, KnownPerson>>;
  meta(key: string): Promise<string | undefined>;
}

interface Exporting {
  store: PostmortemRecord;
  rules: Rules;
}

/** The one way to a post-mortem, whoever asks for it, so that everybody gets the same bytes. Undefined: no such incident. */
export async function exportPostmortem(
  exporting: Exporting,
  number: number,
  askPerson?: AskPerson,
): Promise<Postmortem | undefined> {
  const material = await loadMaterial(exporting, number, askPerson);
  return material && buildPostmortem(material);
}

export async function loadMaterial(
  { store, rules }: Exporting,
  number: number,
  askPerson?: AskPerson,
): Promise<Material | undefined> {
  const incident = await store.incident(number);
  if (!incident) return undefined;
  const [events, messages, teamUrl] = await Promise.all([
    store.events(number),
    store.messages(number),
    store.meta("teamUrl"),
  ]);
  const users = usersIn({ incident, events, messages });
  const people = new Map(await store.people(users));
  for (const user of users) {
    const person = people.get(user) ?? (await askPerson?.(user));
    if (person) people.set(user, person);
  }
  return { incident, events, messages, people, teamUrl, rules };
}

/** Everybody who acts, speaks, marks, is called, owns or is mentioned anywhere in it; where that may stand is found in its JSON. */
function usersIn(record: Pick<Material, "incident" | "events" | "messages">): string[] {
  const places = /(?:<@|"(?:user|author|person)":")([A-Z0-9]+)|"([UW][A-Z0-9]{7,})"/g;
  const found = JSON.stringify(record).matchAll(places);
  return [...new Set([...found].flatMap(([, named, alone]) => named ?? alone ?? []))];
}
