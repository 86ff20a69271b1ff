import { type Effect, isWebhook } from "../domain/effect.ts";

/**
 * With whom effects are carried out. Each party has slots of its own, so that one which is slow to answer keeps no other
 * waiting. Timers need nobody and share Slack's.
 */
export type Party = "slack" | `webhook ${string}`;

export const partyOf = (effect: Effect): Party => (isWebhook(effect) ? `webhook ${effect.webhook}` : "slack");
