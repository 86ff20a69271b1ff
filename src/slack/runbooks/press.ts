import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { RunbooksPress } from "./ids.ts";

export async function onRunbooksPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: RunbooksPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
