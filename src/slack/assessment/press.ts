import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import type { AssessmentPress } from "./ids.ts";

export async function onAssessmentPress(
  _room: SlackRoom,
  _pressed: Pressed,
  press: AssessmentPress,
): Promise<PressAnswer> {
  return press satisfies never;
}
