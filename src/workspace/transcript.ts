import { type Audience, lookupOf } from "./audience.ts";
import { blockLines } from "./block-text.ts";
import type { Channel, Happening, Instant, WorkspaceMessage } from "./model.ts";
import { readMrkdwn, utc } from "./plain-text.ts";
import type { WorkspaceState } from "./state.ts";

const CONTINUED = "      ";
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
  const reader = lookupOf(state);
  const lines = contentLines(state, message);
  for (const file of message.files) lines.push(`[file: ${file.name}]`);
  const head = [utc(instantOfTs(message.ts), "HH:mm")];
  if (isNotice(message)) head.push("*");
  else head.push(`${author(state, message)}${message.broadcast === true ? " (from a thread)" : ""}:`);
  const marks: string[] = [];
  if (message.onlyFor !== undefined)
    marks.push(`(only visible to ${reader.personName(message.onlyFor) ?? "one person"})`);
  if (message.edited) marks.push("(edited)");
  if (state.channel(message.channel)?.pins.includes(message.ts)) marks.push("(pinned)");
  lines[lines.length - 1] = [lines.at(-1) ?? "", ...marks].join(" ");
  const reactions = [...message.reactions].map(([name, people]) => `:${name}: ${people.length}`);
  if (reactions.length > 0) lines.push(reactions.join("  "));
  const [first = "", ...rest] = lines;
  return [`${head.join(" ")} ${first}`.trimEnd(), ...rest.map((line) => (CONTINUED + line).trimEnd())];
}

/** A message's text and blocks as plain lines, without author and marks; empty for a message that is only a file. */
export function contentLines(state: WorkspaceState, message: WorkspaceMessage): string[] {
  const reader = lookupOf(state);
  const blocks = message.blocks ?? [];
  if (blocks.length > 0) return blocks.flatMap((block) => blockLines(block, reader));
  return message.text === "" && message.files.length > 0 ? [] : readMrkdwn(message.text, reader).split("\n");
}

/**
 * Calls `onLine` as the transcript grows: new messages, what an app's edit changed, and what people press, type and
 * submit. `channel` may be a function, for a channel that does not exist yet; without it every channel is watched and
 * named. Returns how to stop.
 */
export function watch(
  state: WorkspaceState,
  audience: Audience,
  channel: string | undefined | (() => string | undefined),
  onLine: (line: string) => void,
): () => void {
  const shown = new Map<string, string[]>();
  const isWatched = (id: string | undefined): boolean => {
    const wanted = typeof channel === "function" ? channel() : channel;
    return typeof channel === "function" ? id === wanted : wanted === undefined || id === wanted;
  };
  const place = (id: string | undefined): string =>
    channel === undefined && id !== undefined ? `#${state.channel(id)?.name || "direct message"} ` : "";
  const onHappening = ({ event, channel: id }: Happening): void => {
    if (event.type !== "message" || id === undefined || !isWatched(id)) return;
    for (const line of grown(state, shown, id, event)) onLine(place(id) + line);
  };
  const stopHappenings = state.onHappening(onHappening);
  const stopActs = audience.onAct((act) => {
    if (act.channel !== undefined && !isWatched(act.channel)) return;
    onLine(`${place(act.channel)}${utc(act.at, "HH:mm")} ${act.who} ${act.did}`);
  });
  return () => {
    stopHappenings();
    stopActs();
  };
}

function grown(
  state: WorkspaceState,
  shown: Map<string, string[]>,
  channel: string,
  event: Happening["event"],
): string[] {
  const isChange = event.subtype === "message_changed";
  const subject = isChange ? Reflect.get(Object(event["message"]), "ts") : event["ts"];
  const message = typeof subject === "string" ? state.message(channel, subject) : undefined;
  if (!message) return [];
  const key = `${channel}/${message.ts}`;
  const before = shown.get(key);
  const now = contentLines(state, message);
  shown.set(key, now);
  if (!isChange) {
    const indent = isReply(message) ? THREAD : "";
    return messageLines(state, message).map((line) => indent + line);
  }
  const time = utc(state.clock.now(), "HH:mm");
  const fresh = now.filter((line) => line.trim() !== "" && before?.includes(line) !== true);
  if (fresh.length === 0) return [];
  return [`${time} ${author(state, message)} edited:`, ...fresh.map((line) => CONTINUED + line)];
}

/** Milliseconds of the instant inside a `ts`. */
export function instantOfTs(ts: string): Instant {
  return Math.floor(Number(ts) * 1000);
}

function author(state: WorkspaceState, message: WorkspaceMessage): string {
  const person = state.person(message.user);
  if (message.botId !== undefined) return `${person?.realName ?? "App"} (app)`;
  return person?.name ?? message.user;
}

const NOTICES = new Set([
  "channel_join",
  "channel_leave",
  "channel_topic",
  "channel_archive",
  "channel_unarchive",
  "channel_name",
  "tombstone",
]);

function isNotice(message: WorkspaceMessage): boolean {
  return NOTICES.has(message.subtype ?? "");
}

function isReply(message: WorkspaceMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}
