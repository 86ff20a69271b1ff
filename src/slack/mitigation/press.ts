import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { openDecision, openMitigation, openNoRollback } from "./forms.ts";
import type { MitigationPress } from "./ids.ts";
import { optionsView } from "./options.ts";

export async function onMitigationPress(
  room: SlackRoom,
  pressed: Pressed,
  press: MitigationPress,
): Promise<PressAnswer> {
  const { user, triggerId } = pressed;
  const { incident: number } = press;
  const incident = await room.handling.store.incident(number);
  if (!incident) return { answer: reply(`There is no ${reference(number)}.`) };
  const carryOut = (command: CommandOfPress) => change(room, pressed, { ...command, incident: number });
  switch (press.do) {
    case "ShowMitigations":
      return { answer: optionsView(incident, press) };
    case "OpenMitigation":
      return { answer: await openMitigation(room, triggerId, incident, press, user) };
    case "OpenNoRollback":
      return { answer: await openNoRollback(room, triggerId, incident) };
    case "OpenDecision":
      return { answer: await openDecision(room, triggerId, incident) };
    case "StartMitigation":
    case "ResumeMitigation":
    case "KeepMitigation":
      return carryOut({ type: press.do, mitigation: press.mitigation });
    case "FinishMitigation":
      return carryOut({ type: press.do, mitigation: press.mitigation, result: press.result });
    case "SetMonitoring":
      return carryOut({ type: "SetStatus", status: "MONITORING" });
    default:
      return press satisfies never;
  }
}

type Without<Type> = Type extends { incident: number } ? Omit<Type, "incident" | "at" | "actor"> : never;
type CommandOfPress = Without<
  Extract<
    Command,
    { type: "StartMitigation" | "ResumeMitigation" | "KeepMitigation" | "FinishMitigation" | "SetStatus" }
  >
>;

/** What shows in the channel is answer enough there; under an answer to the presser it is said. */
async function change(
  room: SlackRoom,
  pressed: Pressed,
  command: CommandOfPress & { incident: number },
): Promise<PressAnswer> {
  const { user, action, ephemeral } = pressed;
  const outcome = await handleInput(
    room,
    { ...command, at: room.clock.now(), actor: slackUser(user) },
    { keys: pressKeys({ ...action, user }) },
  );
  if (outcome.ok && !ephemeral) return { answer: null };
  return { answer: await answerTo(room, outcome), replaces: outcome.ok };
}
