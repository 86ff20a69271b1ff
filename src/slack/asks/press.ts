import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { AsksPress } from "./ids.ts";

export async function onAsksPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: AsksPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
