import type { AckFn, ViewResponseAction } from "@slack/bolt";
import { slackUser } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/decision.ts";
import { reference } from "../../domain/incident.ts";
import { type Form, readForm } from "../ids.ts";
import { isActionItemsForm } from "../action-items/ids.ts";
import { readActionItemsForm } from "../action-items/submit.ts";
import { isAsksForm } from "../asks/ids.ts";
import { readAsksForm } from "../asks/submit.ts";
import { isAssessmentForm } from "../assessment/ids.ts";
import { readAssessmentForm } from "../assessment/submit.ts";
import { readAddEntryForm } from "../corrections/form.ts";
import { isCorrectionsForm } from "../corrections/ids.ts";
import { readCorrectionsForm } from "../corrections/submit.ts";
import { isEndingForm } from "../ending/ids.ts";
import { readEndingForm } from "../ending/submit.ts";
import { isEscalationForm } from "../escalation/ids.ts";
import { readEscalationForm } from "../escalation/submit.ts";
import { handleInput } from "../input.ts";
import { isMitigationForm } from "../mitigation/ids.ts";
import { readMitigationForm } from "../mitigation/submit.ts";
import { isOpeningForm } from "../opening/ids.ts";
import { readOpeningForm } from "../opening/submit.ts";
import { isRolesForm } from "../roles/ids.ts";
import { readRolesForm } from "../roles/submit.ts";
import { isSectionsForm } from "../sections/ids.ts";
import { readSectionsForm } from "../sections/submit.ts";
import { blameAfterForm } from "../blame.ts";
import { guestsAreRecorded } from "../guests.ts";
import { seenIncident } from "../sight.ts";
import { formKeys } from "../keys.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { limits, shorten } from "../views/limits.ts";
import { readDeclare } from "./declare.ts";
import type { Read } from "./filled.ts";
import type { FormState } from "./inputs.ts";
import { readResolve } from "./resolve.ts";
import { readSeverity } from "./severity.ts";
import { readTitle } from "./title.ts";
import { readUpdate } from "./update.ts";

/** A submitted form, as Slack sends it. */
export interface Submission {
  user: { id: string };
  view: { id: string; callback_id: string; private_metadata: string; state: { values: FormState } };
}

/** Where a refusal stands that names no field; of other forms, at the first. */
const mainField: Readonly<Partial<Record<Form["form"], string>>> = {
  declare: "title",
  update: "currentAction",
  resolve: "fix",
  severity: "severity",
  title: "title",
  sections: "rootCause",
  replaceSections: "file",
};

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
  if (!(await room.standing.isColleague(user.id)))
    return ack(errors({ [Object.keys(view.state.values)[0] ?? ""]: guestsAreRecorded }));
  const keys = formKeys(view.id, view.callback_id);
  // Read anew it might be refused, such as for a time that has come meanwhile.
  if (await room.handling.store.answerOf(keys)) return ack();
  const read = await readSubmission(room, form, user.id, view.state.values);
  if ("faults" in read) return ack(errors(read.faults));
  if ("next" in read) return ack({ response_action: "update", view: read.next });
  const outcome = await handleInput(room, read.command, { keys });
  if (!outcome.ok) return ack(errors(fault(form, view.state.values, outcome.refusal)));
  const after = read.shows ?? (await blameAfterForm(room, outcome));
  return after ? ack({ response_action: "update", view: after }) : ack();
}

const errors = (faults: Record<string, string>): ViewResponseAction => ({
  response_action: "errors",
  errors: Object.fromEntries(
    Object.entries(faults).map(([field, sentence]) => [field, shorten(sentence, limits.fieldError)]),
  ),
});

// Slack takes errors only for inputs that the form has.
function fault(form: Form, state: FormState, { field, sentence }: Refusal): Record<string, string> {
  const known = [field, mainField[form.form]].find((each) => each !== undefined && state[each] !== undefined);
  return { [known ?? Object.keys(state)[0] ?? ""]: sentence };
}

async function readSubmission(room: SlackRoom, form: Form, user: string, state: FormState): Promise<Read> {
  const by = { at: room.clock.now(), actor: slackUser(user) };
  if (form.form === "declare") return readDeclare(form, { room, by, state });
  if (isOpeningForm(form)) return readOpeningForm(form, { room, state });
  if (form.form === "addEntry") return readAddEntryForm(form, { room, by, state });
  const number = "incident" in form ? form.incident : undefined;
  const incident = number === undefined ? undefined : await seenIncident(room, { user, channel: "" }, number);
  if (number !== undefined && !incident)
    return { faults: { [Object.keys(state)[0] ?? ""]: `There is no ${reference(number)}.` } };
  const names = await namesFor(room, incident ? [incident] : []);
  const filled = { room, by, state, incident, names };
  if (isRolesForm(form)) return readRolesForm(form, filled);
  if (isAsksForm(form)) return readAsksForm(form, filled);
  if (isAssessmentForm(form)) return readAssessmentForm(form, filled);
  if (isMitigationForm(form)) return readMitigationForm(form, filled);
  if (isEscalationForm(form)) return readEscalationForm(form, filled);
  if (isCorrectionsForm(form)) return readCorrectionsForm(form, filled);
  if (isEndingForm(form)) return readEndingForm(form, filled);
  if (isActionItemsForm(form)) return readActionItemsForm(form, filled);
  if (isSectionsForm(form)) return readSectionsForm(form, filled);
  switch (form.form) {
    case "update":
      return readUpdate(form, filled);
    case "resolve":
      return readResolve(form, filled);
    case "severity":
      return readSeverity(form, filled);
    case "title":
      return readTitle(form, filled);
    default:
      return form satisfies never;
  }
}
