import { mitigationOptions } from "../../domain/vocab.ts";
import { parseClock } from "../../domain/time.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { newWords } from "../room.ts";
import { type MitigationForm, mitigationStages } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readMitigationForm(form: MitigationForm, filled: Filled): Promise<Read> {
  const { room, by } = filled;
  const { incident } = form;
  const written = (field: string) => writtenIn(filled, field) ?? newWords(room, "");
  switch (form.form) {
    case "mitigation":
      return readMitigation(form, filled);
    case "noRollback":
      return { command: { type: "RuleOutRollback", ...by, incident, reason: written("reason") } };
    case "decision":
      return {
        command: { type: "RecordDecision", ...by, incident, decision: form.decision, text: written("text") },
      };
    default:
      return form satisfies never;
  }
}

function readMitigation(form: Extract<MitigationForm, { form: "mitigation" }>, filled: Filled): Read {
  const { room, by, state } = filled;
  const option = form.option ?? mitigationOptions.find((each) => each === fieldOf(state, "option"));
  if (!option) return { faults: { option: "Pick what it is." } };
  const time = fieldOf(state, "startedAt");
  const started = time === null ? undefined : parseClock(time, room.handling.rules.timezone, by.at, "past");
  if (started && "fault" in started) return { faults: { startedAt: started.fault } };
  const whyNotRollback = writtenIn(filled, "whyNotRollback");
  return {
    command: {
      type: "RecordMitigation",
      ...by,
      incident: form.incident,
      mitigation: form.mitigation,
      option,
      what: writtenIn(filled, "what") ?? newWords(room, ""),
      ...(whyNotRollback && { whyNotRollback }),
      owner: fieldOf(state, "owner"),
      stage: mitigationStages.find((each) => each === fieldOf(state, "stage")) ?? "decided",
      ...(started && { startedAt: started.at }),
    },
  };
}
