import type { ModalView } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import { sectionNames, writtenSections } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { loadMaterial } from "../../postmortem/export.ts";
import { importInWords, readImport } from "../../postmortem/import.ts";
import { isTooLarge, tooLarge } from "../download.ts";
import type { FormNamed } from "../ids.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { choiceInput, fieldOf, fileInput, fileOf, modal } from "../modals/inputs.ts";
import { told } from "../modals/told.ts";
import { newWords } from "../room.ts";
import type { ViewModel } from "../views/model.ts";

const document = "document";

/** Takes sections from a file: for texts longer than a form holds, and for whoever writes in an editor. */
export function replaceForm({ incident }: ViewModel): ModalView {
  return modal(
    { form: "replaceSections", incident: incident.number },
    {
      title: "Replace from file",
      submit: "Replace",
      blocks: [
        fileInput({
          field: "file",
          label: `A markdown or text file for ${reference(incident)}`,
          hint: "Export gives the whole document: edit it and give it here. Of it, only what people write is taken.",
          filetypes: ["md", "markdown", "txt"],
        }),
        choiceInput({
          field: "part",
          label: "What is in it?",
          initial: document,
          choices: [
            { value: document, label: "The exported document, edited" },
            ...writtenSections.map((name) => ({ value: name, label: `${sectionNames[name]} alone` })),
          ],
        }),
      ],
    },
  );
}

export async function readReplace(
  { incident: number }: FormNamed<"replaceSections">,
  { room, by, state, incident }: Filled,
): Promise<Read> {
  const faults = (file: string): Read => ({ faults: { file } });
  const file = fileOf(state, "file");
  if (!file || !incident) return faults("Choose a file.");
  if (file.is_external)
    return faults("That file is not kept by Slack itself, so it cannot be read. Upload its text.");
  if (isTooLarge(file.size)) return faults(tooLarge);
  const downloaded = await room.download(file.url_private);
  if ("fault" in downloaded) return faults(downloaded.fault);
  const { store, rules } = room.handling;
  const material = await loadMaterial({ store, rules }, number);
  if (!material) return faults(`There is no ${reference(number)}.`);
  const part = fieldOf(state, "part");
  const only = writtenSections.find((name) => name === part);
  const read = readImport(downloaded.text, material, only);
  if ("fault" in read) return faults(read.fault);
  const view = told("Replace from file", importInWords(incident, read));
  if (read.taken.length === 0) return { next: view };
  return {
    command: {
      type: "WriteSections",
      ...by,
      incident: number,
      sections: Object.fromEntries(
        read.taken.map(({ name, text }) => [name, newWords(room, escapeText(text))] as const),
      ),
      markdown: read.taken.map(({ name }) => name),
    },
    shows: view,
  };
}
