import type { ModalView } from "@slack/types";
import type { Rules } from "../../domain/rules.ts";
import { severities } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { newWords } from "../room.ts";
import type { Filled, Read } from "./filled.ts";
import { choiceInput, fieldOf, modal, textInput } from "./inputs.ts";
import { severityChoices } from "./severity.ts";

const notAssessed = "unknown";

export function declareForm(rules: Rules): ModalView {
  return modal(
    { form: "declare" },
    {
      title: "Declare an incident",
      submit: "Declare",
      blocks: [
        textInput({
          field: "title",
          label: "Title",
          placeholder: "What do people see? For example: checkout answers 500",
          required: true,
          max: 200,
        }),
        choiceInput({
          field: "severity",
          label: "Severity",
          initial: notAssessed,
          choices: [
            { value: notAssessed, label: `Not assessed yet (${rules.defaultSeverity} for now)` },
            ...severityChoices(rules),
          ],
        }),
      ],
    },
  );
}

export function readDeclare({ room, by, state }: Pick<Filled, "room" | "by" | "state">): Read {
  const severity = severities.find((each) => each === fieldOf(state, "severity")) ?? null;
  const title = newWords(room, escapeText(fieldOf(state, "title") ?? ""));
  return { command: { type: "Declare", ...by, title, severity, number: 0 } };
}
