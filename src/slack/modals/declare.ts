import type { InputBlock, ModalView, SectionBlock } from "@slack/types";
import type { SourceMessage } from "../../domain/opening/source.ts";
import type { Rules } from "../../domain/rules.ts";
import { severities, type Severity } from "../../domain/vocab.ts";
import { escapeText, legible } from "../../domain/words.ts";
import { type Here, hereOf, publicFault, whatHappens } from "../commands/here.ts";
import type { FormNamed } from "../ids.ts";
import { newWords } from "../room.ts";
import { limits } from "../views/limits.ts";
import type { Filled, Read } from "./filled.ts";
import { type Choice, choiceInput, choicesInput, fieldOf, fieldsOf, modal, textInput } from "./inputs.ts";
import { severityChoices } from "./severity.ts";

const notAssessed = "unknown";

/** What is known already when the form is opened. */
export interface DeclareAsked {
  severity?: Severity | null;
  private?: boolean;
  drill?: boolean;
  /** Where it is to be opened, if not in a channel of its own. */
  here?: Here;
  /** Where it is asked from. */
  channel?: string;
  title?: string;
  /** The message that it begins with. */
  source?: SourceMessage;
}

// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const longestValue = 75;
const mostOptions = 100;

export function declareForm(rules: Rules, asked: DeclareAsked = {}): ModalView {
  const { here, channel, source, title } = asked;
  return modal(
    {
      form: "declare",
      ...(here && { here: here.channel }),
      ...(channel && { declaredIn: channel }),
      ...(source && { source }),
    },
    {
      title: "Declare an incident",
      submit: "Declare",
      blocks: [
        ...(here ? [noteOf(whatHappens(here))] : []),
        textInput({
          field: "title",
          label: "Title",
          placeholder: "What is wrong? For example: checkout answers 500",
          required: true,
          max: limits.declaredTitle,
          ...(title !== undefined && { initial: title }),
        }),
        choiceInput({
          field: "severity",
          label: "Severity",
          initial: asked.severity ?? notAssessed,
          choices: [
            { value: notAssessed, label: `Not assessed yet (${rules.defaultSeverity} for now)` },
            ...severityChoices(rules),
          ],
        }),
        textInput({
          field: "impact",
          label: "What do people see?",
          placeholder: "Who is affected, how, and how many?",
          multiline: true,
        }),
        servicesInput(rules),
        choicesInput({
          field: "marks",
          label: "Kind",
          choices: here?.isPrivate ? [drill] : [secret, drill],
          initial: [...(asked.private ? ["private"] : []), ...(asked.drill ? ["drill"] : [])],
        }),
      ],
    },
  );
}

const secret: Choice = { value: "private", label: "Private: only who is invited sees it" };
const drill: Choice = { value: "drill", label: "Drill: a rehearsal, nobody outside is told" };

const noteOf = (words: string): SectionBlock => ({
  type: "section",
  text: { type: "plain_text", text: words },
});

function servicesInput(rules: Rules): InputBlock {
  const names = Object.keys(rules.services).filter((name) => name.length <= longestValue);
  const label = "Affected services";
  if (names.length === 0)
    return textInput({ field: "services", label, placeholder: "checkout, search", max: 500 });
  const choices = names.slice(0, mostOptions).map((name) => ({ value: name, label: name }));
  return choicesInput({ field: "services", label, choices, initial: [] });
}

export async function readDeclare(
  form: FormNamed<"declare">,
  { room, by, state }: Pick<Filled, "room" | "by" | "state">,
): Promise<Read> {
  const severity = severities.find((each) => each === fieldOf(state, "severity")) ?? null;
  const written = (field: string) => newWords(room, escapeText(fieldOf(state, field) ?? ""));
  const marks = fieldsOf(state, "marks");
  const here = form.here === undefined ? undefined : await hereOf(room, form.here);
  if (here && "fault" in here) return { faults: { title: here.fault } };
  if (here && !here.isPrivate && marks.includes("private")) return { faults: { marks: publicFault } };
  return {
    command: {
      type: "Declare",
      ...by,
      title: written("title"),
      severity,
      number: 0,
      services: servicesIn(state),
      ...(form.source && { source: form.source }),
      ...(form.declaredIn !== undefined && { declaredIn: form.declaredIn }),
      ...(fieldOf(state, "impact") !== null && { impact: written("impact") }),
      ...((marks.includes("private") || here?.isPrivate) && { private: true }),
      ...(marks.includes("drill") && { drill: true }),
      ...(here && { here: { channel: here.channel, name: here.name } }),
    },
  };
}

const mostServices = 20;

/** Ticked, or written with commas between them. */
function servicesIn(state: Filled["state"]): string[] {
  const typed = (fieldOf(state, "services") ?? "")
    .split(/[,;\n]/)
    .map((name) => legible(name).replaceAll(/\s+/g, " ").trim());
  const named = [...fieldsOf(state, "services"), ...typed].filter((name) => name !== "");
  return [...new Set(named)].slice(0, mostServices);
}
