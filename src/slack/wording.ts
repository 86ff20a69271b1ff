import type { MessageFact } from "../domain/record.ts";

/** A message as far as the record needs it; Slack's subtypes have it in different places. */
export interface MessageLike {
  subtype?: string | undefined;
  ts: string;
  user?: string | undefined;
  bot_id?: string | undefined;
  text?: string | undefined;
  thread_ts?: string | undefined;
  files?:
    | readonly { name?: string | null | undefined; title?: string | null | undefined; id: string }[]
    | undefined;
  edited?: { ts: string } | undefined;
}

/** What the record knows of a message beside what the message says. */
export type About = Pick<MessageFact, "incident" | "channel" | "recordedAt">;

/** Said by people; every other subtype is Slack's own notice of something. */
const spoken: ReadonlySet<string | undefined> = new Set([
  undefined,
  "file_share",
  "thread_broadcast",
  "me_message",
]);

/** Null for what nobody said: notices, messages without an author. */
export function wordingFact(
  type: "MessageSaid" | "MessageEdited",
  message: MessageLike,
  about: About,
): Extract<MessageFact, { type: "MessageSaid" | "MessageEdited" }> | null {
  if (message.user === undefined || !spoken.has(message.subtype)) return null;
  const { ts, thread_ts: thread } = message;
  return {
    type,
    ...about,
    ts,
    author: message.user,
    text: message.text ?? "",
    threadTs: thread === undefined || thread === ts ? null : thread,
    files: (message.files ?? []).map((file) => file.name ?? file.title ?? file.id),
    editedTs: message.edited?.ts ?? "",
  };
}
