import type { BlockContent, PhrasingContent } from "mdast";
import { calms } from "../domain/ending/calm.ts";
import { reference } from "../domain/incident.ts";
import { mitigationThatWorked } from "../domain/mitigation/state.ts";
import { mitigatedAt } from "../domain/mitigation/times.ts";
import { knownDataLoss } from "../domain/policy/impact.ts";
import { formatDuration } from "../domain/time.ts";
import { type DataLoss, mitigationNames } from "../domain/vocab.ts";
import { assumed, lineBreak, notRecorded, paragraph, strong, text, toBeWritten } from "./nodes.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { mention } from "./reading.ts";
import { clockOn, knownStart } from "./times.ts";

/** What happened, how long, who led, what fixed it and whether data was lost: from recorded facts alone. */
export function summary(material: Material): BlockContent[] {
  const { incident } = material;
  const reading = readingOf(material);
  const impact = incident.impact ? wordsInline(incident.impact, reading) : [notRecorded];
  const fix = incident.resolved?.fix ? wordsInline(incident.resolved.fix, reading) : [toBeWritten];
  return [
    paragraph(
      ...[begun, mitigated, ended, led].flatMap((sentence, index): PhrasingContent[] => {
        const said = sentence(material);
        return said.length === 0 || index === 0 ? said : [text(" "), ...said];
      }),
    ),
    paragraph(
      ...fact("What happened", impact),
      ...(incident.services.length > 0
        ? [lineBreak, ...fact("Services", [text(incident.services.join(", "))])]
        : []),
      ...(incident.resolved ? [lineBreak, ...fact("What fixed it", fix)] : []),
      lineBreak,
      ...fact("Data loss", [text(dataLossInWords(knownDataLoss(incident)))]),
    ),
  ];
}

const fact = (name: string, value: PhrasingContent[]): PhrasingContent[] => [
  strong(`${name}:`),
  text(" "),
  ...value,
];

export const dataLossInWords = (known: Exclude<DataLoss, "unknown"> | null): string =>
  known ?? "not established";

const clockIn = (material: Material) => (at: number) =>
  clockOn(at, material.rules.timezone, material.incident.started.at);

function begun(material: Material): PhrasingContent[] {
  const { incident } = material;
  const clock = clockIn(material);
  const start = knownStart(incident);
  const severity = `${incident.severity}${incident.provisional ? ", provisional" : ""}`;
  const declared = `declared by ${nameOf(incident.declaredBy, readingOf(material))} at ${clock(incident.declaredAt)}`;
  const name = `${reference(incident)} (${severity})`;
  if (!start) return [text(`${name} was ${declared}.`)];
  return [
    text(`${name} began at ${clock(start.at)}`),
    ...(start.assumed ? [text(" "), assumed] : []),
    text(`${detected(material)} and was ${declared}.`),
  ];
}

function detected(material: Material): string {
  const known = material.incident.corrections.detected;
  if (!known) return "";
  return `, was detected at ${clockIn(material)(known.at)}${known.by === null ? "" : ` by ${known.by}`}`;
}

function mitigated(material: Material): PhrasingContent[] {
  const { incident } = material;
  const at = mitigatedAt(incident);
  if (at === null) return [];
  const worked = mitigationThatWorked(incident.mitigation);
  const how = worked
    ? [text(` by ${mitigationNames[worked.option]}: `), ...wordsInline(worked.what, readingOf(material))]
    : [];
  return [text(`It was mitigated at ${clockIn(material)(at)}`), ...how, text(".")];
}

function ended(material: Material): PhrasingContent[] {
  const { incident } = material;
  const reading = readingOf(material);
  const { cancelled, reopenings } = incident.ending;
  const clock = clockIn(material);
  const again = reopenings.length === 0 ? "" : `, after it had been reopened ${times(reopenings.length)}`;
  if (cancelled) {
    const as =
      cancelled.duplicateOf === null
        ? "as a false alarm"
        : `as the same as ${reference(cancelled.duplicateOf)}`;
    return [
      text(`It was cancelled ${as} by ${nameOf(cancelled.by, reading)} at ${clock(cancelled.at)}${again}.`),
    ];
  }
  if (!incident.resolved) return [text(`It is not resolved: ${incident.status}${again}.`)];
  const { recovered, at, by } = incident.resolved;
  const start = knownStart(incident);
  const length =
    start && start.at <= recovered.at ? `, ${formatDuration(recovered.at - start.at)} after it began` : "";
  const calm = calms(incident).reduce((sum, { from, to }) => sum + (to - from), 0);
  const between = calm > 0 ? `, ${formatDuration(calm)} of it calm` : "";
  const when = recovered.at === at ? "" : ` at ${clock(at)}`;
  return [
    text(`Users had recovered at ${clock(recovered.at)}`),
    ...(recovered.assumed ? [text(" "), assumed] : []),
    text(`${length}${between}; it was resolved by ${nameOf(by, reading)}${when}${again}.`),
  ];
}

function led(material: Material): PhrasingContent[] {
  const reading = readingOf(material);
  const { roles } = material.incident;
  const holders = roles.changes.flatMap(({ role, to }) => (role === "commander" && to !== null ? [to] : []));
  const names = [...new Set(holders)].map((user) => mention(reading, user));
  return [text(names.length === 0 ? "Nobody took command." : `Led by ${names.join(", then ")}.`)];
}

const times = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);
