import { slackUser } from "../../domain/actor.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { giveRole } from "./give.ts";
import type { RolesPress } from "./ids.ts";
import { openHandover, openRole } from "./open.ts";
import { rolesView } from "./roles-view.ts";

export async function onRolesPress(
  room: SlackRoom,
  pressed: Pressed,
  press: RolesPress,
): Promise<PressAnswer> {
  const { user, triggerId, ephemeral } = pressed;
  const incident = await room.handling.store.incident(press.incident);
  if (!incident) return { answer: reply(`There is no ${reference(press.incident)}.`) };
  const keys = pressKeys({ ...pressed.action, user });
  const by = { at: room.clock.now(), actor: slackUser(user), incident: press.incident };
  switch (press.do) {
    case "GiveRole": {
      const { role, to = user, from } = press;
      const { done, answer } = await giveRole(room, { user, keys }, incident, { role, to, from });
      // The channel shows it; whoever pressed in an answer of her own reads it there.
      return { answer: done && !ephemeral ? null : answer, replaces: true };
    }
    case "NotMe": {
      const outcome = await handleInput(room, { type: "DeclineRole", ...by, change: press.change }, { keys });
      return { answer: outcome.ok ? null : await answerTo(room, outcome) };
    }
    case "AnswerOffer": {
      const { offer, accept } = press;
      const outcome = await handleInput(room, { type: "AnswerOffer", ...by, offer, accept }, { keys });
      return { answer: outcome.ok ? null : await answerTo(room, outcome) };
    }
    case "ShowRoles":
      return { answer: rolesView(await modelOf(room, incident), user) };
    case "OpenRole":
      return { answer: await openRole(room, triggerId, incident) };
    case "OpenHandover":
      return { answer: await openHandover(room, triggerId, incident) };
    default:
      return press satisfies never;
  }
}
