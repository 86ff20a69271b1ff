import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { onAppHome } from "../events/app-home.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import type { AudiencesPress } from "./ids.ts";
import { subscribe } from "./subscribe.ts";

export async function onAudiencesPress(
  room: SlackRoom,
  { user, responseUrl, action }: Pressed,
  { on, command }: AudiencesPress,
): Promise<PressAnswer> {
  const answer = await subscribe(room, { user, command, keys: pressKeys({ ...action, user }) }, on);
  // On App Home, which has no message to answer in, the button says it anew.
  if (responseUrl === "") await onAppHome(room, { user, tab: "home" });
  return { answer, replaces: true };
}
