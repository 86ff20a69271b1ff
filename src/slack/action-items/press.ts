import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import type { ActionItemsPress } from "./ids.ts";
import { itemList } from "./list.ts";
import { openAdd, openEdit } from "./open.ts";

export async function onActionItemsPress(
  room: SlackRoom,
  pressed: Pressed,
  press: ActionItemsPress,
): Promise<PressAnswer> {
  const { user, triggerId, action } = pressed;
  const { incident: number } = press;
  const incident = await room.handling.store.incident(number);
  if (!incident) return { answer: reply(`There is no ${reference(number)}.`) };
  const carryOut = async (
    command: Command,
    { item, page }: { item: string; page?: number | undefined },
  ): Promise<PressAnswer> => {
    const outcome = await handleInput(room, command, { keys: pressKeys({ ...action, user }) });
    if (!outcome.ok) return { answer: await answerTo(room, outcome) };
    // On a page of the list the page shows it, in a message the message.
    if (page !== undefined) {
      const now = (await room.handling.store.incident(number)) ?? incident;
      return { answer: await itemList(room, now, page), replaces: true };
    }
    if (!pressed.ephemeral) return { answer: null };
    const back = { label: "Bring back", press: { do: "RestoreItem" as const, incident: number, item } };
    const offers = command.type === "RestoreActionItem" ? [] : [back];
    return { answer: await answerTo(room, outcome, offers), replaces: true };
  };
  const by = { at: room.clock.now(), actor: slackUser(user), incident: number };
  switch (press.do) {
    case "FinishItem":
      return carryOut({ type: "FinishActionItem", ...by, item: press.item }, press);
    case "DropItem":
      return carryOut({ type: "DropActionItem", ...by, item: press.item }, press);
    case "RestoreItem":
      return carryOut({ type: "RestoreActionItem", ...by, item: press.item }, press);
    case "EditItem":
      return { answer: await openEdit(room, triggerId, incident, press.item) };
    case "AddItem":
      return { answer: await openAdd(room, triggerId, incident) };
    case "ShowItems":
      return { answer: await itemList(room, incident, press.page), replaces: pressed.ephemeral };
    default:
      return press satisfies never;
  }
}
