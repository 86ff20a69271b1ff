import { reference } from "../domain/incident.ts";
import { namedIncident } from "../domain/named-incident.ts";
import { isVisibleTo, type Onlooker } from "../domain/policy/visibility.ts";
import type { Handling } from "../handle.ts";
import { loadMaterial } from "../postmortem/export.ts";
import { incidentJson, summaryJson, timelineJson } from "../postmortem/incident-json.ts";
import { type Answer, failure, json } from "./answer.ts";

export interface Api {
  handling: Handling;
  /** Who asks, as the token told. */
  onlooker: Onlooker;
  /** The one way to a post-mortem; undefined: no such incident. */
  exportPostmortem: (incident: number) => Promise<{ filename: string; markdown: string } | undefined>;
}

export async function listIncidents({ handling: { store, rules }, onlooker }: Api): Promise<Answer> {
  const incidents = (await store.incidents()).filter((incident) => isVisibleTo(incident, onlooker));
  const people = await store.people([...new Set(incidents.flatMap(({ title }) => mentionedIn(title.body)))]);
  const reading = { people, zone: rules.timezone };
  return json(200, { incidents: incidents.map((incident) => summaryJson(incident, reading)) });
}

export const showIncident = (api: Api, typed: string): Promise<Answer> =>
  ofIncident(api, typed, async (number) => {
    const material = await loadMaterial(api.handling, number);
    return material && json(200, incidentJson(material));
  });

export const showTimeline = (api: Api, typed: string): Promise<Answer> =>
  ofIncident(api, typed, async (number) => {
    const material = await loadMaterial(api.handling, number);
    return material && json(200, { reference: reference(number), entries: timelineJson(material) });
  });

export const showPostmortem = (api: Api, typed: string): Promise<Answer> =>
  ofIncident(api, typed, async (number) => {
    const postmortem = await api.exportPostmortem(number);
    return (
      postmortem && {
        status: 200,
        headers: {
          "content-type": "text/markdown; charset=utf-8",
          "content-disposition": `inline; filename="${postmortem.filename}"`,
          "cache-control": "no-store",
        },
        body: postmortem.markdown,
      }
    );
  });

/** To whoever may not know of it, a private incident is like a number that does not exist: 404, never 403. */
async function ofIncident(
  { handling, onlooker }: Api,
  typed: string,
  answer: (incident: number) => Promise<Answer | undefined>,
): Promise<Answer> {
  const number = namedIncident(typed);
  if (number === null)
    return failure(400, "bad_reference", "An incident is named by its reference, such as INC-42.");
  const incident = await handling.store.incident(number);
  const isSeen = incident !== undefined && isVisibleTo(incident, onlooker);
  return (
    (isSeen ? await answer(number) : undefined) ??
    failure(404, "no_such_incident", `There is no ${reference(number)}.`)
  );
}

const mentionedIn = (body: string | null): string[] =>
  [...(body ?? "").matchAll(/<@([A-Z0-9]+)/g)].flatMap(([, user = ""]) => [user]);
