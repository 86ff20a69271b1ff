import { ask, CallFailed, isRefusal } from "../calls.ts";
import type { Stage } from "./stage.ts";

/**
 * How the bot is in a channel: `own`, the incident's, whose loss is told and made good as such; `granted`, where it has posted
 * already; `sought`, where it may never have been.
 */
export type Membership = "own" | "granted" | "sought";

/** Acts in a channel as its member, because only a member can look there afterwards. */
export async function asMember<T>(
  stage: Stage,
  channel: string,
  membership: Membership,
  act: () => Promise<T>,
): Promise<T> {
  if (membership === "sought" && !stage.joined.has(channel)) await join(stage, channel);
  try {
    return await act();
  } catch (error) {
    if (membership === "own" || !isRefusal(error, "not_in_channel")) throw error;
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

/** What Slack refuses here is told where something is to be posted. Once `signal` has aborted Slack is asked nothing more. */
export async function enterNamed(stage: Stage, configured: string, signal: AbortSignal): Promise<void> {
  try {
    const channel = signal.aborted ? undefined : await stage.channelNamed(configured).find();
    if (channel !== undefined && !signal.aborted && !stage.joined.has(channel)) await join(stage, channel);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
  }
}
