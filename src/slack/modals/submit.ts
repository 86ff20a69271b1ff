import type { AckFn, ViewResponseAction } from "@slack/bolt";
import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import type { Refusal } from "../../domain/decision.ts";
import type { Incident } from "../../domain/incident.ts";
import { dataLossAnswers, liveStatuses, severities, writtenSections } from "../../domain/vocab.ts";
import { escapeText, type Words } from "../../domain/words.ts";
import { handle } from "../../handle.ts";
import { type Form, type FormNamed, readForm } from "../ids.ts";
import { formKeys } from "../keys.ts";
import { namesFor, newWords, type SlackRoom } from "../room.ts";
import { type Names, plainWords } from "../text.ts";
import { limits, shorten } from "../views/limits.ts";
import { readClockField } from "./clock-field.ts";
import { fieldOf, type FormState } from "./inputs.ts";

/** A submitted form, as Slack sends it. */
export interface Submission {
  user: { id: string };
  view: { id: string; callback_id: string; private_metadata: string; state: { values: FormState } };
}

type Read = { command: Command } | { faults: Record<string, string> };

/** Where a refusal stands that names no field. */
const mainField = {
  declare: "title",
  update: "currentAction",
  resolve: "fix",
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
  if (form.form === "declare") {
    const severity = severities.find((each) => each === fieldOf(state, "severity")) ?? null;
    const title = newWords(room, escapeText(fieldOf(state, "title") ?? ""));
    return { command: { type: "Declare", ...by, title, severity, number: 0 } };
  }
  const incident = await room.handling.store.incident(form.incident);
  const names = incident ? await namesFor(room, [incident]) : new Map<string, string>();
  const words = (field: string, ...recorded: (Words | null | undefined)[]) =>
    writtenWords(room, fieldOf(state, field), recorded, names);
  switch (form.form) {
    case "update":
      return readUpdate(room, form, by, state, {
        impact: words("impact", incident?.impact),
        currentAction: words(
          "currentAction",
          incident?.currentAction,
          incident?.reminder?.draft.lines.currentAction,
        ),
      });
    case "resolve":
      return readResolve(room, form, by, state, incident, {
        fix: words("fix", incident?.resolved?.fix),
        rootCause: changed(
          words("rootCause", incident?.sections.rootCause?.text),
          incident?.sections.rootCause?.text,
        ),
      });
    case "sections": {
      const sections = Object.fromEntries(
        writtenSections.flatMap((name) => {
          const text = words(name, incident?.sections[name]?.text);
          return text ? [[name, text]] : [];
        }),
      );
      return { command: { type: "WriteSections", ...by, incident: form.incident, sections } };
    }
    default:
      return form satisfies never;
  }
}

/**
 * What was typed, in the record's encoding. A field left as it was prefilled keeps the recorded words, whose mentions and
 * links plain text has lost.
 */
function writtenWords(
  room: SlackRoom,
  typed: string | null,
  recorded: readonly (Words | null | undefined)[],
  names: Names,
): Words | undefined {
  if (typed === null) return undefined;
  const asShown = (words: Words) => shorten(plainWords(words, names) ?? "", limits.inputValue).trim();
  return recorded.find((words) => words && asShown(words) === typed) ?? newWords(room, escapeText(typed));
}

/** Undefined for words that stand recorded already. */
const changed = (now: Words | undefined, recorded: Words | undefined): Words | undefined =>
  now === recorded ? undefined : now;

type By = Pick<Command, "at" | "actor">;

function readUpdate(
  { handling: { rules } }: SlackRoom,
  form: FormNamed<"update">,
  by: By,
  state: FormState,
  texts: { impact: Words | undefined; currentAction: Words | undefined },
): Read {
  const zone = { zone: rules.timezone, now: by.at };
  const { openedAt } = form;
  const started = readClockField(
    fieldOf(state, "started"),
    { at: form.started, openedAt },
    { ...zone, direction: "past" },
  );
  const nextUpdate = readClockField(
    fieldOf(state, "nextUpdate"),
    { at: form.nextUpdate, openedAt },
    { ...zone, direction: "future" },
  );
  const faults = {
    ...("fault" in started ? { started: started.fault } : {}),
    ...("fault" in nextUpdate ? { nextUpdate: nextUpdate.fault } : {}),
  };
  if ("fault" in started || "fault" in nextUpdate) return { faults };
  const status = liveStatuses.find((each) => each === fieldOf(state, "status"));
  return {
    command: {
      type: "PublishUpdate",
      ...by,
      incident: form.incident,
      ...(status ? { status } : {}),
      ...(texts.impact ? { impact: texts.impact } : {}),
      ...(texts.currentAction ? { currentAction: texts.currentAction } : {}),
      // A time left as it was proposed is no statement: the start stays assumed, the clock names the next update.
      ...(started.untouched || started.at === undefined ? {} : { started: started.at }),
      ...(nextUpdate.untouched || nextUpdate.at === undefined ? {} : { nextUpdate: nextUpdate.at }),
    },
  };
}

function readResolve(
  { handling: { rules } }: SlackRoom,
  form: FormNamed<"resolve">,
  by: By,
  state: FormState,
  incident: Incident | undefined,
  texts: { fix: Words | undefined; rootCause: Words | undefined },
): Read {
  const recovered = readClockField(
    fieldOf(state, "recoveredAt"),
    { at: form.recoveredAt, openedAt: form.openedAt },
    { zone: rules.timezone, now: by.at, direction: "past" },
  );
  if ("fault" in recovered) return { faults: { recoveredAt: recovered.fault } };
  const dataLoss = dataLossAnswers.find((each) => each === fieldOf(state, "dataLoss"));
  const { resolved } = incident ?? { resolved: null };
  // Resolving, a proposed time that is left standing is an answer; among details of the ended incident it is no change.
  const stated = !(resolved && recovered.untouched);
  const fix = resolved ? changed(texts.fix, resolved.fix ?? undefined) : texts.fix;
  const isNewLoss = dataLoss !== undefined && dataLoss !== resolved?.dataLoss;
  return {
    command: {
      type: "Resolve",
      ...by,
      incident: form.incident,
      ...(fix ? { fix } : {}),
      ...(stated && recovered.at !== undefined ? { recoveredAt: recovered.at } : {}),
      ...(texts.rootCause ? { rootCause: texts.rootCause } : {}),
      ...(isNewLoss ? { dataLoss } : {}),
      // A form that was opened before says nothing about what somebody else has recorded since.
      ...(resolved && form.openedAt >= resolved.at ? { replaces: true } : {}),
    },
  };
}
