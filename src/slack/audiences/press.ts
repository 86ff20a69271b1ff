import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { AudiencesPress } from "./ids.ts";

export async function onAudiencesPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: AudiencesPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
