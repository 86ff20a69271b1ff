import type { ModalView } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import { nextPromise } from "../../domain/policy/update-clock.ts";
import { formatOffset } from "../../domain/time.ts";
import type { UpdateLines } from "../../domain/update.ts";
import { liveStatuses } from "../../domain/vocab.ts";
import type { FormNamed } from "../ids.ts";
import { plainWords } from "../text.ts";
import type { ViewModel } from "../views/model.ts";
import { clockField, readClockField } from "./clock-field.ts";
import { type Filled, type Read, writtenIn } from "./filled.ts";
import { choiceInput, fieldOf, modal, textInput } from "./inputs.ts";

/** The five lines, prefilled from the record or from `draft`. */
export function updateForm({ incident, rules, now, names }: ViewModel, draft?: UpdateLines): ModalView {
  const zone = rules.timezone;
  const { started } = incident;
  const nextUpdate = nextPromise(rules, incident, now);
  const status = draft?.status ?? incident.status;
  return modal(
    { form: "update", incident: incident.number, openedAt: now, started: started.at, nextUpdate },
    {
      title: `Update ${reference(incident)}`,
      submit: "Post update",
      blocks: [
        choiceInput({
          field: "status",
          label: "Status",
          initial: status,
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
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
      ],
    },
  );
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
  return {
    command: {
      type: "PublishUpdate",
      ...by,
      incident: form.incident,
      ...(status ? { status } : {}),
      ...(impact ? { impact } : {}),
      ...(currentAction ? { currentAction } : {}),
      // A time left as it was proposed is no statement: the start stays assumed, the clock names the next update.
      ...(started.untouched || started.at === undefined ? {} : { started: started.at }),
      ...(nextUpdate.untouched || nextUpdate.at === undefined ? {} : { nextUpdate: nextUpdate.at }),
    },
  };
}
