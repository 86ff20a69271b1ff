import type { ModalView } from "@slack/types";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { formatOffset } from "../../domain/time.ts";
import { type MitigationOption, mitigationOptions } from "../../domain/vocab.ts";
import { choiceInput, modal, textInput, userInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import type { MitigationStageChoice } from "./ids.ts";
import { optionLabel } from "./options.ts";

const stageChoices: readonly { value: MitigationStageChoice; label: string }[] = [
  { value: "decided", label: "Not started yet" },
  { value: "started", label: "Started" },
  { value: "worked", label: "It has worked" },
];

/** What the form proposes. */
export interface Proposed {
  option?: MitigationOption | undefined;
  what?: string | undefined;
  stage?: MitigationStageChoice | undefined;
}

const placeholders: Readonly<Record<MitigationOption, string>> = {
  rollback: "payment service to v2.3.1",
  flag: "new-checkout, for everybody",
  routing: "away from eu-1",
  degradation: "no recommendations on the start page",
  fix: "limit the retries to 2",
};

function mitigationForm(
  room: SlackRoom,
  { number: incident }: Incident,
  { option, what, stage = "decided" }: Proposed,
  user: string,
): ModalView {
  const { timezone } = room.handling.rules;
  return modal(
    { form: "mitigation", incident, mitigation: room.newId(), ...(option && { option }) },
    {
      title: option ? optionLabel(option) : `Mitigate ${reference(incident)}`,
      submit: "Record",
      blocks: [
        ...(option
          ? []
          : [
              choiceInput({
                field: "option",
                label: "Kind",
                choices: mitigationOptions.map((value) => ({ value, label: optionLabel(value) })),
              }),
            ]),
        textInput({
          field: "what",
          label: "What exactly?",
          required: true,
          initial: what ?? null,
          placeholder: `For example: ${placeholders[option ?? "rollback"]}`,
          max: 500,
        }),
        userInput({ field: "owner", label: "Owner", initial: user, required: false }),
        ...(option === "fix" ? [textInput({ field: "whyNotRollback", label: "Why not rollback?" })] : []),
        choiceInput({ field: "stage", label: "How far is it?", initial: stage, choices: stageChoices }),
        textInput({
          field: "startedAt",
          label: `Started, if earlier than now (${formatOffset(room.clock.now(), timezone)})`,
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
      ],
    },
  );
}

export async function openMitigation(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
  proposed: Proposed,
  user: string,
): Promise<Message | null> {
  const { number, status } = incident;
  if (!isOpen(incident) && proposed.stage !== "worked")
    return reply(`${reference(number)} is ${status}. If a mitigation is missing from the record:`, [
      {
        label: "Record what worked",
        press: { do: "OpenMitigation", incident: number, ...given({ ...proposed, stage: "worked" }) },
      },
    ]);
  return openForm(room, triggerId, mitigationForm(room, incident, proposed, user), {
    label: proposed.option ? optionLabel(proposed.option) : "Mitigate",
    press: { do: "OpenMitigation", incident: number, ...given(proposed) },
  });
}

const given = ({ option, what, stage }: Proposed) => ({
  ...(option && { option }),
  ...(what !== undefined && { what }),
  ...(stage && { stage }),
});

export async function openNoRollback(
  room: SlackRoom,
  triggerId: string | null,
  { number: incident }: Incident,
): Promise<Message | null> {
  const form = modal(
    { form: "noRollback", incident },
    {
      title: "No rollback",
      submit: "Record",
      blocks: [
        textInput({
          field: "reason",
          label: "A rollback is not possible because…",
          required: true,
          multiline: true,
          hint: "It goes on the timeline.",
        }),
      ],
    },
  );
  return openForm(room, triggerId, form, {
    label: "Not possible because…",
    press: { do: "OpenNoRollback", incident },
  });
}

export async function openDecision(
  room: SlackRoom,
  triggerId: string | null,
  { number: incident }: Incident,
): Promise<Message | null> {
  const form = modal(
    { form: "decision", incident, decision: room.newId() },
    {
      title: `Decision in ${reference(incident)}`,
      submit: "Record",
      blocks: [
        textInput({
          field: "text",
          label: "What was decided?",
          required: true,
          multiline: true,
          hint: "It is posted in the channel and goes on the timeline.",
        }),
      ],
    },
  );
  return openForm(room, triggerId, form, {
    label: "Record a decision",
    press: { do: "OpenDecision", incident },
  });
}
