import type { Incident } from "../../domain/incident.ts";
import { openForm } from "../modals/open.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { sectionsForm } from "./form.ts";
import { replaceForm } from "./replace-form.ts";

export const openSections = async (room: SlackRoom, triggerId: string | null, incident: Incident) =>
  openForm(room, triggerId, sectionsForm(await modelOf(room, incident)), {
    label: "Write post-mortem",
    press: { do: "OpenSections", incident: incident.number },
  });

export const openReplace = async (room: SlackRoom, triggerId: string | null, incident: Incident) =>
  openForm(room, triggerId, replaceForm(await modelOf(room, incident)), {
    label: "Replace from file",
    press: { do: "OpenReplace", incident: incident.number },
  });
