import type { AckFn, RespondFn } from "@slack/bolt";
import { createActionItem } from "./action-items/shortcut.ts";
import { addToTimeline } from "./corrections/shortcut.ts";
import { refusalOf } from "./guests.ts";
import { commandKeys } from "./keys.ts";
import { openDeclare } from "./modals/open.ts";
import { declareFromMessage } from "./opening/declare-from.ts";
import type { SlackRoom } from "./room.ts";
import { tellInPerson } from "./tell-in-person.ts";
import type { RunGlobalShortcut, RunMessageShortcut, ShortcutMessage } from "./used-shortcut.ts";
import { reply } from "./views/reply.ts";

/** By the `callback_id` of the manifest. */
export const globalShortcuts: Readonly<Record<string, RunGlobalShortcut>> = {
  declare_incident: (room, { triggerId }) => openDeclare(room, { command: "/incident", triggerId }),
};

export const messageShortcuts: Readonly<Record<string, RunMessageShortcut>> = {
  add_to_timeline: addToTimeline,
  create_action_item: createActionItem,
  declare_from_message: declareFromMessage,
};

const unknown = reply(
  "This shortcut is from another version of Sitrep, so nothing was done. Install the app again with its manifest.",
);

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
interface GlobalPayload {
  callback_id: string;
  trigger_id: string;
  user: { id: string };
}

interface MessagePayload extends GlobalPayload {
  response_url: string;
  channel: { id: string };
  message: {
    ts: string;
    user?: string;
    text?: string;
    thread_ts?: string;
    edited?: { ts: string };
    files?: readonly { id: string; name?: string | null; title?: string | null }[];
  };
}

/** Answered by direct message: a global shortcut is used in no channel. */
export async function onGlobalShortcut(
  room: SlackRoom,
  { callback_id, trigger_id, user }: GlobalPayload,
  ack: AckFn<void>,
): Promise<void> {
  const used = { user: user.id, triggerId: trigger_id, keys: commandKeys(trigger_id) };
  const run = globalShortcuts[callback_id];
  const answer = (await refusalOf(room, user.id)) ?? (run ? await run(room, used) : unknown);
  await ack();
  if (answer) await tellInPerson(room, user.id, answer);
}

/** Answered for the user alone, where the message stands. */
export async function onMessageShortcut(
  room: SlackRoom,
  payload: MessagePayload,
  { ack, respond }: { ack: AckFn<void>; respond: RespondFn },
): Promise<void> {
  const { callback_id, trigger_id: triggerId, response_url: responseUrl, user } = payload;
  const run = messageShortcuts[callback_id];
  const used = { user: user.id, triggerId, responseUrl, keys: commandKeys(triggerId) };
  const answer =
    (await refusalOf(room, user.id)) ??
    (run ? await run(room, { ...used, message: messageIn(payload) }) : unknown);
  await ack();
  if (!answer) return;
  try {
    await respond({ ...answer, response_type: "ephemeral", replace_original: false });
  } catch (error) {
    room.log.warn({ err: error }, "an answer to a shortcut could not be delivered");
  }
}

function messageIn({ channel, message }: MessagePayload): ShortcutMessage {
  const { ts, thread_ts: thread, user, text = "", files = [], edited } = message;
  return {
    channel: channel.id,
    ts,
    threadTs: thread === undefined || thread === ts ? null : thread,
    author: user ?? null,
    text,
    files: files.map((file) => file.name ?? file.title ?? file.id),
    editedTs: edited?.ts ?? "",
  };
}
