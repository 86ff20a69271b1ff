import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import { alsoInChannel, placeOf } from "../../domain/place.ts";
import type { Incident } from "../../domain/incident.ts";
import { speaksOutside } from "../../domain/policy/visibility.ts";
import { threadSlotOf } from "../../domain/opening/thread.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { channelName } from "../lookup/channel-name.ts";
import type { NamedChannel } from "../lookup/named-channel.ts";
import type { Message } from "../views/limits.ts";
import { asMember, type Membership } from "./membership.ts";
import { seenLate } from "./outage.ts";
import { noThread, postOnce } from "./post-once.ts";
import { renderedFor } from "./render.ts";
import { isRefusal } from "../calls.ts";
import { directMessage, skipped, type Stage } from "./stage.ts";
import { gone } from "./standing-message.ts";

interface Place {
  channel: string;
  threadTs?: string;
  /** Shown in the channel as well as in its thread. */
  broadcast?: boolean;
  membership: Membership;
  /** The configured channel that it is. */
  named?: NamedChannel;
}

/** The card is what people see first: what was claimed together with it waits until it was tried. */
export async function postMessage(
  stage: Stage,
  claimed: ClaimedEffect,
  effect: EffectNamed<"PostMessage">,
): Promise<Performed> {
  const { incident, slot } = effect;
  if (slot !== "card") return post(stage, claimed, effect);
  const card = post(stage, claimed, effect);
  stage.cards.set(incident, card);
  try {
    return await card;
  } finally {
    stage.cards.delete(incident);
  }
}

async function post(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident: number, slot }: EffectNamed<"PostMessage">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (!incident) return skipped("the incident is not there");
  if (stands(incident, slot)) return skipped("it stands already");
  const place = await placeFor(stage, incident, slot);
  if ("why" in place) return skipped(place.why);
  if ("missing" in place) {
    const { label, configured } = place.missing;
    return noSuchChannel(slot, label, { channel: configured });
  }
  const message = await renderedFor(stage, seenLate(incident, claimed, stage.clock.now()), slot);
  // What may stand in the channel must be known, wanted or not: else nobody could delete it.
  if (!message && claimed.suspectSince === null) return skipped("no longer wanted");
  if (slot !== "card" && placeOf(slot) === "incident") await stage.cards.get(number)?.catch(() => {});
  try {
    return await postIn(stage, claimed, { incident: number, slot, place, message });
  } catch (error) {
    const where = placeOf(slot);
    if (place.threadTs !== undefined && isRefusal(error, ...noThread)) {
      const opener = Object.keys(incident.posts).find(threadSlotOf);
      const parent = typeof where === "object" && "threadOf" in where ? where.threadOf : (opener ?? slot);
      return gone(stage, { incident: number, slot: parent, ts: place.threadTs, wanted: false });
    }
    if (
      place.membership !== "sought" ||
      !isRefusal(error, "channel_not_found", "is_archived", "not_in_channel")
    )
      throw error;
    stage.joined.delete(place.channel);
    const again = place.named?.forget() ? await place.named.find() : undefined;
    if (again === undefined || again === place.channel) {
      const { channel } = place;
      return noSuchChannel(slot, await labelOf(stage, place), { channel, error: error.failure.error });
    }
    return postIn(stage, claimed, { incident: number, slot, place: { ...place, channel: again }, message });
  }
}

/** What stands in the thread is posted again in the channel that came later. */
export function stands({ posts, channel, opening: { thread } }: Incident, slot: string): boolean {
  const post = posts[slot];
  if (!post) return false;
  const isLeft = channel !== null && thread !== null && post.channel === thread.channel;
  return !(isLeft && placeOf(slot) === "incident");
}

async function placeFor(
  stage: Stage,
  incident: Incident,
  slot: string,
): Promise<Place | { why: string } | { missing: NamedChannel }> {
  const where = placeOf(slot);
  if (where === "incident" && incident.channel) return { channel: incident.channel.id, membership: "own" };
  if (where === "incident" || where === "thread") {
    const { thread } = incident.opening;
    // Whoever posted the message that opens the thread was a member.
    return thread
      ? { channel: thread.channel, threadTs: thread.ts, membership: "granted" }
      : { why: "the incident has no channel" };
  }
  // Nothing should ask for it. It is the last place where it can be held back.
  const isOutside = where === "announcements" || "channel" in where;
  const isHeldBack = incident.private || threadSlotOf(slot) === null;
  if (isOutside && isHeldBack && !speaksOutside(incident))
    return { why: "nobody outside its channel is told" };
  if (where === "announcements") {
    const { announcements } = stage.rules.channels;
    return announcements === null
      ? { why: "announcements are switched off" }
      : placeNamed(stage, announcements);
  }
  if ("person" in where) return { channel: await directMessage(stage, where.person), membership: "granted" };
  if ("channel" in where) return placeNamed(stage, where.channel);
  const parent = incident.posts[where.threadOf];
  if (!parent) return { why: `there is no ${where.threadOf} to reply to` };
  return {
    channel: parent.channel,
    threadTs: parent.ts,
    broadcast: alsoInChannel(incident, slot),
    membership: parent.channel === incident.channel?.id ? "own" : "sought",
  };
}

async function placeNamed(stage: Stage, configured: string): Promise<Place | { missing: NamedChannel }> {
  const named = stage.channelNamed(configured);
  const channel = await named.find();
  return channel === undefined ? { missing: named } : { channel, membership: "sought", named };
}

async function postIn(
  stage: Stage,
  claimed: ClaimedEffect,
  {
    incident,
    slot,
    place,
    message,
  }: { incident: number; slot: string; place: Place; message: Message | null },
): Promise<Performed> {
  const { channel, membership } = place;
  const posted = await asMember(stage, channel, membership, () => postOnce(stage, claimed, place, message));
  if (!posted) return skipped("no longer wanted");
  const at = stage.clock.now();
  return {
    as: "done",
    result: { type: "NoteMessagePosted", at, actor: bot, incident, slot, channel, ts: posted.ts },
  };
}

/** A thread stands where its first message was posted, whatever the configuration says now. */
async function labelOf(stage: Stage, { channel, named }: Place): Promise<string> {
  if (named) return named.label;
  const name = await channelName(stage, channel);
  return name === undefined ? "The channel" : `#${name}`;
}

function noSuchChannel(
  slot: string,
  label: string,
  { channel, error = "channel_not_found" }: { channel: string; error?: string },
): Performed {
  const isAnnouncement = slot === "announcement" || slot.startsWith("update:");
  const key = isAnnouncement ? "`channels.announcements`" : "the key that names it";
  const what =
    error === "is_archived"
      ? "is archived"
      : "does not exist, is archived or is private without Sitrep in it";
  const mend =
    error === "is_archived"
      ? "Unarchive it, then it is tried again"
      : "Create it (invite Sitrep, if it is private)";
  return {
    as: "dead",
    error,
    channel,
    sentence: `${label} ${what}, so nothing can be ${isAnnouncement ? "announced" : "posted"} there. ${mend}, or set ${key} in sitrep.yml to another one.`,
  };
}
