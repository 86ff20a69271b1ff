import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { openForm } from "../modals/open.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { handoverForm, roleForm } from "./forms.ts";

const ended = ({ number, status }: Incident) =>
  reply(`${reference(number)} is ${status}, so its roles stay as they were. If it is back, reopen it.`, [
    { label: "Reopen", press: { do: "OpenReopen", incident: number } },
  ]);

export async function openRole(room: SlackRoom, triggerId: string | null, incident: Incident) {
  if (!isOpen(incident)) return ended(incident);
  const { number } = incident;
  return openForm(room, triggerId, roleForm(incident), {
    label: "Give a role",
    press: { do: "OpenRole", incident: number },
  });
}

export async function openHandover(room: SlackRoom, triggerId: string | null, incident: Incident) {
  if (!isOpen(incident)) return ended(incident);
  const { number } = incident;
  return openForm(room, triggerId, handoverForm(incident), {
    label: "Hand over",
    press: { do: "OpenHandover", incident: number },
  });
}
