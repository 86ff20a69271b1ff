import { slackUser } from "../../domain/actor.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { carryOut } from "./answer.ts";
import { openPage } from "./form.ts";
import type { EscalationPress } from "./ids.ts";

export async function onEscalationPress(
  room: SlackRoom,
  { user, action, triggerId }: Pressed,
  press: EscalationPress,
): Promise<PressAnswer> {
  const { incident } = press;
  const state = await room.handling.store.incident(incident);
  if (!state) return { answer: reply(`There is no ${reference(incident)}.`) };
  if (press.do === "OpenPage") return { answer: await openPage(room, triggerId, state) };
  const by = { at: room.clock.now(), actor: slackUser(user), incident };
  return { answer: await carryOut(room, commandOf(press, by), { keys: pressKeys({ ...action, user }) }) };
}

function commandOf(
  press: Exclude<EscalationPress, { do: "OpenPage" }>,
  by: { at: number; actor: ReturnType<typeof slackUser>; incident: number },
) {
  switch (press.do) {
    case "Ack":
      return { type: "Acknowledge", ...by } as const;
    case "Escalate":
      return { type: "Escalate", ...by, calls: press.calls } as const;
    case "CallNow":
      return { type: "BeginWalk", ...by, walk: press.walk } as const;
    case "DontCall":
      return { type: "DropWalk", ...by, walk: press.walk } as const;
    case "StillOnIt":
      return { type: "ConfirmStillOnIt", ...by, watch: press.watch } as const;
    default:
      return press satisfies never;
  }
}
