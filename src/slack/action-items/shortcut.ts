import { seenIncident } from "../sight.ts";
import { code } from "../text.ts";
import type { RunMessageShortcut } from "../used-shortcut.ts";
import { reply } from "../views/reply.ts";
import { incidentAt } from "../whereabouts.ts";
import { openAdd } from "./open.ts";

/** The message shortcut *Create action item*: its text begins with what the message says. */
export const createActionItem: RunMessageShortcut = async (room, { user, triggerId, message }) => {
  const { channel, text } = message;
  const number = await incidentAt(room.handling.store, message);
  const incident = number === undefined ? undefined : await seenIncident(room, { user, channel }, number);
  if (!incident)
    return reply(
      `This is no incident’s channel, so nothing was recorded. Name the incident: ${code("/incident INC-42 action TEXT")}.`,
    );
  return openAdd(room, triggerId, incident, text);
};
