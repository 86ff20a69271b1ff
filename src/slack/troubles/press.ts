import { slackUser } from "../../domain/actor.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import type { TroublesPress } from "./ids.ts";

export async function onTroublesPress(
  room: SlackRoom,
  { user, action }: Pressed,
  { incident: number, version }: TroublesPress,
): Promise<PressAnswer> {
  const incident = await room.handling.store.incident(number);
  const key = incident?.troubles.find((each) => each.version === version)?.key ?? "";
  const by = { at: room.clock.now(), actor: slackUser(user) };
  const keys = pressKeys({ ...action, user });
  const outcome = await handleInput(room, { type: "RetryEffect", ...by, incident: number, key }, { keys });
  return { answer: await answerTo(room, outcome) };
}
