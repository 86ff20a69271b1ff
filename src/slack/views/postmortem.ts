import { reference } from "../../domain/incident.ts";
import { sectionNames, writtenSections } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { fitMessage, type Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { bold, buttons, lines, text } from "./parts.ts";

const postmortemButtons = (incident: number) =>
  buttons([
    { label: "Write post-mortem", press: { do: "OpenSections", incident }, style: "primary" },
    { label: "Export", press: { do: "Export", incident } },
  ]);

/** Stands under the uploaded draft and says what is still missing. */
export function postmortemView({ incident, names }: ViewModel): Message {
  const missing = writtenSections
    .filter((name) => !incident.sections[name])
    .map((name) => sectionNames[name]);
  const head = `The post-mortem draft of ${reference(incident)} is here.`;
  const owner = `Owner: ${nameOf(incident.declaredBy, names)}.`;
  const rest = missing.length === 0 ? "Every section is written." : `To be written: ${listed(missing)}.`;
  return fitMessage({
    text: escapeText(`${head} ${rest}`),
    blocks: [lines([[bold(head)], [text(`${owner} ${rest}`)]]), ...postmortemButtons(incident.number)],
  });
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
    blocks: [lines([[text(said)]]), ...postmortemButtons(incident.number)],
  });
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
