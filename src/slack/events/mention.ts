import { CallFailed } from "../calls.ts";
import { runLine } from "../commands/run.ts";
import { failureOf } from "../errors.ts";
import { eventKeys } from "../keys.ts";
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
 * sentence is talk. The answer stands in the thread. Where Slack takes none just now, Slack's own repeat of the event brings
 * it: what the line changed is not changed again.
 * @throws CallFailed when nothing was posted and a repeat may help
 */
export async function onMention(room: SlackRoom, event: MentionEvent, eventId: string): Promise<void> {
  const line = addressed(event.text, room.auth.botUserId);
  const { user, channel, ts } = event;
  if (line === null || user === undefined) return;
  const keys = eventKeys(eventId, { type: event.type, channel, subject: ts, user, event_ts: event.event_ts });
  const { store } = room.handling;
  const told = keys.map((key) => `told/${key}`);
  if (await store.answerOf(told)) return;
  const answer = await runLine(room, { command: "@Sitrep", user, channel, triggerId: null, keys, line });
  await post(room, { channel, thread_ts: event.thread_ts ?? ts }, answer ?? reply("Done."));
  await store.commit({ input: { keys: told, answer: { type: "Noted" } }, at: room.clock.now() });
}

/** What stands after the mention that opens the message; null when none does. */
function addressed(text: string, botUserId: string): string | null {
  const [, mentioned, rest = ""] = /^\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[\s,:]*([\s\S]*)$/.exec(text) ?? [];
  return mentioned === botUserId ? rest.trim() : null;
}

async function post(
  room: SlackRoom,
  place: { channel: string; thread_ts: string },
  answer: ReturnType<typeof reply>,
): Promise<void> {
  const client = room.interactive;
  try {
    await client.chat.postMessage({
      ...place,
      ...answer,
      unfurl_links: false,
      unfurl_media: false,
    });
  } catch (error) {
    const failure = failureOf(error);
    room.log.warn({ err: error }, "an answer to a mention could not be posted");
    if (failure?.kind === "limited" || failure?.kind === "unreachable")
      throw new CallFailed("chat.postMessage", failure, error);
  }
}
