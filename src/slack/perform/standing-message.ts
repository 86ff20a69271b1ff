import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Slot } from "../../domain/slot.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { asMember } from "./membership.ts";
import { seenLate } from "./outage.ts";
import { renderedFor } from "./render.ts";
import { ask, isRefusal } from "../calls.ts";
import { skipped, type Stage } from "./stage.ts";

/** Doing these twice is doing them once, so they need no looking up. */

export async function editMessage(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident: number, slot }: EffectNamed<"EditMessage">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  const post = incident?.posts[slot];
  if (!incident || !post) return skipped("it is not in Slack");
  const message = await renderedFor(stage, seenLate(incident, claimed, stage.clock.now()), slot);
  if (!message) return skipped("no longer wanted");
  try {
    await ask(stage, "chat.update", { channel: post.channel, ts: post.ts, ...message });
  } catch (error) {
    if (isRefusal(error, "message_not_found"))
      return gone(stage, { incident: number, slot, ts: post.ts, wanted: false });
    if (post.channel !== incident.channel?.id && isRefusal(error, "is_inactive", "is_archived"))
      return skipped("its channel is archived");
    throw error;
  }
  return { as: "done" };
}

export async function deleteMessage(
  stage: Stage,
  { incident: number, slot }: EffectNamed<"DeleteMessage">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  const post = incident?.posts[slot];
  if (!post) return skipped("it is not in Slack");
  try {
    await ask(stage, "chat.delete", { channel: post.channel, ts: post.ts });
  } catch (error) {
    if (post.channel !== incident?.channel?.id && isRefusal(error, "is_inactive", "is_archived"))
      return skipped("its channel is archived");
    // Of one's own messages that means the same.
    if (isRefusal(error, "cant_delete_message")) return skipped("Slack lets nobody delete there");
    if (!isRefusal(error, "message_not_found")) throw error;
  }
  return gone(stage, { incident: number, slot, ts: post.ts, wanted: true });
}

export async function pinMessage(
  stage: Stage,
  { incident: number, slot }: EffectNamed<"PinMessage">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  const post = incident?.posts[slot];
  if (!incident || !post) return skipped("it is not in Slack");
  const membership = post.channel === incident.channel?.id ? "own" : "sought";
  try {
    await asMember(stage, post.channel, membership, () =>
      ask(stage, "pins.add", { channel: post.channel, timestamp: post.ts }),
    );
  } catch (error) {
    if (isRefusal(error, "message_not_found"))
      return gone(stage, { incident: number, slot, ts: post.ts, wanted: false });
    if (membership !== "own" && isRefusal(error, "is_archived")) return skipped("its channel is archived");
    if (!isRefusal(error, "already_pinned")) throw error;
  }
  return { as: "done" };
}

export function gone(
  stage: Stage,
  what: { incident: number; slot: Slot; ts: string; wanted: boolean },
): Performed {
  return { as: "done", result: { type: "NoteMessageGone", at: stage.clock.now(), actor: bot, ...what } };
}
