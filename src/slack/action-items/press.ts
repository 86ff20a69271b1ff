import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { ActionItemsPress } from "./ids.ts";

export async function onActionItemsPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: ActionItemsPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
