import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { MitigationPress } from "./ids.ts";

export async function onMitigationPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: MitigationPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
