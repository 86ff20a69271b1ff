import type { ModalView } from "@slack/types";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import type { Severity } from "../../domain/vocab.ts";
import type { Press } from "../ids.ts";
import type { CommandWord } from "../id-shape.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { type DeclareAsked, declareForm } from "./declare.ts";
import { resolveForm } from "./resolve.ts";
import { severityForm } from "./severity.ts";
import { titleForm } from "./title.ts";
import { updateForm } from "./update.ts";

/**
 * Opens a form. Triggers live three seconds and work once (https://docs.slack.dev/interactivity/handling-user-interaction),
 * so without one, or when Slack refuses it, the answer is a button that brings a fresh one. Null: the form is the answer.
 */
export async function openForm(
  room: SlackRoom,
  triggerId: string | null,
  view: ModalView,
  again: { label: string; press: Press },
): Promise<Message | null> {
  if (triggerId === null) return reply("This takes a form:", [again]);
  const client = room.interactive;
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    room.log.warn({ err: error, form: view.callback_id }, "a form could not be opened");
    return reply("Slack did not open the form. Press to try again:", [again]);
  }
}

export const openDeclare = (
  room: SlackRoom,
  { command, triggerId, channel }: { command: CommandWord; triggerId: string | null; channel?: string },
  asked: DeclareAsked = {},
) =>
  openForm(room, triggerId, declareForm(room.handling.rules, { ...(channel && { channel }), ...asked }), {
    label: "Declare incident",
    press: { do: "OpenDeclare", command, ...(asked.private && { private: true }) },
  });

/** `due` names the reminder whose draft fills the form. */
export async function openUpdate(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
  due?: number,
): Promise<Message | null> {
  if (!isOpen(incident)) return over(incident, "no further updates are posted");
  const draft =
    due !== undefined && incident.reminder?.due === due ? incident.reminder.draft.lines : undefined;
  const again =
    due === undefined
      ? { do: "OpenUpdate" as const, incident: incident.number }
      : { do: "EditDraft" as const, incident: incident.number, due };
  const view = updateForm(await modelOf(room, incident), draft);
  return openForm(room, triggerId, view, { label: "Update", press: again });
}

export async function openResolve(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
): Promise<Message | null> {
  if (incident.status === "CANCELLED") return over(incident, "there is nothing to resolve");
  return openForm(room, triggerId, resolveForm(await modelOf(room, incident)), {
    label: incident.resolved ? "Add details" : "Resolve",
    press: { do: "OpenResolve", incident: incident.number },
  });
}

/** @param to what was asked for already */
export async function openSeverity(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
  to?: Severity,
): Promise<Message | null> {
  const { number, severity } = incident;
  if (!isOpen(incident)) return over(incident, `it stays ${severity}`);
  return openForm(room, triggerId, severityForm(await modelOf(room, incident), to), {
    label: "Change severity",
    press: { do: "OpenSeverity", incident: number, ...(to && { to }) },
  });
}

const over = ({ number: incident, status }: Incident, so: string): Message =>
  reply(`${reference(incident)} is ${status}: ${so}. If it is back, reopen it.`, [
    { label: "Reopen", press: { do: "OpenReopen", incident } },
  ]);

export async function openTitle(room: SlackRoom, triggerId: string | null, incident: Incident) {
  return openForm(room, triggerId, titleForm(await modelOf(room, incident)), {
    label: "Change title",
    press: { do: "OpenTitle", incident: incident.number },
  });
}
