import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { CorrectionsPress } from "./ids.ts";

export async function onCorrectionsPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: CorrectionsPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
