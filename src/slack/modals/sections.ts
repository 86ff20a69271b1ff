import type { ModalView } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import { sectionNames, writtenSections } from "../../domain/vocab.ts";
import type { FormNamed } from "../ids.ts";
import { plainWords } from "../text.ts";
import type { ViewModel } from "../views/model.ts";
import { type Filled, type Read, writtenIn } from "./filled.ts";
import { modal, textInput } from "./inputs.ts";

/** The post-mortem's written sections, prefilled with what stands there. */
export function sectionsForm({ incident, names }: ViewModel): ModalView {
  return modal(
    { form: "sections", incident: incident.number },
    {
      title: `Post-mortem ${reference(incident)}`,
      submit: "Save",
      blocks: writtenSections.map((section) =>
        textInput({
          field: section,
          label: sectionNames[section],
          initial: plainWords(incident.sections[section]?.text ?? null, names),
          multiline: true,
        }),
      ),
    },
  );
}

export function readSections(form: FormNamed<"sections">, filled: Filled): Read {
  const sections = Object.fromEntries(
    writtenSections.flatMap((name) => {
      const text = writtenIn(filled, name, filled.incident?.sections[name]?.text);
      return text ? [[name, text]] : [];
    }),
  );
  return { command: { type: "WriteSections", ...filled.by, incident: form.incident, sections } };
}
