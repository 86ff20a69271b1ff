import { CallFailed } from "./calls.ts";
import { failureOf } from "./errors.ts";
import type { SlackRoom } from "./room.ts";
import type { Message } from "./views/limits.ts";

/**
 * Answers an event, which has no ack that people see. Where Slack takes no post just now, its own repeat of the event brings
 * the answer: `answer` is asked again, and changes nothing a second time because of the event's `keys`.
 * @throws CallFailed when nothing was posted and a repeat may help
 */
export async function answerInThread(
  room: SlackRoom,
  place: { channel: string; thread_ts: string },
  keys: readonly string[],
  answer: () => Promise<Message>,
): Promise<void> {
  const { store } = room.handling;
  const told = keys.map((key) => `told/${key}`);
  if (await store.answerOf(told)) return;
  const client = room.interactive;
  const message = await answer();
  try {
    await client.chat.postMessage({ ...place, ...message, unfurl_links: false, unfurl_media: false });
  } catch (error) {
    const failure = failureOf(error);
    room.log.warn({ err: error }, "an answer in a thread could not be posted");
    if (failure?.kind === "limited" || failure?.kind === "unreachable")
      throw new CallFailed("chat.postMessage", failure, error);
  }
  try {
    await store.commit({ input: { keys: told, answer: { type: "Noted" } }, at: room.clock.now() });
  } catch (error) {
    // Told it is; a repeat that this brought about would tell it twice.
    room.log.warn({ err: error }, "that an answer stands in a thread could not be noted");
  }
}
