import type { ListItem, PhrasingContent } from "mdast";
import type { Actor } from "../domain/actor.ts";
import { reference } from "../domain/incident.ts";
import { formatDay } from "../domain/time.ts";
import { writtenSections } from "../domain/vocab.ts";
import { item, notRecorded, paragraph, strong, text } from "./nodes.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { mention } from "./reading.ts";
import { clockOn, durationLine, knownStart } from "./times.ts";

export function header(material: Material): ListItem[] {
  const { incident, rules } = material;
  const reading = readingOf(material);
  const severity = `${incident.severity}${incident.provisional ? ", provisional" : ""}`;
  const begun = knownStart(incident)?.at ?? incident.declaredAt;
  const impact = incident.impact ? wordsInline(incident.impact, reading) : [notRecorded];
  return [
    line("Incident", text(`${reference(incident)} (${severity})`)),
    line("Date", text(formatDay(begun, rules.timezone))),
    line("Duration", ...durationLine(incident, rules.timezone)),
    line("Impact", ...impact),
    line("Commander", commander(material), text(" · "), strong("Authors:"), text(" "), ...authors(material)),
    line("Status", ...statusOf(material)),
  ];
}

const line = (name: string, ...value: PhrasingContent[]): ListItem =>
  item(paragraph(strong(`${name}:`), text(" "), ...value));

function commander(material: Material): PhrasingContent {
  const held = material.incident.roles.held.commander;
  return held ? text(mention(readingOf(material), held.user)) : notRecorded;
}

/** Whoever published it, or said that none is needed, stands beside it. */
function statusOf(material: Material): PhrasingContent[] {
  const { ending, declaredAt } = material.incident;
  const { published, waived } = ending.postmortem;
  const reading = readingOf(material);
  const by = (done: { by: Actor; at: number }) =>
    `by ${nameOf(done.by, reading)}, ${clockOn(done.at, reading.zone, declaredAt)}`;
  if (published) return [text(`Published (${by(published)})`)];
  if (waived) return [text(`Waived (${by(waived)}: `), ...wordsInline(waived.reason, reading), text(")")];
  return [text("Draft")];
}

function authors(material: Material): PhrasingContent[] {
  const names = writtenSections.flatMap((name) => {
    const section = material.incident.sections[name];
    return section ? [nameOf(section.by, readingOf(material))] : [];
  });
  return names.length > 0 ? [text([...new Set(names)].join(", "))] : [notRecorded];
}
