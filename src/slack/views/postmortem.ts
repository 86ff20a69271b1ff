import { draftSlotOf } from "../../domain/ending/draft-copy.ts";
import { reference } from "../../domain/incident.ts";
import type { Slot } from "../../domain/slot.ts";
import { sectionNames, writtenSections } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { bold, buttons, italic, lines, type Offer, text } from "./parts.ts";

const writing = (incident: number): Offer[] => [
  { label: "Write post-mortem", press: { do: "OpenSections", incident }, style: "primary" },
  { label: "Export", press: { do: "Export", incident } },
];

/** Stands under the uploaded draft: what is still missing, whose it is, and how it is finished. */
export function postmortemView(model: ViewModel, slot: Slot): Message {
  const { incident, names } = model;
  const { number, ending } = incident;
  const name = reference(number);
  if (slot !== draftSlotOf(incident) || !incident.resolved) {
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

/** Who wrote which sections last. Null when nothing is written. */
export function sectionsView({ incident, names }: ViewModel): Message | null {
  const written = writtenSections.flatMap((name) => {
    const section = incident.sections[name];
    return section ? [{ name, ...section }] : [];
  });
  const last = written.toSorted((one, other) => other.at - one.at)[0];
  if (!last) return null;
  const together = written.filter((section) => section.at === last.at);
  const what = listed(together.map((section) => sectionNames[section.name]));
  const said = `${nameOf(last.by, names)} wrote ${what} of ${reference(incident)}’s post-mortem.`;
  return fitMessage({
    text: escapeText(said),
    blocks: [lines([[text(said)]]), ...buttons(writing(incident.number))],
  });
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
