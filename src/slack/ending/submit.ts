import { reference } from "../../domain/incident.ts";
import { numberedIncident } from "../../domain/named-incident.ts";
import { escapeText } from "../../domain/words.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { newWords } from "../room.ts";
import { seenIncident } from "../sight.ts";
import type { EndingForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readEndingForm(form: EndingForm, filled: Filled): Promise<Read> {
  const { room, by, state } = filled;
  const { incident } = form;
  const reason = newWords(room, escapeText(fieldOf(state, "reason") ?? ""));
  switch (form.form) {
    case "waive":
      return { command: { type: "Waive", ...by, incident, reason } };
    case "reopen":
      return { command: { type: "Reopen", ...by, incident, reason } };
    case "cancel":
      return fieldOf(state, "of") === null
        ? { command: { type: "Cancel", ...by, incident, reason } }
        : duplicateOf(incident, filled);
    case "duplicate":
      return duplicateOf(incident, filled);
    default:
      return form satisfies never;
  }
}

async function duplicateOf(incident: number, { room, by, state }: Filled): Promise<Read> {
  const typed = fieldOf(state, "of") ?? "";
  const of = numberedIncident(typed);
  if (of === null) return { faults: { of: "Write it as INC-41." } };
  const user = by.actor.kind === "slack" ? by.actor.user : "";
  if (!(await seenIncident(room, { user, channel: "" }, of)))
    return { faults: { of: `There is no ${reference(of)}.` } };
  return { command: { type: "MarkDuplicate", ...by, incident, of } };
}
