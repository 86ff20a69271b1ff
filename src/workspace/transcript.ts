import { lookupOf } from "./audience.ts";
import { blockLines } from "./block-text.ts";
import type { Channel, Instant, WorkspaceMessage } from "./model.ts";
import { readMrkdwn, utc } from "./plain-text.ts";
import type { WorkspaceState } from "./state.ts";

export const CONTINUED = "      ";
const THREAD = "    ";

/** A channel as a person reads it, oldest first, threads under their parent. Ephemeral messages only for `as`. */
export function transcript(state: WorkspaceState, channel: Channel, options: { as?: string } = {}): string {
  const visible = channel.messages.filter((one) => one.onlyFor === undefined || one.onlyFor === options.as);
  return visible
    .filter((message) => !isReply(message) || message.broadcast === true)
    .flatMap((message) => [
      ...messageLines(state, message),
      ...visible
        .filter((reply) => reply.threadTs === message.ts && reply !== message)
        .flatMap((reply) => messageLines(state, reply).map((line) => THREAD + line)),
    ])
    .join("\n");
}

/** One message with its time, author and marks; further lines are indented. */
function messageLines(state: WorkspaceState, message: WorkspaceMessage): string[] {
  const place = message.broadcast === true ? " (from a thread)" : "";
  const [first = "", ...rest] = spoken(state, message, place);
  return [
    `${utc(instantOfTs(message.ts), "HH:mm")} ${first}`,
    ...rest.map((line) => (CONTINUED + line).trimEnd()),
  ];
}

/** One message with its author, `place` and marks, without its time. */
export function spoken(state: WorkspaceState, message: WorkspaceMessage, place: string): string[] {
  const reader = lookupOf(state);
  const lines = contentLines(state, message);
  for (const file of message.files) lines.push(`[file: ${file.name}]`);
  const head = isNotice(message) ? "*" : `${nameOf(state, message.user)}${place}:`;
  const marks: string[] = [];
  if (message.onlyFor !== undefined)
    marks.push(`(only visible to ${reader.personName(message.onlyFor) ?? "one person"})`);
  if (message.edited) marks.push("(edited)");
  if (state.channel(message.channel)?.pins.includes(message.ts)) marks.push("(pinned)");
  lines[lines.length - 1] = [lines.at(-1) ?? "", ...marks].join(" ");
  const reactions = [...message.reactions].map(([name, people]) => `:${name}: ${people.length}`);
  if (reactions.length > 0) lines.push(reactions.join("  "));
  const [first = "", ...rest] = lines;
  return [`${head} ${first}`.trimEnd(), ...rest];
}

/** A message's text and blocks as plain lines, without author and marks; empty for a message that is only a file. */
export function contentLines(
  state: WorkspaceState,
  message: Pick<WorkspaceMessage, "text" | "blocks" | "files">,
): string[] {
  const reader = lookupOf(state);
  const blocks = message.blocks ?? [];
  if (blocks.length > 0) return blocks.flatMap((block) => blockLines(block, reader));
  return message.text === "" && message.files.length > 0 ? [] : readMrkdwn(message.text, reader).split("\n");
}

/** Milliseconds of the instant inside a `ts`. */
export function instantOfTs(ts: string): Instant {
  return Math.floor(Number(ts) * 1000);
}

/** As the name stands beside what she wrote or did. */
export function nameOf(state: WorkspaceState, user: string): string {
  const person = state.person(user);
  return person?.isBot === true ? `${person.realName} (app)` : (person?.name ?? user);
}

const NOTICES = new Set([
  "channel_join",
  "channel_leave",
  "channel_topic",
  "channel_archive",
  "channel_unarchive",
  "channel_name",
  "channel_convert_to_private",
  "channel_convert_to_public",
  "tombstone",
]);

function isNotice(message: WorkspaceMessage): boolean {
  return NOTICES.has(message.subtype ?? "");
}

export function isReply(message: WorkspaceMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}
