import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { EndingPress } from "./ids.ts";

export async function onEndingPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: EndingPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
