import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { EscalationPress } from "./ids.ts";

export async function onEscalationPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: EscalationPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
