import type { AckFn, ViewResponseAction } from "@slack/bolt";
import { slackUser } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/decision.ts";
import { handle } from "../../handle.ts";
import { type Form, readForm } from "../ids.ts";
import { formKeys } from "../keys.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { limits, shorten } from "../views/limits.ts";
import { readDeclare } from "./declare.ts";
import type { Read } from "./filled.ts";
import type { FormState } from "./inputs.ts";
import { readResolve } from "./resolve.ts";
import { readSections } from "./sections.ts";
import { readSeverity } from "./severity.ts";
import { readTitle } from "./title.ts";
import { readUpdate } from "./update.ts";

/** A submitted form, as Slack sends it. */
export interface Submission {
  user: { id: string };
  view: { id: string; callback_id: string; private_metadata: string; state: { values: FormState } };
}

/** Where a refusal stands that names no field. */
const mainField = {
  declare: "title",
  update: "currentAction",
  resolve: "fix",
  severity: "severity",
  title: "title",
  sections: "rootCause",
} as const;

/** A form that was submitted: closed after the commit, or given back with what was typed and what is wrong. */
export async function onSubmit(
  room: SlackRoom,
  { user, view }: Submission,
  ack: AckFn<ViewResponseAction>,
): Promise<void> {
  const form = readForm(view.callback_id, view.private_metadata);
  if (!form) {
    const field = Object.keys(view.state.values)[0];
    return field === undefined
      ? ack()
      : ack(
          errors({
            [field]: "This form is from another version of Sitrep. Copy what you typed and open it again.",
          }),
        );
  }
  const read = await readSubmission(room, form, user.id, view.state.values);
  if ("faults" in read) return ack(errors(read.faults));
  const outcome = await handle(room.handling, read.command, { keys: formKeys(view.id, view.callback_id) });
  return outcome.ok ? ack() : ack(errors(fault(form, view.state.values, outcome.refusal)));
}

const errors = (faults: Record<string, string>): ViewResponseAction => ({
  response_action: "errors",
  errors: Object.fromEntries(
    Object.entries(faults).map(([field, sentence]) => [field, shorten(sentence, limits.fieldError)]),
  ),
});

// Slack takes errors only for inputs that the form has.
function fault(form: Form, state: FormState, { field, sentence }: Refusal): Record<string, string> {
  const known = field !== undefined && state[field] !== undefined ? field : mainField[form.form];
  return { [known]: sentence };
}

async function readSubmission(room: SlackRoom, form: Form, user: string, state: FormState): Promise<Read> {
  const by = { at: room.clock.now(), actor: slackUser(user) };
  if (form.form === "declare") return readDeclare({ room, by, state });
  const incident = await room.handling.store.incident(form.incident);
  const names = await namesFor(room, incident ? [incident] : []);
  const filled = { room, by, state, incident, names };
  switch (form.form) {
    case "update":
      return readUpdate(form, filled);
    case "resolve":
      return readResolve(form, filled);
    case "severity":
      return readSeverity(form, filled);
    case "title":
      return readTitle(form, filled);
    case "sections":
      return readSections(form, filled);
    default:
      return form satisfies never;
  }
}
