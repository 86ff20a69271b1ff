import { draftSlotOf } from "../../domain/ending/draft-copy.ts";
import { reference } from "../../domain/incident.ts";
import { sectionNames, writtenSections } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { findingsBlock, findingsInSection } from "./findings.ts";
import { fitMessage, type Message, shorten } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { bold, buttons, italic, lines, type Offer, text } from "./parts.ts";
import type { SlotAsked } from "./slot-view.ts";

const writing = (incident: number): Offer[] => [
  { label: "Write post-mortem", press: { do: "OpenSections", incident }, style: "primary" },
  { label: "Replace from file", press: { do: "OpenReplace", incident } },
  { label: "Export", press: { do: "Export", incident } },
];

/** Stands under the uploaded draft: what is still missing, whose it is, and how it is finished. */
export function postmortemView(model: ViewModel, { id, stands }: SlotAsked): Message | null {
  const { incident, names } = model;
  const slot = id === "" ? "postmortem" : `postmortem:${id}`;
  const { number, ending } = incident;
  const name = reference(number);
  if (slot !== draftSlotOf(incident) || !incident.resolved) {
    if (!stands) return null;
    const said = incident.ending.cancelled
      ? `${name} was cancelled: nobody needs to write this post-mortem.`
      : `${name} came back after this draft: the next resolution brings another one.`;
    return fitMessage({ text: escapeText(said), blocks: [lines([[italic(said)]])] });
  }
  const { owner, published, waived } = ending.postmortem;
  const missing = writtenSections
    .filter((section) => !incident.sections[section])
    .map((section) => sectionNames[section]);
  const head = published
    ? `The post-mortem of ${name} is published.`
    : waived
      ? `The post-mortem of ${name} is waived.`
      : `The post-mortem draft of ${name} is here.`;
  const rest = missing.length === 0 ? "Every section is written." : `To be written: ${listed(missing)}.`;
  const whose = owner === null ? "Nobody is to write it yet." : `Owner: @${names.get(owner) ?? owner}.`;
  const done = published ?? waived;
  const state = done
    ? `${published ? "Published" : "Waived"} by ${nameOf(done.by, names)}, ${clockOf(model, done.at)}. ${whose}`
    : `${whose} ${rest}`;
  return fitMessage({
    text: escapeText(`${head} ${done ? "" : rest}`.trim()),
    blocks: [
      lines([[bold(head)], [text(state)]]),
      ...buttons([...writing(number), ...(published ? [] : finishing(number, owner, waived !== null))]),
    ],
  });
}

function finishing(incident: number, owner: string | null, isWaived: boolean): Offer[] {
  const publish: Offer = { label: "Publish", press: { do: "Publish", incident } };
  if (isWaived) return [publish];
  return [
    publish,
    { label: "Waive", press: { do: "OpenWaive", incident } },
    owner === null
      ? { label: "I write it", press: { do: "OwnPostmortem", incident, claim: true } }
      : { label: "Not me", press: { do: "OwnPostmortem", incident, claim: false } },
    { label: "Add action item", press: { do: "AddItem", incident } },
  ];
}

/** How much of a section is quoted where it was written. */
const mostQuoted = 600;

/**
 * What one person has written at once, its beginning, and under it what can be read as blame. Null for what was written anew
 * since.
 */
export function sectionsView({ incident, names, rules }: ViewModel, version: number): Message | null {
  const written = writtenSections.flatMap((name) => {
    const section = incident.sections[name];
    return section?.version === version ? [{ name, section }] : [];
  });
  const [first] = written;
  if (!first) return null;
  const what = listed(written.map(({ name }) => sectionNames[name]));
  const said = `${nameOf(first.section.by, names)} wrote ${what} of ${reference(incident)}’s post-mortem.`;
  return fitMessage({
    text: escapeText(said),
    blocks: [
      lines([[text(said)]]),
      ...written.flatMap(({ name, section }) => [
        lines([
          [bold(sectionNames[name])],
          [text(shorten((plainWords(section.text, names) ?? "").trim(), mostQuoted))],
        ]),
        ...findingsBlock(findingsInSection(section, rules, names)),
      ]),
      ...buttons(writing(incident.number)),
    ],
  });
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
