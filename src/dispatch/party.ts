import { type Effect, isTimer, isWebhook } from "../domain/effect.ts";

/**
 * With whom effects are carried out. Each party has slots of its own, so that one which is slow to answer keeps no other
 * waiting. Timers need nobody but the database.
 */
export type Party = "slack" | "timers" | `webhook ${string}`;

export function partyOf(effect: Effect): Party {
  if (isTimer(effect)) return "timers";
  return isWebhook(effect) ? `webhook ${effect.webhook}` : "slack";
}
