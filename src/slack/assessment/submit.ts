import type { Answered } from "../../domain/assessment/commands.ts";
import { businessImpacts, scopes, trends, userImpacts } from "../../domain/vocab.ts";
import { readClockField } from "../modals/clock-field.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { fieldOf, fieldsOf } from "../modals/inputs.ts";
import { noBusinessImpact, print, readCount } from "./fields.ts";
import type { AssessmentForm } from "./ids.ts";

/** Only what was changed in the form is said: what others answered meanwhile stays. */
export async function readAssessmentForm(form: AssessmentForm, filled: Filled): Promise<Read> {
  const { room, by, state, incident } = filled;
  const held = (field: string) => fieldOf(state, field);
  const touched = (field: string, content = held(field) ?? ""): boolean =>
    print(content) !== (form.filled[field] ?? "");

  const users = held("users");
  const count = users === null ? { count: null } : readCount(users);
  const since = readClockField(
    held("since"),
    { at: form.since, openedAt: form.openedAt },
    { zone: room.handling.rules.timezone, now: by.at, direction: "past" },
  );
  const ticked = fieldsOf(state, "businessImpact");
  const isMixed = ticked.includes(noBusinessImpact) && ticked.length > 1;
  if ("fault" in count || "fault" in since || isMixed)
    return {
      faults: {
        ...("fault" in count ? { users: count.fault } : {}),
        ...("fault" in since ? { since: since.fault } : {}),
        ...(isMixed ? { businessImpact: "Either “None of these”, or those that apply." } : {}),
      },
    };

  const { userImpact, businessImpact } = incident?.assessment ?? {};
  const answers: Answered = {
    userImpact: {
      ...(touched("userImpact") && {
        answer: userImpacts.find((each) => each === held("userImpact")) ?? null,
      }),
      ...(touched("users") && { users: count.count }),
      ...(touched("said") && { said: writtenIn(filled, "said", userImpact?.said) ?? null }),
    },
    businessImpact: {
      ...(touched("businessImpact", ticked.join()) && { answers: businessAnswers(ticked) }),
      ...(touched("amount") && { amount: writtenIn(filled, "amount", businessImpact?.amount) ?? null }),
      ...(touched("businessSaid") && {
        said: writtenIn(filled, "businessSaid", businessImpact?.said) ?? null,
      }),
    },
    ...(touched("scope") && { scope: { answer: scopes.find((each) => each === held("scope")) ?? null } }),
    trend: {
      ...(touched("trend") && { answer: trends.find((each) => each === held("trend")) ?? null }),
      ...(!since.untouched && { since: since.at ?? null }),
    },
    services: servicesSaid(form, filled),
  };
  return { command: { type: "AnswerAssessment", ...by, incident: form.incident, answers, inForm: true } };
}

/** Nothing ticked: no answer. */
const businessAnswers = (ticked: string[]) =>
  ticked.length === 0 ? null : businessImpacts.filter((each) => ticked.includes(each));

/** Which services were added to those that stood in the form, and which were taken away; names are the known ones where they fit. */
function servicesSaid(form: AssessmentForm, { room, state, incident }: Filled) {
  const before = form.services ?? [];
  const typed = (fieldOf(state, "services") ?? "").split(/[,;\n]/);
  const known = [...before, ...Object.keys(room.handling.rules.services), ...(incident?.services ?? [])];
  const named = [...typed, ...fieldsOf(state, "services")]
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => known.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name);
  return {
    added: named.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !named.includes(name)),
  };
}
