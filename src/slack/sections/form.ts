import { createHash } from "node:crypto";
import type { InputBlock, ModalView, SectionBlock } from "@slack/types";
import { type Incident, reference } from "../../domain/incident.ts";
import { sectionNames, type WrittenSection, writtenSections } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import type { FormNamed } from "../ids.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { fieldOf, modal, textInput } from "../modals/inputs.ts";
import { told } from "../modals/told.ts";
import { newWords } from "../room.ts";
import { code, nameOf, type Names, plainWords } from "../text.ts";
import { limits } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { sentence } from "../views/parts.ts";

/** The post-mortem's written sections, prefilled with what stands there; those too long for a field are kept out of it. */
export function sectionsForm({ incident, names }: ViewModel): ModalView {
  const fitting = writtenSections.filter((name) => fitsField(incident, name, names));
  const title = `Post-mortem ${reference(incident)}`;
  const long = writtenSections
    .filter((name) => !fitting.includes(name))
    .map((name) => tooLong(incident, name, names));
  if (fitting.length === 0) return told(title, long);
  const shown = fitting.map((name) => [name, digest(standing(incident, name, names))]);
  return modal(
    {
      form: "sections",
      incident: incident.number,
      version: incident.version,
      shown: Object.fromEntries(shown),
    },
    {
      title,
      submit: "Save",
      blocks: writtenSections.map((name) =>
        fitting.includes(name) ? sectionInput(incident, name, names) : tooLong(incident, name, names),
      ),
    },
  );
}

const standing = ({ sections }: Incident, name: WrittenSection, names: Names): string =>
  plainWords(sections[name]?.text ?? null, names) ?? "";

const digest = (text: string): string => createHash("sha256").update(text.trim()).digest("hex").slice(0, 16);

/** Whether a section can be changed in a field without being cut. */
export const fitsField = (incident: Incident, name: WrittenSection, names: Names): boolean =>
  standing(incident, name, names).length <= limits.inputValue;

function sectionInput(incident: Incident, name: WrittenSection, names: Names): InputBlock {
  return textInput({
    field: name,
    label: sectionNames[name],
    initial: standing(incident, name, names),
    ...(incident.sections[name]?.markdown && { hint: "It came from a file, so it is written in markdown." }),
    multiline: true,
  });
}

/** Stands in the place of a field that would cut what is recorded. */
function tooLong(incident: Incident, name: WrittenSection, names: Names): SectionBlock {
  const length = standing(incident, name, names).length;
  return sentence(
    `*${sectionNames[name]}* has ${length} characters, more than a form holds, and stays as it is. To change it, press *Replace from file* in the channel, or use ${code(`sitrep import ${reference(incident)} FILE`)}.`,
  );
}

export function readSections(
  form: FormNamed<"sections">,
  { room, by, state, incident, names }: Filled,
): Read {
  const changed = writtenSections.flatMap((name): [WrittenSection, string][] => {
    const typed = fieldOf(state, name);
    const before = form.shown?.[name] ?? (incident && digest(standing(incident, name, names)));
    return typed === null || digest(typed) === before ? [] : [[name, typed]];
  });
  const faults = changed.flatMap(([name]) => {
    const section = incident?.sections[name];
    const isNewer = section && form.version !== undefined && section.version > form.version;
    if (!isNewer) return [];
    const who = nameOf(section.by, names);
    return [
      [name, `${who} has written this section meanwhile. Copy what you typed and open the form again.`],
    ];
  });
  if (faults.length > 0) return { faults: Object.fromEntries(faults) };
  const sections = changed.map(([name, typed]) => [name, newWords(room, escapeText(typed))]);
  const markdown = changed.flatMap(([name]) => (incident?.sections[name]?.markdown ? [name] : []));
  return {
    command: {
      type: "WriteSections",
      ...by,
      incident: form.incident,
      sections: Object.fromEntries(sections),
      ...(markdown.length > 0 && { markdown }),
    },
  };
}
