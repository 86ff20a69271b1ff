import { instantOfTs } from "../../domain/time.ts";
import type { MessageFact } from "../../domain/record.ts";
import type { Store } from "../../store/port.ts";
import { recordInput } from "../input.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { incidentAt } from "../whereabouts.ts";
import { isConversion, onConversion } from "./channel.ts";
import { type About, type MessageLike, wordingFact } from "../wording.ts";

/** https://docs.slack.dev/reference/events/message */
export interface MessageEvent extends MessageLike {
  type: "message";
  channel: string;
  event_ts: string;
  message?: MessageLike;
  previous_message?: MessageLike;
  deleted_ts?: string;
}

/** Records what was said, edited or deleted in an incident's channel. */
export async function onMessage(room: SlackRoom, event: MessageEvent, eventId: string): Promise<void> {
  const { store } = room.handling;
  if (isConversion(event)) return onConversion(room, event, eventId);
  const incident = await incidentOf(store, event);
  if (incident === undefined) return;
  const about = { incident, channel: event.channel, recordedAt: room.clock.now() };
  const fact = factOf(room, event, about);
  if (!fact) return;
  await recordInput(room, fact, {
    keys: eventKeys(eventId, {
      type: event.type,
      subtype: event.subtype,
      channel: event.channel,
      subject: fact.ts,
      user: event.user,
      event_ts: event.event_ts,
    }),
  });
}

/** What is edited or deleted may be on record from elsewhere: the message that an incident began with. */
async function incidentOf(store: Store, event: MessageEvent): Promise<number | undefined> {
  const { channel, message, previous_message: before, deleted_ts } = event;
  const threadTs = event.thread_ts ?? message?.thread_ts ?? before?.thread_ts;
  const there = await incidentAt(store, { channel, threadTs });
  const changed = deleted_ts ?? message?.ts;
  if (there !== undefined || changed === undefined) return there;
  return (await store.message(channel, changed))?.incident;
}

function factOf(room: SlackRoom, event: MessageEvent, about: About): MessageFact | null {
  switch (event.subtype) {
    case "message_changed":
      return changedFact(room, event, about);
    case "message_deleted":
      if (event.deleted_ts === undefined || isOwn(room, event.previous_message)) return null;
      return deletedFact(event.deleted_ts, event, about);
    default:
      return isOwn(room, event) ? null : wordingFact("MessageSaid", event, about);
  }
}

/** Unfurled links and edits by apps come as changes too: a person's edit has a new `edited.ts`. */
function changedFact(room: SlackRoom, event: MessageEvent, about: About): MessageFact | null {
  const { message, previous_message: before } = event;
  if (!message || isOwn(room, message)) return null;
  // A deleted message with replies stays as a tombstone.
  if (message.subtype === "tombstone")
    return isOwn(room, before) ? null : deletedFact(message.ts, event, about);
  const isEdit = message.edited !== undefined && message.edited.ts !== before?.edited?.ts;
  return isEdit ? wordingFact("MessageEdited", message, about) : null;
}

const deletedFact = (ts: string, event: MessageEvent, about: About): MessageFact => ({
  type: "MessageDeleted",
  ...about,
  ts,
  deletedAt: instantOfTs(event.event_ts),
});

/** Bolt's own filter knows neither edits nor deletions (measured with Bolt 5.1). */
const isOwn = ({ auth }: SlackRoom, message: MessageLike | undefined): boolean =>
  message !== undefined && (message.user === auth.botUserId || message.bot_id === auth.botId);
