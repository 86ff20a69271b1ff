import type { ListItem, PhrasingContent } from "mdast";
import type { Incident } from "../domain/incident.ts";
import { formatDuration } from "../domain/time.ts";
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
  const detected: Moment = {
    at: incident.declaredAt,
    assumed: false,
    from: `declared by ${nameOf(incident.declaredBy, readingOf(material))}`,
  };
  const steps: [string, Moment | undefined][] = [
    ["Detect", detected],
    ["Acknowledge", undefined],
    ["Mitigate", undefined],
    ["Resolve", recoveryOf(incident, material)],
  ];
  return steps.map(([name, end]) =>
    item(paragraph(strong(`${name}:`), text(" "), ...step(start, end, material))),
  );
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
