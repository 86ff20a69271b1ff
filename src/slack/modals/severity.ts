import type { ModalView } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import type { Rules } from "../../domain/rules.ts";
import { severities, type Severity } from "../../domain/vocab.ts";
import type { FormNamed } from "../ids.ts";
import type { ViewModel } from "../views/model.ts";
import { type Filled, type Read, writtenIn } from "./filled.ts";
import { type Choice, choiceInput, fieldOf, modal, textInput } from "./inputs.ts";

export const severityChoices = (rules: Rules): Choice[] =>
  severities.map((severity) => {
    const { name, description } = rules.severities[severity];
    return { value: severity, label: `${severity} ${name}${description ? `: ${description}` : ""}` };
  });

/** @param to what was asked for already */
export function severityForm({ incident, rules }: ViewModel, to?: Severity): ModalView {
  return modal(
    { form: "severity", incident: incident.number },
    {
      title: `Severity of ${reference(incident)}`,
      submit: "Set severity",
      blocks: [
        choiceInput({
          field: "severity",
          label: "Severity",
          initial: to ?? incident.severity,
          choices: severityChoices(rules),
        }),
        textInput({
          field: "reason",
          label: "Reason",
          hint: incident.provisional
            ? "Nobody has given a severity yet, so none is needed."
            : `Needed for a lower one than ${incident.severity}.`,
        }),
      ],
    },
  );
}

export function readSeverity(form: FormNamed<"severity">, filled: Filled): Read {
  const severity = severities.find((each) => each === fieldOf(filled.state, "severity"));
  if (!severity) return { faults: { severity: "Choose one of SEV1 to SEV4." } };
  const reason = writtenIn(filled, "reason");
  return {
    command: {
      type: "SetSeverity",
      ...filled.by,
      incident: form.incident,
      severity,
      ...(reason ? { reason } : {}),
    },
  };
}
