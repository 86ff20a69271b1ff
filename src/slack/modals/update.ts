import type { InputBlock, ModalView } from "@slack/types";
import type { CommandNamed } from "../../domain/command.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { nextPromise } from "../../domain/policy/update-clock.ts";
import type { Rules } from "../../domain/rules.ts";
import { formatOffset } from "../../domain/time.ts";
import type { UpdateLines } from "../../domain/update.ts";
import { liveStatuses } from "../../domain/vocab.ts";
import type { FormNamed } from "../ids.ts";
import { plainWords } from "../text.ts";
import type { ViewModel } from "../views/model.ts";
import { clockField, readClockField } from "./clock-field.ts";
import { audienceFields, audiencesOf, readAudiences } from "./audience-fields.ts";
import { type Filled, type Read, writtenIn } from "./filled.ts";
import { choiceInput, fieldOf, modal, refilled, textInput } from "./inputs.ts";

/** The five lines, prefilled from the record or from `draft`. */
export function updateForm(model: ViewModel, draft?: UpdateLines): ModalView {
  const { incident, rules, now } = model;
  const { number, started } = incident;
  const nextUpdate = nextPromise(rules, incident, now);
  return modal(
    { form: "update", incident: number, openedAt: now, started: started.at, nextUpdate },
    {
      title: `Update ${reference(incident)}`,
      submit: audiencesOf(rules, incident).length === 0 ? "Post update" : "Show all texts",
      blocks: updateInputs(model, draft),
    },
  );
}

function updateInputs({ incident, rules, now, names }: ViewModel, draft?: UpdateLines): InputBlock[] {
  const zone = rules.timezone;
  const { started } = incident;
  const nextUpdate = nextPromise(rules, incident, now);
  return [
    choiceInput({
      field: "status",
      label: "Status",
      initial: draft?.status ?? incident.status,
      choices: liveStatuses.map((each) => ({ value: each, label: each })),
    }),
    textInput({
      field: "impact",
      label: "Impact",
      initial: plainWords(draft?.impact ?? incident.impact, names),
      placeholder: "Who is affected, how, and how many?",
      multiline: true,
    }),
    textInput({
      field: "started",
      label: `Started (${formatOffset(now, zone)})`,
      initial: clockField(started.at, zone, now),
      hint: `${started.assumed ? "Assumed from the declaration. " : ""}HH:MM, or YYYY-MM-DD HH:MM`,
    }),
    textInput({
      field: "currentAction",
      label: "Current action",
      initial: plainWords(draft?.currentAction ?? incident.currentAction, names),
      placeholder: "What is being done now?",
      multiline: true,
    }),
    textInput({
      field: "nextUpdate",
      label: `Next update (${formatOffset(now, zone)})`,
      initial: nextUpdate === null ? null : clockField(nextUpdate, zone, now),
      hint: "HH:MM, YYYY-MM-DD HH:MM, or 20m from now",
    }),
  ];
}

export function readUpdate(form: FormNamed<"update">, filled: Filled): Read {
  const { room, by, state, incident } = filled;
  const zone = { zone: room.handling.rules.timezone, now: by.at };
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
  const impact = writtenIn(filled, "impact", incident?.impact);
  const draft = incident?.reminder?.draft.lines;
  const currentAction = writtenIn(filled, "currentAction", incident?.currentAction, draft?.currentAction);
  const status = liveStatuses.find((each) => each === fieldOf(state, "status"));
  const stated = {
    ...(status ? { status } : {}),
    ...(impact ? { impact } : {}),
    ...(currentAction ? { currentAction } : {}),
    // A time left as it was proposed is no statement: the start stays assumed, the clock names the next update.
    ...(started.untouched || started.at === undefined ? {} : { started: started.at }),
    ...(nextUpdate.untouched || nextUpdate.at === undefined ? {} : { nextUpdate: nextUpdate.at }),
  };
  const { rules } = room.handling;
  if (incident && form.shown === undefined && audiencesOf(rules, incident).length > 0)
    return { next: previewForm(form, { ...filled, incident }, linesAfter(rules, incident, stated, by.at)) };
  const audiences = readAudiences(filled, form.shown ?? {});
  return {
    command: {
      type: "PublishUpdate",
      ...by,
      incident: form.incident,
      ...stated,
      ...(Object.keys(audiences).length > 0 && { audiences }),
    },
  };
}

type Stated = Partial<
  Pick<CommandNamed<"PublishUpdate">, "status" | "impact" | "currentAction" | "started" | "nextUpdate">
>;

/** What the update will say, for the texts that are shown before. */
function linesAfter(rules: Rules, incident: Incident, stated: Stated, now: number): UpdateLines {
  const status = stated.status ?? incident.status;
  return {
    status,
    impact: stated.impact ?? incident.impact,
    started: stated.started === undefined ? incident.started : { at: stated.started, assumed: false },
    currentAction: stated.currentAction ?? incident.currentAction,
    nextUpdate: stated.nextUpdate ?? nextPromise(rules, { ...incident, status }, now),
  };
}

/** The same fields, which keep what was typed since their ids stay, and each audience's text below. */
function previewForm(
  form: FormNamed<"update">,
  filled: Filled & { incident: Incident },
  lines: UpdateLines,
): ModalView {
  const { room, incident, names, state } = filled;
  const { rules } = room.handling;
  const { blocks, shown } = audienceFields(filled, lines);
  const asked = updateInputs({ incident, rules, names, now: form.openedAt, teamUrl: room.auth.teamUrl });
  return modal(
    { ...form, shown },
    {
      title: `Update ${reference(incident)}`,
      submit: "Post update",
      blocks: [...refilled(asked, state), ...blocks],
    },
  );
}
