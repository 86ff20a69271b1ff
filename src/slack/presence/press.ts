import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { PresencePress } from "./ids.ts";

export async function onPresencePress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: PresencePress,
): Promise<PressAnswer> {
  return press satisfies never;
}
