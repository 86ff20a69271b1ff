import type { AckFn, RespondArguments } from "@slack/bolt";
import { commandWords } from "../id-shape.ts";
import { refusalOf } from "../guests.ts";
import { commandKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { runLine } from "./run.ts";

/** A slash command, as Slack sends it. */
export interface SlashLine {
  command: string;
  text: string;
  user_id: string;
  channel_id: string;
  trigger_id: string;
  response_url: string;
}

/** Answered in the body of the ack, for the asker alone; an opened form needs no more than an empty one. */
export async function onCommand(
  room: SlackRoom,
  sent: SlashLine,
  ack: AckFn<string | RespondArguments>,
): Promise<void> {
  const refusal = await refusalOf(room, sent.user_id);
  if (refusal) return ack({ ...refusal, response_type: "ephemeral" });
  const answer = await runLine(room, {
    command: commandWords.find((word) => word === sent.command) ?? "/incident",
    user: sent.user_id,
    channel: sent.channel_id,
    triggerId: sent.trigger_id,
    responseUrl: sent.response_url,
    keys: commandKeys(sent.trigger_id),
    line: sent.text.trim(),
  });
  await (answer ? ack({ ...answer, response_type: "ephemeral" }) : ack());
}
