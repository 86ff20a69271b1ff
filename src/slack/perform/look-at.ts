import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { CommandNamed } from "../../domain/command.ts";
import type { EffectNamed, SlackEffect } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { ask, askFor, isRefusal } from "../calls.ts";
import { askUser } from "../directory.ts";
import { opened, skipped, type Stage } from "./stage.ts";

const channelSchema = z.object({
  channel: z.object({
    name: z.string(),
    is_private: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_member: z.boolean().optional(),
  }),
});

const looks: ReadonlySet<SlackEffect["type"]> = new Set(["LookAtChannel", "LookAtPerson", "LookElsewhere"]);

/** It is asked for again and again, so that what is said of it is soon known. */
export const isLook = ({ type }: SlackEffect): boolean => looks.has(type);

type Seen = CommandNamed<"NoteChannel">["seen"];

/** What events would have told, had they come. */
export async function lookAtChannel(
  stage: Stage,
  { incident }: EffectNamed<"LookAtChannel">,
): Promise<Performed> {
  const place = await opened(stage, incident);
  if ("why" in place) return skipped(place.why);
  return noted(stage, incident, place.channel, await seen(stage, place.channel));
}

async function seen(stage: Stage, channel: string): Promise<Seen> {
  try {
    const info = await askFor(stage, "conversations.info", { channel }, channelSchema);
    const { name, is_private: closed, is_archived: isArchived, is_member: isMember } = info.channel;
    const lost = isArchived === true ? "archived" : isMember === false ? "removed" : null;
    return { name, lost, ...(closed !== undefined && { closed }) };
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return { lost: "unseen" };
    throw error;
  }
}

export async function returnToChannel(
  stage: Stage,
  { incident }: EffectNamed<"ReturnToChannel">,
): Promise<Performed> {
  const place = await opened(stage, incident);
  if ("why" in place) return skipped(place.why);
  if (place.incident.access.lost?.why !== "removed") return skipped("it was not removed from the channel");
  const { channel } = place;
  try {
    await ask(stage, "conversations.join", { channel });
  } catch (error) {
    if (isRefusal(error, "is_archived")) return noted(stage, incident, channel, { lost: "archived" });
    if (isRefusal(error, "channel_not_found", "method_not_supported_for_channel_type"))
      return noted(stage, incident, channel, { lost: "unseen" });
    throw error;
  }
  return noted(stage, incident, channel, { lost: null });
}

/** What could not be posted there is tried again where it can be now. */
export async function lookElsewhere(
  stage: Stage,
  { incident, channel: configured }: EffectNamed<"LookElsewhere">,
): Promise<Performed> {
  const channel = await stage.channelNamed(configured).find();
  if (channel === undefined) return { as: "done" };
  const { lost, closed } = await seen(stage, channel);
  // A public one is entered when something is posted there.
  if (lost !== null && (lost !== "removed" || closed === true)) return { as: "done" };
  const about = { at: stage.clock.now(), actor: bot, incident };
  return { as: "done", result: { type: "RetryInChannel", ...about, channel: [configured, channel] } };
}

const noted = (stage: Stage, incident: number, channel: string, what: Seen): Performed => ({
  as: "done",
  result: { type: "NoteChannel", at: stage.clock.now(), actor: bot, incident, channel, seen: what },
});

export async function lookAtPerson(
  stage: Stage,
  { incident, user }: EffectNamed<"LookAtPerson">,
): Promise<Performed> {
  const about = { at: stage.clock.now(), actor: bot, incident, user };
  const person = await askUser(stage, user);
  const gone = person === undefined || person.deleted === true;
  return { as: "done", result: { type: "NotePerson", ...about, gone } };
}
