import type { InputBlock, ModalView, SectionBlock } from "@slack/types";
import { type Incident, reference } from "../../domain/incident.ts";
import { mitigationThatWorked } from "../../domain/mitigation/state.ts";
import { doneWith } from "../../domain/mitigation/words.ts";
import { formatOffset } from "../../domain/time.ts";
import { knownDataLoss } from "../../domain/policy/impact.ts";
import { dataLossAnswers } from "../../domain/vocab.ts";
import { type Words, words } from "../../domain/words.ts";
import type { FormNamed } from "../ids.ts";
import { fitsField } from "../sections/form.ts";
import { type Names, plainWords } from "../text.ts";
import { sentence } from "../views/parts.ts";
import type { ViewModel } from "../views/model.ts";
import { clockField, readClockField } from "./clock-field.ts";
import { changed, type Filled, type Read, writtenIn } from "./filled.ts";
import { choiceInput, fieldOf, modal, textInput } from "./inputs.ts";

const notEstablished = "unknown";

/** Ends an incident, or adds details to one that has ended. */
export function resolveForm({ incident, rules, now, names }: ViewModel): ModalView {
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
          initial: plainWords(resolved ? resolved.fix : whatWorked(incident), names),
          multiline: true,
        }),
        textInput({
          field: "recoveredAt",
          label: `When had users recovered? (${formatOffset(now, zone)})`,
          initial: clockField(recoveredAt, zone, now),
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
        rootCauseInput(incident, names),
        choiceInput({
          field: "dataLoss",
          label: "Was data lost?",
          initial: knownDataLoss(incident) ?? notEstablished,
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

/** What came from a file, or is longer than a field, is changed as the section that it is. */
function rootCauseInput(incident: Incident, names: Names): InputBlock | SectionBlock {
  if (!fitsField(incident, "rootCause", names) || incident.sections.rootCause?.markdown)
    return sentence("*Root cause:* it is written already, and *Write post-mortem* shows and changes it.");
  return textInput({
    field: "rootCause",
    label: "Root cause, if known",
    initial: plainWords(incident.sections.rootCause?.text ?? null, names),
    multiline: true,
  });
}

/** What is recorded as having stopped it is proposed as the fix. */
function whatWorked({ mitigation }: Incident): Words | null {
  const worked = mitigationThatWorked(mitigation);
  return worked ? words(worked.id, doneWith(worked)) : null;
}

export function readResolve(form: FormNamed<"resolve">, filled: Filled): Read {
  const { room, by, state, incident } = filled;
  const recovered = readClockField(
    fieldOf(state, "recoveredAt"),
    { at: form.recoveredAt, openedAt: form.openedAt },
    { zone: room.handling.rules.timezone, now: by.at, direction: "past" },
  );
  if ("fault" in recovered) return { faults: { recoveredAt: recovered.fault } };
  const dataLoss = dataLossAnswers.find((each) => each === fieldOf(state, "dataLoss"));
  const resolved = incident?.resolved;
  // Resolving, a proposed time that is left standing is an answer; among details of the ended incident it is no change.
  const stated = !(resolved && recovered.untouched);
  const fix = changed(writtenIn(filled, "fix", resolved?.fix), resolved?.fix);
  const recordedCause = incident?.sections.rootCause?.text;
  const rootCause = changed(writtenIn(filled, "rootCause", recordedCause), recordedCause);
  const section = incident?.sections.rootCause;
  if (rootCause && section && section.at > form.openedAt)
    return {
      faults: {
        rootCause: "Somebody has written the root cause meanwhile: empty this field to keep theirs.",
      },
    };
  const known = (incident && knownDataLoss(incident)) ?? notEstablished;
  // That nothing is established needs to be said only where something else was known.
  const isNewLoss = dataLoss !== known || (!resolved && dataLoss !== notEstablished);
  return {
    command: {
      type: "Resolve",
      ...by,
      incident: form.incident,
      ...(fix ? { fix } : {}),
      ...(stated && recovered.at !== undefined ? { recoveredAt: recovered.at } : {}),
      ...(rootCause ? { rootCause } : {}),
      ...(isNewLoss && dataLoss ? { dataLoss } : {}),
      // A form that was opened before says nothing about what somebody else has recorded since.
      ...(resolved && form.openedAt >= resolved.at ? { replaces: true } : {}),
    },
  };
}
