import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { close } from "./close.ts";
import type { EndingPress } from "./ids.ts";
import { openCancel, openReopen, openWaive } from "./open.ts";

export async function onEndingPress(
  room: SlackRoom,
  pressed: Pressed,
  press: EndingPress,
): Promise<PressAnswer> {
  const { user, triggerId, action } = pressed;
  const { incident: number } = press;
  const incident = await room.handling.store.incident(number);
  if (!incident) return { answer: reply(`There is no ${reference(number)}.`) };
  const by = { at: room.clock.now(), actor: slackUser(user), incident: number };
  const keys = pressKeys({ ...action, user });
  const carryOut = async (command: Command): Promise<PressAnswer> => {
    const outcome = await handleInput(room, command, { keys });
    // In a message of the channel, what has changed shows there.
    const isShown = outcome.ok && !pressed.ephemeral && pressed.channel === incident.channel?.id;
    return { answer: isShown ? null : await answerTo(room, outcome) };
  };
  switch (press.do) {
    case "Close":
      return { answer: await close(room, { by, keys }) };
    case "Publish":
      return carryOut({ type: "PublishPostmortem", ...by });
    case "OwnPostmortem":
      return carryOut({ type: "OwnPostmortem", ...by, claim: press.claim });
    case "KeepChannel":
      return carryOut({ type: "KeepChannel", ...by, due: press.due });
    case "Join":
      return {
        answer: await answerTo(room, await handleInput(room, { type: "JoinChannel", ...by }, { keys })),
      };
    case "OpenWaive":
      return { answer: await openWaive(room, triggerId, incident) };
    case "OpenReopen":
      return { answer: await openReopen(room, triggerId, incident) };
    case "OpenCancel":
      return { answer: await openCancel(room, triggerId, incident) };
    default:
      return press satisfies never;
  }
}
