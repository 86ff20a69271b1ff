import { addressed } from "../addressed.ts";
import { answerInThread } from "../answer-in-thread.ts";
import { runLine } from "../commands/run.ts";
import { refusalOf } from "../guests.ts";
import { eventKeys } from "../keys.ts";
import { nothingSaved } from "../nothing-saved.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";

/** https://docs.slack.dev/reference/events/app_mention */
export interface MentionEvent {
  type: "app_mention";
  user?: string | undefined;
  text: string;
  ts: string;
  channel: string;
  thread_ts?: string | undefined;
  event_ts: string;
}

/**
 * `@Sitrep status`: the same words as the slash command, which Slack does not run in threads. A mention further on in a
 * sentence is talk. The answer stands in the thread.
 */
export async function onMention(
  room: SlackRoom,
  event: MentionEvent,
  eventId: string,
  isRepeat = false,
): Promise<void> {
  const line = addressed(event.text, room.auth.botUserId);
  const { user, channel, ts } = event;
  if (line === null || user === undefined) return;
  const keys = eventKeys(eventId, { type: event.type, channel, subject: ts, user, event_ts: event.event_ts });
  const run = () =>
    runLine(room, {
      command: "@Sitrep",
      user,
      channel,
      threadTs: event.thread_ts ?? null,
      triggerId: null,
      keys,
      line,
    });
  const place = { channel, thread_ts: event.thread_ts ?? ts };
  try {
    await answerInThread(
      room,
      { ...place, event_ts: event.event_ts, keys },
      async () => (await refusalOf(room, user)) ?? (await run()) ?? reply("Done."),
    );
  } catch (error) {
    const why = nothingSaved(error);
    if (why !== undefined && !isRepeat) await sayNotYet(room, place, why);
    throw error;
  }
}

/** Slack brings the event again for some minutes, and its answer may still come. */
async function sayNotYet(room: SlackRoom, place: { channel: string; thread_ts: string }, why: string) {
  const told = reply(`${why} Slack brings it here again within minutes: if that works, the answer follows.`);
  try {
    await room.interactive.chat.postMessage({ ...place, ...told });
  } catch (error) {
    room.log.warn({ err: error }, "that nothing was saved could not be told");
  }
}
