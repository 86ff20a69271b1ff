import type { Incident } from "../../domain/incident.ts";
import { slackUser } from "../../domain/actor.ts";
import { handleInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { answerTo } from "./answers.ts";

/** Gives the post-mortem as a file: in the incident's channel when asked there, else to the asker alone. */
export async function exportTo(
  room: SlackRoom,
  { channel, user, keys }: { channel: string; user: string; keys: InputKeys },
  { number, channel: own }: Incident,
): Promise<Message> {
  const outcome = await handleInput(
    room,
    {
      type: "ExportPostmortem",
      at: room.clock.now(),
      actor: slackUser(user),
      incident: number,
      copy: room.newId(),
      to: own?.id === channel ? null : user,
    },
    { keys },
  );
  return answerTo(room, outcome);
}
