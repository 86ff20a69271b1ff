import type { ListItem, PhrasingContent } from "mdast";
import { calms } from "../domain/ending/calm.ts";
import type { Incident } from "../domain/incident.ts";
import { mitigationThatWorked } from "../domain/mitigation/state.ts";
import { formatDuration } from "../domain/time.ts";
import { mitigationNames } from "../domain/vocab.ts";
import { assumed, item, notRecorded, paragraph, strong, text } from "./nodes.ts";
import { type Material, nameOf, readingOf } from "./material.ts";
import { clockOn, knownStart } from "./times.ts";

interface Moment {
  at: number;
  assumed: boolean;
  /** Where it comes from, in words. */
  from: string;
}

/** From the start to each step, with both timestamps and where they came from. */
export function responseTimes(material: Material): ListItem[] {
  const start = startOf(material);
  const { incident } = material;
  const steps: [string, Moment | undefined][] = [
    ["Detect", detectionOf(material)],
    ["Acknowledge", acknowledgementOf(material)],
    ["Mitigate", mitigationOf(material)],
    ["Resolve", recoveryOf(incident, material)],
  ];
  return steps.map(([name, end]) =>
    item(paragraph(strong(`${name}:`), text(" "), ...step(start, end, material), ...calmIn(name, material))),
  );
}

/** A reopened incident lasts from its first start to its last recovery. */
function calmIn(name: string, { incident }: Material): PhrasingContent[] {
  const calm = calms(incident).reduce((sum, { from, to }) => sum + (to - from), 0);
  return name === "Resolve" && incident.resolved && calm > 0
    ? [text(`; ${formatDuration(calm)} of it calm`)]
    : [];
}

/** What people took from the timeline wins over what Sitrep noted itself. */
function detectionOf(material: Material): Moment {
  const { corrections, declaredAt, declaredBy } = material.incident;
  if (corrections.detected) {
    const { at, by } = corrections.detected;
    return { at, assumed: false, from: by === null ? "taken from the timeline" : `detected by ${by}` };
  }
  return {
    at: declaredAt,
    assumed: false,
    from: `declared by ${nameOf(declaredBy, readingOf(material))}`,
  };
}

function acknowledgementOf(material: Material): Moment | undefined {
  const { acknowledged } = material.incident.escalation;
  if (!acknowledged) return undefined;
  const from = `acknowledged by ${nameOf(acknowledged.by, readingOf(material))}`;
  return { at: acknowledged.at, assumed: false, from };
}

function mitigationOf({ incident: { corrections, mitigation } }: Material): Moment | undefined {
  if (corrections.mitigated !== null)
    return { at: corrections.mitigated, assumed: false, from: "taken from the timeline" };
  if (mitigation.mitigatedAt === null) return undefined;
  const worked = mitigationThatWorked(mitigation);
  const from = worked ? `${mitigationNames[worked.option]} worked` : "a mitigation worked";
  return { at: mitigation.mitigatedAt, assumed: false, from };
}

function startOf(material: Material): Moment | undefined {
  const known = knownStart(material.incident);
  if (!known) return undefined;
  const set = material.events.findLast(({ event }) => event.type === "StartedSet")?.event;
  const from = set ? `set by ${nameOf(set.actor, readingOf(material))}` : "time of the declaration";
  return { ...known, from };
}

function recoveryOf({ resolved }: Incident, material: Material): Moment | undefined {
  if (!resolved) return undefined;
  const { recovered } = resolved;
  const told = material.events.findLast(
    ({ event }) =>
      (event.type === "IncidentResolved" || event.type === "ResolutionDetailed") &&
      event.data.recovered.at === recovered.at,
  )?.event;
  const by = nameOf(told?.actor ?? resolved.by, readingOf(material));
  return { ...recovered, from: recovered.assumed ? "time of resolving" : `given by ${by}` };
}

function step(start: Moment | undefined, end: Moment | undefined, { rules }: Material): PhrasingContent[] {
  if (!end) return [notRecorded];
  const day = start?.at ?? end.at;
  const moment = (known: Moment | undefined): PhrasingContent[] =>
    known
      ? [
          text(`${clockOn(known.at, rules.timezone, day)} (${known.from})`),
          ...(known.assumed ? [text(" "), assumed] : []),
        ]
      : [notRecorded];
  const length = start && start.at <= end.at ? [text(formatDuration(end.at - start.at))] : [notRecorded];
  return [...length, text(", from "), ...moment(start), text(" to "), ...moment(end)];
}
