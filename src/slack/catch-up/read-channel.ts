import { z } from "zod";
import type { MessageRecord } from "../../domain/record.ts";
import { deletions, differences, isCutShort, type Shown, shownSchema } from "./compare.ts";
import { askPage, pageSize, type Read, type Reading } from "./reading.ts";
import { beginning, end, type Task, type TaskOf } from "./progress.ts";

const historySchema = z.object({
  messages: z.array(shownSchema),
  /** Older ones are there, but the plan does not show them. */
  is_limited: z.boolean().optional(),
});

/**
 * A page of what stands in the channel. What is compared reaches as far back as both sides were asked: the record before Slack, so
 * that what comes in meanwhile is not taken for deleted.
 */
export async function readChannel(reading: Reading, task: TaskOf<"channel">): Promise<Read> {
  const { stage, room, comparison } = reading;
  const { channel, since } = room;
  const known = await stage.store.messagesBefore(channel, { before: task.before, limit: pageSize });
  // Both ends are given where there is one: of a window without its end Slack may give the oldest first.
  const window =
    since === beginning && task.before === end ? {} : { oldest: since || "0", latest: task.before };
  const { answer, cursor } = await askPage(
    reading,
    "conversations.history",
    { channel, ...window },
    task.cursor,
    historySchema,
  );
  const page = answer.messages;
  const reached = cursor === "" ? since : (page.at(-1)?.ts ?? task.before);
  const from = later(reached, known.length < pageSize ? since : (known.at(-1)?.ts ?? since));
  const isDone = from === since;
  const shown = page.filter(({ ts }) => ts >= from);
  // What Slack hides is not gone; and where it shows nothing at all, not even what Sitrep posted, it is ill.
  const isCut = cursor === "" && (answer.is_limited === true || page.length === 0);
  const hidden = isCut ? (page.at(-1)?.ts ?? task.before) : from;
  const own = shown.filter((message) => !isReply(message));
  const threads = new Set([
    ...own.filter(({ reply_count: replies = 0 }) => replies > 0).map(({ ts }) => ts),
    // A reply that was shown in the channel as well, under a message from before.
    ...shown.flatMap(({ thread_ts: ts }) => (ts !== undefined && ts < since ? [ts] : [])),
    ...(await stage.store.threads(channel, { from: isDone ? beginning : from, before: task.before })),
  ]);
  return {
    facts: [
      ...changesIn(known, own, reading),
      ...deletions(
        known.filter(({ ts }) => ts >= hidden),
        own,
        comparison,
      ),
    ],
    next: [
      ...reactionsIn(own, reading),
      ...[...threads].map((ts): Task => ({ do: "thread", ts, after: since, cursor: "" })),
      ...(isDone ? [] : [{ do: "channel" as const, before: from, cursor: from === reached ? cursor : "" }]),
    ],
  };
}

/** Oldest first. */
export function changesIn(
  known: readonly MessageRecord[],
  shown: readonly Shown[],
  { comparison }: Pick<Reading, "comparison">,
) {
  const recorded = new Map(known.map((message) => [message.ts, message]));
  return shown
    .toSorted((one, other) => (one.ts < other.ts ? -1 : 1))
    .flatMap((message) => differences(recorded.get(message.ts), message, comparison));
}

export const reactionsIn = (shown: readonly Shown[], { comparison }: Pick<Reading, "comparison">): Task[] =>
  shown
    .filter((message) => isCutShort(message, comparison.mark) && message.user !== comparison.botUserId)
    .map(({ ts }) => ({ do: "reactions", ts }));

const isReply = ({ ts, thread_ts: thread }: Shown): boolean => thread !== undefined && thread !== ts;
const later = (one: string, other: string): string => (one > other ? one : other);
