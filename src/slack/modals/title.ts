import type { ModalView } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import type { FormNamed } from "../ids.ts";
import { newWords } from "../room.ts";
import { plainWords } from "../text.ts";
import type { ViewModel } from "../views/model.ts";
import { type Filled, type Read, writtenIn } from "./filled.ts";
import { modal, textInput } from "./inputs.ts";

export function titleForm({ incident, names }: ViewModel): ModalView {
  return modal(
    { form: "title", incident: incident.number },
    {
      title: `Title of ${reference(incident)}`,
      submit: "Change title",
      blocks: [
        textInput({
          field: "title",
          label: "Title",
          initial: plainWords(incident.title, names),
          required: true,
        }),
      ],
    },
  );
}

export function readTitle(form: FormNamed<"title">, filled: Filled): Read {
  const title = writtenIn(filled, "title", filled.incident?.title) ?? newWords(filled.room, "");
  return { command: { type: "SetTitle", ...filled.by, incident: form.incident, title } };
}
