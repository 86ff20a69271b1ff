import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { RolesPress } from "./ids.ts";

export async function onRolesPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: RolesPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
