import type { BlockContent, ListItem, Root } from "mdast";
import { reference } from "../domain/incident.ts";
import { knownDataLoss } from "../domain/policy/impact.ts";
import { sectionNames, type WrittenSection } from "../domain/vocab.ts";
import { assessmentItems } from "./assessment.ts";
import { actionItems } from "./action-items-section.ts";
import { escalationItems } from "./escalations-section.ts";
import { header } from "./header.ts";
import { emphasis, heading, item, list, notRecorded, paragraph, strong, text } from "./nodes.ts";
import { write } from "./markdown.ts";
import { type Material, readingOf, wordsAsBlocks, wordsInline } from "./material.ts";
import { participants } from "./participants.ts";
import { responseTimes } from "./response-times.ts";
import { dataLossInWords, summary } from "./summary.ts";
import { timelineItems } from "./timeline-section.ts";
import { updateItems } from "./updates-section.ts";
import { writtenBlocks } from "./written.ts";

export interface Postmortem {
  /** `INC-42-post-mortem.md` */
  filename: string;
  markdown: string;
}

const noneRecorded = paragraph(emphasis("None recorded."));

/** The draft, from the record alone: no clock is read, and nothing in it is guessed. */
export function buildPostmortem(material: Material): Postmortem {
  const { incident } = material;
  const title = wordsInline(incident.title, readingOf(material));
  const root: Root = {
    type: "root",
    children: [
      heading(1, text(`${incident.drill ? "DRILL · " : ""}Post-Mortem: `), ...title),
      list(header(material)),
      ...section("Summary", summary(material)),
      ...section("Timeline", listOrNone(timelineItems(material))),
      ...written("rootCause", material),
      ...section("Impact", impact(material)),
      ...section("Action Items", listOrNone(actionItems(material))),
      ...written("wentWell", material),
      ...written("toImprove", material),
      ...written("gotLucky", material),
      ...section("Response Times", [list(responseTimes(material))]),
      ...section("Updates Sent", listOrNone(updateItems(material))),
      ...section("Escalations", escalations(material)),
      ...section("Participants", listOrNone(participants(material).map((name) => item(paragraph(name))))),
    ],
  };
  return { filename: `${reference(incident)}-post-mortem.md`, markdown: write(root) };
}

const section = (name: string, content: BlockContent[]): BlockContent[] => [
  heading(2, text(name)),
  ...content,
];

function escalations(material: Material): BlockContent[] {
  const items = escalationItems(material);
  return items.length > 0 ? [list(items)] : [paragraph(emphasis("Nobody was called."))];
}

const listOrNone = (items: ListItem[]): BlockContent[] => (items.length > 0 ? [list(items)] : [noneRecorded]);

const written = (name: WrittenSection, material: Material): BlockContent[] =>
  section(sectionNames[name], writtenBlocks(material.incident.sections[name], readingOf(material)));

function impact(material: Material): BlockContent[] {
  const { incident } = material;
  const said = incident.impact
    ? wordsAsBlocks(incident.impact, readingOf(material))
    : [paragraph(notRecorded)];
  const assessed = assessmentItems(material);
  return [
    ...said,
    ...(assessed.length > 0 ? [list(assessed)] : []),
    paragraph(strong("Data loss:"), text(` ${dataLossInWords(knownDataLoss(incident))}`)),
  ];
}
