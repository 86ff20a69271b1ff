import { z } from "zod";
import { type Audience, lookupOf } from "./audience.ts";
import { blockLines } from "./block-text.ts";
import { controlsOf } from "./controls.ts";
import { shownValue, valueOf } from "./form.ts";
import type { Happening, OpenView, SlackEvent, WorkspaceMessage } from "./model.ts";
import { utc } from "./plain-text.ts";
import type { WorkspaceState } from "./state.ts";
import { contentLines, CONTINUED, isReply, nameOf, spoken } from "./transcript.ts";

/** Undefined: every channel, each line naming its own. A function: for a channel that does not exist yet. */
export type Watched = string | undefined | (() => string | undefined);

export interface WatchOptions {
  /** Also what one person alone is shown: ephemeral messages, forms, errors. */
  personal?: boolean;
}

/**
 * Calls `onLine` as the transcript grows: new messages, what an edit changed, deletions, reactions and pins, and what people
 * press, type and submit. Returns how to stop.
 */
export function watch(
  { state, audience }: { state: WorkspaceState; audience: Audience },
  channel: Watched,
  onLine: (line: string) => void,
  { personal = false }: WatchOptions = {},
): () => void {
  const shown = new Map<string, Shown>();
  const isWatched = (id: string | undefined): boolean => {
    const wanted = typeof channel === "function" ? channel() : channel;
    return typeof channel === "function" ? id === wanted : wanted === undefined || id === wanted;
  };
  const tell = (id: string | undefined, [first = "", ...rest]: string[]): void => {
    const place = channel === undefined && id !== undefined ? `${placeNamed(state, id)} ` : "";
    if (first !== "") onLine(`${place}${utc(state.clock.now(), "HH:mm")} ${first}`);
    for (const line of rest) onLine(`${place}${CONTINUED}${line}`.trimEnd());
  };
  const stops = [
    state.onHappening((happening) => {
      const { channel: id } = happening;
      if (id !== undefined && isWatched(id)) tell(id, grown(state, shown, id, happening));
    }),
    audience.onAct((act) => {
      if (act.channel === undefined || isWatched(act.channel)) tell(act.channel, [`${act.who} ${act.did}`]);
    }),
  ];
  if (personal) {
    stops.push(
      state.onGlimpse(({ user, message, view }) => {
        const [first = "", ...rest] = message
          ? contentLines(state, message)
          : view
            ? formLines(state, view)
            : [];
        if (!message || isWatched(message.channel))
          tell(message?.channel, [`${nameOf(state, user)} sees: ${first}`, ...rest]);
      }),
      audience.onNotice(({ user, text }) => {
        const [first = "", ...rest] = text.split("\n");
        tell(undefined, [`${nameOf(state, user)} sees: ${first}`, ...rest]);
      }),
    );
  }
  return () => stops.forEach((stop) => stop());
}

/** What a message said when it was last seen, to be read anew: what it says of the time counts on by itself. */
type Shown = Pick<WorkspaceMessage, "text" | "blocks" | "files">;

/** `#general`; direct messages by whoever has them with the app: `@bob`. */
function placeNamed(state: WorkspaceState, id: string): string {
  const channel = state.channel(id);
  if (!channel || channel.kind !== "im") return `#${channel?.name ?? id}`;
  const people = [...channel.members].filter((user) => state.person(user)?.isBot !== true);
  return people.map((user) => `@${nameOf(state, user)}`).join(",");
}

/** Without the time; further lines without their indentation. Empty when there is nothing to see. */
function grown(
  state: WorkspaceState,
  shown: Map<string, Shown>,
  channel: string,
  { event }: Happening,
): string[] {
  switch (event.type) {
    case "message":
      return messaged(state, shown, channel, event);
    case "reaction_added":
      return marked(state, event, `reacted :${String(event["reaction"])}: to`);
    case "reaction_removed":
      return marked(state, event, `took :${String(event["reaction"])}: back from`);
    case "pin_added":
      return marked(state, event, "pinned");
    case "pin_removed":
      return marked(state, event, "unpinned");
    default:
      return [];
  }
}

