import { slackUser } from "../../domain/actor.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import type { OpeningPress } from "./ids.ts";

export async function onOpeningPress(
  room: SlackRoom,
  { user, action }: Pressed,
  press: OpeningPress,
): Promise<PressAnswer> {
  const by = { at: room.clock.now(), actor: slackUser(user), incident: press.incident };
  const keys = pressKeys({ ...action, user });
  switch (press.do) {
    case "MergeInto": {
      const outcome = await handleInput(room, { type: "MarkDuplicate", ...by, of: press.of }, { keys });
      return { answer: await answerTo(room, outcome) };
    }
    case "DismissSimilar": {
      const outcome = await handleInput(room, { type: "DismissSimilar", ...by, of: press.of }, { keys });
      // The message itself says so.
      return { answer: outcome.ok ? null : await answerTo(room, outcome) };
    }
    case "RetryChannel": {
      const outcome = await handleInput(room, { type: "RetryChannel", ...by }, { keys });
      return { answer: await answerTo(room, outcome) };
    }
    default:
      return press satisfies never;
  }
}
