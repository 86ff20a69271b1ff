import { instantOfTs } from "../domain/time.ts";
import { CallFailed } from "./calls.ts";
import { failureOf } from "./errors.ts";
import { type InputKeys, tellingKey } from "./keys.ts";
import { metadataOf, ownPost } from "./lookup/own-post.ts";
import type { SlackRoom } from "./room.ts";
import type { Message } from "./views/limits.ts";

/** What is answered: an event, with its keys, and the thread that it belongs to. */
interface Asked {
  channel: string;
  thread_ts: string;
  event_ts: string;
  keys: InputKeys;
}

/**
 * Answers an event, which has no ack that people see. Where Slack takes no post just now, its own repeat of the event brings
 * the answer: `answer` is asked again, and changes nothing a second time because of the event's keys. What an earlier attempt
 * has posted, without our knowing, is looked for first.
 * @throws CallFailed when nothing is known to stand there and a repeat may help
 */
export async function answerInThread(
  room: SlackRoom,
  { channel, thread_ts, event_ts, keys }: Asked,
  answer: () => Promise<Message>,
): Promise<void> {
  const note = (as: (key: string) => string) =>
    room.handling.store.commit({
      input: { keys: keys.map(as), answer: { type: "Noted" } },
      at: room.clock.now(),
    });
  if (await room.handling.store.answerOf(keys.map(toldKey))) return;
  // Of the event's own, not of its id: that differs between copies.
  const key = `answer/${keys.at(-1)}`;
  const { interactive: client, auth } = room;
  const isFirst = (await note(tellingKey)).kind === "committed";
  const message = await answer();
  const place = { channel, threadTs: thread_ts };
  const stands =
    !isFirst && (await ownPost({ client, auth, trails: new Map() }, key, place, instantOfTs(event_ts)));
  if (!stands) await post(room, { channel, thread_ts, ...message, metadata: metadataOf(key) });
  try {
    await note(toldKey);
  } catch (error) {
    room.log.warn({ err: error }, "that an answer stands in a thread could not be noted");
  }
}

const toldKey = (key: string): string => `told/${key}`;

/** A definite refusal is all that comes of it: there is nobody to tell. */
async function post(
  { interactive, log }: SlackRoom,
  message: Message & { channel: string; thread_ts: string; metadata: ReturnType<typeof metadataOf> },
): Promise<void> {
  try {
    await interactive.chat.postMessage({ ...message, unfurl_links: false, unfurl_media: false });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    log.warn({ error: failure.error }, "an answer in a thread could not be posted");
    if (failure.kind !== "refused") throw new CallFailed("chat.postMessage", failure, error);
  }
}
