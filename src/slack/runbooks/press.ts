import { slackUser } from "../../domain/actor.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import type { RunbooksPress } from "./ids.ts";
import { listView, post } from "./list.ts";

export async function onRunbooksPress(
  room: SlackRoom,
  pressed: Pressed,
  press: RunbooksPress,
): Promise<PressAnswer> {
  const { user, action, ephemeral } = pressed;
  const { incident: number } = press;
  const incident = await room.handling.store.incident(number);
  if (!incident) return { answer: reply(`There is no ${reference(number)}.`) };
  const keys = pressKeys({ ...action, user });
  const by = { at: room.clock.now(), actor: slackUser(user), incident: number };
  switch (press.do) {
    case "PostRunbook": {
      const { name, again } = press;
      const { outcome, answer } = await post(room, { ...by, name, ...(again && { again }) }, keys);
      return outcome.ok && !ephemeral ? { answer: null } : { answer, replaces: true };
    }
    case "TickStep":
    case "UntickStep": {
      const { runbook, step } = press;
      const outcome = await handleInput(room, { type: press.do, ...by, runbook, step }, { keys });
      return { answer: outcome.ok ? null : await answerTo(room, outcome) };
    }
    case "ListRunbooks":
      return { answer: listView(incident, room.handling.rules, press.command) };
    default:
      return press satisfies never;
  }
}
