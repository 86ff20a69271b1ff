import { bot } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import type { SlackEffect } from "../../domain/effect.ts";
import { placeOf } from "../../domain/place.ts";
import { type Incident, isOpen } from "../../domain/incident.ts";
import type { Loss } from "../../domain/access/state.ts";
import { addressed } from "../../domain/slot.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { CallFailed } from "../calls.ts";
import { skipped, type Stage } from "./stage.ts";

/** What an effect cannot do without: the incident's channel, or one person. */
type Need = { channel: string } | { person: string };

/** What waits while it is out of reach, instead of being refused one by one. Null: it stands on neither. */
export function needOf(effect: SlackEffect, incident: Incident): Need | null {
  const own = incident.channel?.id;
  const inChannel = own === undefined ? null : { channel: own };
  switch (effect.type) {
    case "PostMessage":
    case "EditMessage":
    case "DeleteMessage":
    case "PinMessage": {
      const post = effect.type === "PostMessage" ? undefined : incident.posts[effect.slot];
      if (post) return post.channel === own ? inChannel : null;
      const { person } = addressed(effect.slot);
      if (person !== undefined) return { person };
      return placeOf(effect.slot) === "incident" ? inChannel : null;
    }
    case "UploadPostmortem":
    case "SharePostmortem": {
      const to = incident.copies[effect.copy]?.to ?? null;
      return to === null ? inChannel : { person: to };
    }
    case "SyncReceipt":
    case "AnswerMissed":
      return effect.channel === own ? inChannel : null;
    case "TellDeclarer":
      return { person: effect.user };
    case "InvitePeople":
    case "SetTopic":
    case "AddBookmark":
    case "CatchUp":
      return inChannel;
    case "ArchiveChannel":
    case "CreateChannel":
    case "EnterChannel":
    case "ReturnToChannel":
    case "LookAtChannel":
    case "LookAtPerson":
    case "LookElsewhere":
    case "SeekPeople":
    case "FindSubscribers":
    case "LearnPerson":
      return null;
    default:
      return effect satisfies never;
  }
}

/** What people would miss, unlike what brings up to date what they have seen. */
const isMissed = ({ type }: SlackEffect): boolean =>
  type === "PostMessage" || type === "InvitePeople" || type === "UploadPostmortem";

/** Known to be out of reach, so that Slack is not asked. */
export function heldBack(
  stage: Stage,
  effect: SlackEffect,
  incident: Incident,
  need: Need,
): Performed | undefined {
  const { version, departed, access } = incident;
  if ("person" in need)
    return departed[need.person]
      ? { as: "held", why: "the account is deactivated", seen: version }
      : undefined;
  const { lost } = access;
  if (!lost) return undefined;
  // Slack forgets a file that is not shared, so another one is made once the channel is back.
  if (effect.type === "SharePostmortem") return skipped("its channel is out of reach");
  const why = `its channel is out of reach: ${lost.why}`;
  if (lost.needed || isOpen(incident) || !isMissed(effect)) return { as: "held", why, seen: version };
  return { as: "held", why, result: noteLost(stage, effect, incident.number, need.channel, lost.why) };
}

const losses: Readonly<Record<string, Loss>> = {
  is_archived: "archived",
  is_inactive: "archived",
  channel_not_found: "unseen",
  not_in_channel: "removed",
};

const departures = ["user_disabled", "user_not_found"];

/** Found to be out of reach just now; undefined where the refusal is about something else. */
export function foundOut(
  stage: Stage,
  effect: SlackEffect,
  incident: Incident,
  need: Need,
  { failure, method }: CallFailed,
): Performed | undefined {
  if (failure.kind !== "refused") return undefined;
  const why = `Slack answered ${failure.error}`;
  if ("person" in need) {
    if (method !== "conversations.open" || !departures.includes(failure.error)) return undefined;
    const about = { at: stage.clock.now(), actor: bot, incident: incident.number };
    return { as: "held", why, result: { type: "NotePerson", ...about, user: need.person, gone: true } };
  }
  const loss = losses[failure.error];
  if (loss === undefined) return undefined;
  const result = noteLost(stage, effect, incident.number, need.channel, loss);
  return effect.type === "SharePostmortem" ? { as: "done", result } : { as: "held", why, result };
}

const noteLost = (
  { clock }: Stage,
  effect: SlackEffect,
  incident: number,
  channel: string,
  lost: Loss,
): Command => ({
  type: "NoteChannel",
  at: clock.now(),
  actor: bot,
  incident,
  channel,
  seen: { lost },
  needed: isMissed(effect) || effect.type === "SharePostmortem",
});
