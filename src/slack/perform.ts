import type { EffectNamed, SlackEffect } from "../domain/effect.ts";
import { placeOf } from "../domain/place.ts";
import type { Incident } from "../domain/incident.ts";
import { NamedChannel } from "./lookup/named-channel.ts";
import { nextMethod } from "./catch-up/progress.ts";
import { MethodPauses } from "./method-pauses.ts";
import { addBookmark } from "./perform/add-bookmark.ts";
import { answerMissed } from "./perform/answer-missed.ts";
import { archiveChannel } from "./perform/archive-channel.ts";
import { catchUp } from "./perform/catch-up.ts";
import { createChannel } from "./perform/create-channel.ts";
import { enterChannel } from "./perform/enter-channel.ts";
import { findSubscribers } from "./perform/find-subscribers.ts";
import { invitePeople } from "./perform/invite-people.ts";
import { learnPerson } from "./perform/learn-person.ts";
import { isLook, lookAtChannel, lookAtPerson, lookElsewhere, returnToChannel } from "./perform/look-at.ts";
import { enterNamed } from "./perform/membership.ts";
import { foundOut, heldBack, needOf } from "./perform/out-of-reach.ts";
import { postMessage, stands } from "./perform/post-message.ts";
import { sharePostmortem, uploadPostmortem } from "./perform/postmortem-file.ts";
import type { Performed, Performer, SlackClaim } from "../dispatch/performer.ts";
import { withOutageNoted } from "./perform/outage.ts";
import { isTold, refusalSentence } from "./perform/refusal.ts";
import { CallFailed } from "./calls.ts";
import { seekPeople } from "./perform/seek-people.ts";
import type { Stage } from "./perform/stage.ts";
import { setTopic } from "./perform/set-topic.ts";
import { deleteMessage, editMessage, pinMessage } from "./perform/standing-message.ts";
import { syncReceipt } from "./perform/sync-receipt.ts";
import { tellDeclarer } from "./perform/tell-declarer.ts";

export type PerformerOptions = Omit<
  Stage,
  "cards" | "channelNamed" | "joined" | "pauses" | "strangers" | "taken" | "trails"
>;

/** What Slack does a second time when asked a second time; whatever else fails halfway is simply repeated. */
const unrepeatable = new Set([
  "chat.postMessage",
  "conversations.create",
  "files.completeUploadExternal",
  "response_url",
]);

export interface SlackPerformer extends Omit<Performer, "isThere" | "hears" | "isBack"> {
  /** Enters where incidents are announced, so that the first declaration does not wait for it. Never throws for what Slack may answer. */
  prepare: (signal: AbortSignal) => Promise<void>;
}

export function createPerformer(options: PerformerOptions): SlackPerformer {
  const { store } = options;
  const named = new Map<string, NamedChannel>();
  const pauses = new MethodPauses(options.clock);
  const stage: Stage = {
    ...options,
    cards: new Map(),
    channelNamed(configured) {
      const known = named.get(configured) ?? new NamedChannel({ client: options.client, pauses }, configured);
      named.set(configured, known);
      return known;
    },
    joined: new Set(),
    pauses,
    strangers: new Map(),
    taken: new Set(),
    trails: new Map(),
  };
  return {
    async perform(claimed) {
      const { effect, key } = claimed;
      const incident = "incident" in effect ? await store.incident(effect.incident) : undefined;
      const need = incident && needOf(effect, incident);
      const held = need && heldBack(stage, effect, incident, need);
      if (held) return held;
      try {
        return await withOutageNoted(stage, claimed, await performed(stage, claimed));
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        const found = need && foundOut(stage, effect, incident, need, error);
        if (found) return found;
        const outcome = outcomeOf(error, effect);
        const isKnown =
          outcome.as === "dead" && incident && isLook(effect) && isTold(incident, key, outcome.sentence);
        return isKnown ? { as: "done" } : outcome;
      }
    },
    paceOf: (effect) => paceOf(stage, effect),
    async prepare(signal) {
      const { announcements } = options.rules.channels;
      if (announcements !== null) await enterNamed(stage, announcements, signal);
    },
  };
}

