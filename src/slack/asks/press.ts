import { slackUser } from "../../domain/actor.ts";
import { isPending } from "../../domain/asks/state.ts";
import { reference } from "../../domain/incident.ts";
import { formatClock } from "../../domain/time.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { openAsk, openDone } from "./forms.ts";
import type { AsksPress } from "./ids.ts";

export async function onAsksPress(room: SlackRoom, pressed: Pressed, press: AsksPress): Promise<PressAnswer> {
  const { user, triggerId, action } = pressed;
  const incident = await room.handling.store.incident(press.incident);
  if (!incident) return { answer: reply(`There is no ${reference(press.incident)}.`) };
  const now = room.clock.now();
  switch (press.do) {
    case "AnswerAsk": {
      const { ask, accept } = press;
      const outcome = await handleInput(
        room,
        { type: "AnswerAsk", at: now, actor: slackUser(user), incident: press.incident, ask, accept },
        { keys: pressKeys({ ...action, user }) },
      );
      return { answer: outcome.ok ? null : await answerTo(room, outcome) };
    }
    case "OpenAskDone": {
      const ask = incident.asks.find(({ id }) => id === press.ask);
      if (!ask) return { answer: reply("That ask is not on record.") };
      if (isPending(ask)) return { answer: await openDone(room, triggerId, incident, ask) };
      const when = formatClock(ask.changedAt, room.handling.rules.timezone, now);
      return { answer: reply(`That was ${ask.state} at ${when} already.`) };
    }
    case "OpenAsk":
      return { answer: await openAsk(room, triggerId, incident, press.to) };
    default:
      return press satisfies never;
  }
}