// The workspace's own events: only where each keeps its message's `ts` differs.
const Changed = z.object({ message: z.object({ ts: z.string() }) });
const Deleted = z.object({ deleted_ts: z.string(), previous_message: z.object({ user: z.string() }) });
const Posted = z.object({ ts: z.string() });
const Marked = z.object({
  user: z.string(),
  item: z.object({
    channel: z.string(),
    ts: z.string().optional(),
    message: z.object({ ts: z.string() }).optional(),
  }),
});

function messaged(
  state: WorkspaceState,
  shown: Map<string, Shown>,
  channel: string,
  event: SlackEvent,
): string[] {
  if (event["subtype"] === "message_deleted") {
    const { deleted_ts: ts, previous_message: previous } = Deleted.parse(event);
    const gone = shown.get(`${channel}/${ts}`);
    return [`${nameOf(state, previous.user)} deleted ${quote(gone && contentLines(state, gone))}`];
  }
  const isChange = event["subtype"] === "message_changed";
  const { ts } = isChange ? Changed.parse(event).message : Posted.parse(event);
  const message = state.message(channel, ts);
  if (!message) return [];
  const last = shown.get(`${channel}/${ts}`);
  const before = last && contentLines(state, last);
  const now = contentLines(state, message);
  const { text, blocks, files } = message;
  shown.set(`${channel}/${ts}`, { text, files, ...(blocks && { blocks }) });
  if (!isChange) return spoken(state, message, placeOf(state, message));
  const fresh = now.filter((line) => line.trim() !== "" && before?.includes(line) !== true);
  return fresh.length === 0 ? [] : [`${nameOf(state, message.user)} edited ${quote(before)}:`, ...fresh];
}

function marked(state: WorkspaceState, event: SlackEvent, did: string): string[] {
  const { user, item } = Marked.parse(event);
  const message = state.message(item.channel, item.ts ?? item.message?.ts ?? "");
  return [`${nameOf(state, user)} ${did} ${quote(message && contentLines(state, message))}`];
}

/** A form as the person reads it who has it open. */
function formLines(state: WorkspaceState, open: OpenView): string[] {
  const { view } = open;
  const reader = lookupOf(state);
  if (view.type === "home")
    return ["the app's home", ...view.blocks.flatMap((block) => blockLines(block, reader))];
  if (view.type !== "modal") return [];
  const controls = controlsOf(view.blocks, reader);
  const fields = view.blocks.flatMap((block) => {
    if (block.type !== "input") return blockLines(block, reader);
    const control = controls.find(({ blockId }) => blockId === block.block_id);
    if (!control) return [];
    const value = shownValue(valueOf(open, control), reader);
    const options = control.options.map((option) => option.text.text).join(" | ");
    const [first = "", ...rest] = [value ?? ""].flat().join(", ").split("\n");
    const parts = [`${control.label}:`, first, options && `(${options})`];
    return [parts.filter((part) => part !== "").join(" "), ...rest];
  });
  const buttons = [view.submit?.text, view.close?.text ?? "Cancel"].flatMap((label) => label ?? []);
  return [`the form “${view.title.text}”`, ...fields, buttons.map((label) => `[${label}]`).join(" ")];
}

const longestQuote = 40;

function quote(lines: readonly string[] | undefined): string {
  const [first = ""] = lines ?? [];
  if (first === "") return "a message";
  const letters = Array.from(first);
  return `“${
    letters.length > longestQuote
      ? `${letters
          .slice(0, longestQuote - 1)
          .join("")
          .trimEnd()}…`
      : first
  }”`;
}

function placeOf(state: WorkspaceState, message: WorkspaceMessage): string {
  const parent = isReply(message) ? state.message(message.channel, message.threadTs ?? "") : undefined;
  if (!parent) return "";
  const isAlsoInChannel = message.broadcast === true ? " and in the channel" : "";
  return ` in the thread ${quote(contentLines(state, parent))}${isAlsoInChannel}`;
}
