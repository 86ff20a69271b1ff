import { ask, isRefusal } from "../calls.ts";
import type { Stage } from "./stage.ts";

/**
 * Acts in a channel as its member, because only a member can look there afterwards. A channel that the bot created needs no
 * joining, unless somebody has removed it.
 */
export async function asMember<T>(
  stage: Stage,
  channel: string,
  isOwn: boolean,
  act: () => Promise<T>,
): Promise<T> {
  if (!isOwn && !stage.joined.has(channel)) await join(stage, channel);
  try {
    return await act();
  } catch (error) {
    if (!isRefusal(error, "not_in_channel")) throw error;
    await join(stage, channel);
    return act();
  }
}

async function join(stage: Stage, channel: string): Promise<void> {
  try {
    await ask(stage, "conversations.join", { channel });
  } catch (error) {
    // A private channel can only be entered by invitation; the bot may have been invited.
    if (!isRefusal(error, "method_not_supported_for_channel_type")) throw error;
  }
  stage.joined.add(channel);
}
