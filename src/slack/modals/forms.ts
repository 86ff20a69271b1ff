import type { ModalView } from "@slack/types";
import type { Incident } from "../../domain/incident.ts";
import { reference } from "../../domain/incident.ts";
import { nextPromise } from "../../domain/policy/update-clock.ts";
import type { Rules } from "../../domain/rules.ts";
import { formatOffset } from "../../domain/time.ts";
import type { UpdateLines } from "../../domain/update.ts";
import { liveStatuses, sectionNames, severities, writtenSections } from "../../domain/vocab.ts";
import { type Names, plainWords } from "../text.ts";
import { clockField } from "./clock-field.ts";
import { choiceInput, modal, textInput } from "./inputs.ts";

const notAssessed = "unknown";
const notEstablished = "unknown";

interface FormModel {
  incident: Incident;
  rules: Rules;
  now: number;
  names: Names;
}

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
            ...severities.map((severity) => {
              const { name, description } = rules.severities[severity];
              return {
                value: severity,
                label: `${severity} ${name}${description ? `: ${description}` : ""}`,
              };
            }),
          ],
        }),
      ],
    },
  );
}

/** The five lines, prefilled from the record or from `draft`. */
export function updateForm({ incident, rules, now, names }: FormModel, draft?: UpdateLines): ModalView {
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

/** Ends an incident, or adds details to one that has ended. */
export function resolveForm({ incident, rules, now, names }: FormModel): ModalView {
  const zone = rules.timezone;
  const { resolved, number } = incident;
  const recoveredAt = resolved?.recovered.at ?? now;
  return modal(
    { form: "resolve", incident: number, openedAt: now, recoveredAt },
    {
      title: resolved ? `Details of ${reference(number)}` : `Resolve ${reference(number)}`,
      submit: resolved ? "Add details" : "Resolve",
      blocks: [
        textInput({
          field: "fix",
          label: "What fixed it?",
          initial: plainWords(resolved?.fix ?? null, names),
          multiline: true,
        }),
        textInput({
          field: "recoveredAt",
          label: `When had users recovered? (${formatOffset(now, zone)})`,
          initial: clockField(recoveredAt, zone, now),
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
        textInput({
          field: "rootCause",
          label: "Root cause, if known",
          initial: plainWords(incident.sections.rootCause?.text ?? null, names),
          multiline: true,
        }),
        choiceInput({
          field: "dataLoss",
          label: "Was data lost?",
          initial: resolved?.dataLoss ?? notEstablished,
          choices: [
            { value: notEstablished, label: "Not established" },
            { value: "no", label: "No" },
            { value: "yes", label: "Yes" },
          ],
        }),
      ],
    },
  );
}

/** The post-mortem's written sections, prefilled with what stands there. */
export function sectionsForm({ incident, names }: FormModel): ModalView {
  return modal(
    { form: "sections", incident: incident.number },
    {
      title: `Post-mortem ${reference(incident)}`,
      submit: "Save",
      blocks: writtenSections.map((section) =>
        textInput({
          field: section,
          label: sectionNames[section],
          initial: plainWords(incident.sections[section]?.text ?? null, names),
          multiline: true,
        }),
      ),
    },
  );
}
