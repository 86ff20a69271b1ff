import type { SlackRoom } from "./room.ts";
import type { Message } from "./views/limits.ts";
import { reply } from "./views/reply.ts";

/** Why somebody cannot command; null for colleagues. Asked before every command, button, form and shortcut. */
export async function refusalOf(room: SlackRoom, user: string): Promise<Message | null> {
  return (await room.standing.isColleague(user)) ? null : reply(guestsAreRecorded);
}

export const guestsAreRecorded =
  "You are a guest in this workspace, so I take no commands from you and nothing was done. What you write in an incident’s channel is recorded; ask a member of the workspace for the rest.";