async function performed(stage: Stage, claimed: SlackClaim): Promise<Performed> {
  const { effect } = claimed;
  switch (effect.type) {
    case "CreateChannel":
      return createChannel(stage, claimed, effect);
    case "EnterChannel":
      return enterChannel(stage, effect);
    case "CatchUp":
      return catchUp(stage, claimed, effect);
    case "ReturnToChannel":
      return returnToChannel(stage, effect);
    case "LookAtChannel":
      return lookAtChannel(stage, effect);
    case "LookAtPerson":
      return lookAtPerson(stage, effect);
    case "LookElsewhere":
      return lookElsewhere(stage, effect);
    case "ArchiveChannel":
      return archiveChannel(stage, effect);
    case "InvitePeople":
      return invitePeople(stage, effect);
    case "PostMessage":
      return postMessage(stage, claimed, effect);
    case "EditMessage":
      return editMessage(stage, claimed, effect);
    case "DeleteMessage":
      return deleteMessage(stage, effect);
    case "SetTopic":
      return setTopic(stage, effect);
    case "AddBookmark":
      return addBookmark(stage, effect);
    case "PinMessage":
      return pinMessage(stage, effect);
    case "SyncReceipt":
      return syncReceipt(stage, effect);
    case "AnswerMissed":
      return answerMissed(stage, claimed, effect);
    case "TellDeclarer":
      return tellDeclarer(stage, claimed, effect);
    case "UploadPostmortem":
      return uploadPostmortem(stage, effect);
    case "SharePostmortem":
      return sharePostmortem(stage, claimed, effect);
    case "SeekPeople":
      return seekPeople(stage, effect);
    case "FindSubscribers":
      return findSubscribers(stage, effect);
    case "LearnPerson":
      return learnPerson(stage, effect);
    default:
      return effect satisfies never;
  }
}

function outcomeOf({ method, failure }: CallFailed, effect: SlackEffect): Performed {
  const { error } = failure;
  switch (failure.kind) {
    case "limited":
      return {
        as: "retry",
        error,
        // Slack refuses before it acts. What stands before it may not: looking costs one call, a repetition a double.
        sure: failure.held === true || !unrepeatable.has(method),
        pause: "method",
        method,
        ...(failure.after !== undefined && { after: failure.after }),
        ...(failure.held && { unasked: true }),
      };
    case "unreachable":
    case "token":
      return { as: "retry", error, sure: true, pause: "all" };
    case "uncertain":
      return {
        as: "retry",
        error,
        sure: !unrepeatable.has(method),
        pause: "method",
        method,
        broken: true,
        ...(unrepeatable.has(method) && { lingers: true }),
      };
    case "refused":
      return { as: "dead", error, sentence: refusalSentence(effect, failure) };
    default:
      return failure satisfies never;
  }
}

async function paceOf(stage: Stage, effect: SlackEffect): ReturnType<Performer["paceOf"]> {
  const laneOf = async (number: number) => ownLane(await stage.store.incident(number));
  switch (effect.type) {
    case "CreateChannel":
      return { method: "conversations.create", lane: null };
    case "EnterChannel":
      return { method: "conversations.join", lane: null };
    case "CatchUp":
      return { method: await nextMethod(stage.store, effect.incident), lane: null };
    case "ReturnToChannel":
      return { method: "conversations.join", lane: null };
    case "LookAtChannel":
    case "LookElsewhere":
      return { method: "conversations.info", lane: null };
    case "LookAtPerson":
      return { method: "users.info", lane: null };
    case "ArchiveChannel":
      return { method: "conversations.archive", lane: await laneOf(effect.incident) };
    case "InvitePeople":
      return { method: "conversations.invite", lane: null };
    case "PostMessage":
      return paceOfPost(stage, effect);
    case "EditMessage":
      return { method: "chat.update", lane: null };
    case "DeleteMessage":
      return { method: "chat.delete", lane: null };
    case "SetTopic":
      return { method: "conversations.setTopic", lane: null };
    case "AddBookmark":
      return { method: "bookmarks.add", lane: null };
    case "PinMessage":
      return { method: "pins.add", lane: null };
    case "SyncReceipt":
      // The slower one of the two that it may need.
      return { method: "reactions.remove", lane: null };
    case "AnswerMissed":
      return { method: "chat.postMessage", lane: effect.channel };
    case "TellDeclarer":
      return { method: "chat.postMessage", lane: null };
    case "UploadPostmortem":
      return { method: "files.getUploadURLExternal", lane: null };
    case "SharePostmortem":
      return { method: "files.completeUploadExternal", lane: await laneOf(effect.incident) };
    case "SeekPeople":
    case "FindSubscribers":
      return { method: null, lane: null };
    case "LearnPerson":
      return { method: "users.info", lane: null };
    default:
      return effect satisfies never;
  }
}

async function paceOfPost(
  stage: Stage,
  { incident: number, slot }: EffectNamed<"PostMessage">,
): ReturnType<Performer["paceOf"]> {
  const incident = await stage.store.incident(number);
  // Nothing will be posted, so that nothing need wait behind it.
  if (incident && stands(incident, slot)) return { method: null, lane: null };
  const place = placeOf(slot);
  const elsewhere = typeof place === "object" && !("threadOf" in place);
  const lane =
    place === "incident" || place === "thread"
      ? ownLane(incident)
      : elsewhere
        ? JSON.stringify(place)
        : "announcements";
  return { method: "chat.postMessage", lane };
}

const ownLane = (incident: Incident | undefined): string | null =>
  incident?.channel?.id ?? incident?.opening.thread?.channel ?? null;
