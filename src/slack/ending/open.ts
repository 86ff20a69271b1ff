import type { InputBlock } from "@slack/types";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { modal, textInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/** The forms by which an incident ends or comes back. Null: the form is the answer. */
type Opened = Promise<Message | null>;

const reason = (label: string, placeholder: string): InputBlock =>
  textInput({ field: "reason", label, placeholder, required: true, multiline: true });

const of = (required: boolean): InputBlock =>
  textInput({
    field: "of",
    label: required ? "The same as" : "Or the same as another incident",
    placeholder: "INC-41",
    required,
    max: 20,
  });

export async function openCancel(room: SlackRoom, triggerId: string | null, incident: Incident): Opened {
  if (incident.status === "CANCELLED") return cancelledAlready(incident);
  const view = modal(
    { form: "cancel", incident: incident.number },
    {
      title: `Cancel ${reference(incident)}`,
      submit: "Cancel incident",
      blocks: [
        textInput({
          field: "reason",
          label: "Why is it no incident?",
          placeholder: "A load test ran against production",
          multiline: true,
        }),
        of(false),
      ],
    },
  );
  return openForm(room, triggerId, view, {
    label: "Cancel incident",
    press: { do: "OpenCancel", incident: incident.number },
  });
}

export async function openDuplicate(room: SlackRoom, triggerId: string | null, incident: Incident): Opened {
  if (incident.status === "CANCELLED") return cancelledAlready(incident);
  const view = modal(
    { form: "duplicate", incident: incident.number },
    { title: `${reference(incident)} is the same`, submit: "Cancel as the same", blocks: [of(true)] },
  );
  return openForm(room, triggerId, view, {
    label: "Name the other one",
    press: { do: "OpenCancel", incident: incident.number },
  });
}

const cancelledAlready = ({ number: incident }: Incident): Message =>
  reply(`${reference(incident)} is CANCELLED already.`, [
    { label: "Reopen", press: { do: "OpenReopen", incident } },
  ]);

export async function openReopen(room: SlackRoom, triggerId: string | null, incident: Incident): Opened {
  if (isOpen(incident))
    return reply(`${reference(incident)} is ${incident.status}: it is open, so there is nothing to reopen.`);
  const view = modal(
    { form: "reopen", incident: incident.number },
    {
      title: `Reopen ${reference(incident)}`,
      submit: "Reopen",
      blocks: [reason("Why is it taken up again?", "The errors are back")],
    },
  );
  return openForm(room, triggerId, view, {
    label: "Reopen",
    press: { do: "OpenReopen", incident: incident.number },
  });
}

export const openWaive = (room: SlackRoom, triggerId: string | null, incident: Incident): Opened =>
  openForm(
    room,
    triggerId,
    modal(
      { form: "waive", incident: incident.number },
      {
        title: "Waive the post-mortem",
        submit: "Waive",
        blocks: [reason("Why does nobody need to write it?", "The same as INC-41, which has one")],
      },
    ),
    { label: "Waive", press: { do: "OpenWaive", incident: incident.number } },
  );
