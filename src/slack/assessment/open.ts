import type { Incident } from "../../domain/incident.ts";
import { openForm } from "../modals/open.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { assessForm } from "./form.ts";

/** @param said what was typed already, as the sentence about users */
export async function openAssess(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
  said?: string,
) {
  return openForm(room, triggerId, assessForm(await modelOf(room, incident), said), {
    label: "Assess",
    press: { do: "OpenAssess", incident: incident.number },
  });
}
