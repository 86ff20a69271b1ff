import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { isMarked } from "../../domain/record.ts";
import { asMember } from "./membership.ts";
import { ask, isRefusal } from "../calls.ts";
import { skipped, type Stage } from "./stage.ts";

/** The reaction by which people see that a message stands on the timeline. */
const receipt = "memo";

/** Sets or takes back our reaction, as the message's marks demand by now. */
export async function syncReceipt(
  stage: Stage,
  { incident, channel, ts }: EffectNamed<"SyncReceipt">,
): Promise<Performed> {
  const message = await stage.store.message(channel, ts);
  if (!message || message.deletedAt !== null) return skipped("the message is gone");
  const isOwn = (await stage.store.incidentOfChannel(channel)) === incident;
  // A receipt for what is not on record would be a lie.
  const isKey = message.said && isMarked(message);
  try {
    await asMember(stage, channel, isOwn ? "own" : "granted", () =>
      ask(stage, isKey ? "reactions.add" : "reactions.remove", { channel, timestamp: ts, name: receipt }),
    );
  } catch (error) {
    if (isRefusal(error, "message_not_found")) return skipped("the message is gone");
    // A channel that the incident had before.
    if (!isOwn && isRefusal(error, "channel_not_found", "is_archived", "not_in_channel"))
      return skipped("its channel is gone");
    // An ornament: where there is no room for it, it is left out.
    if (isRefusal(error, "thread_locked", "too_many_emoji", "too_many_reactions"))
      return skipped("Slack takes no reaction there");
    if (!isRefusal(error, "already_reacted", "no_reaction")) throw error;
  }
  return { as: "done" };
}
