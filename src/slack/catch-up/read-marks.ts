import { z } from "zod";
import { isStanding, type Mark, type MessageRecord, pin } from "../../domain/record.ts";
import { askFor, isRefusal } from "../calls.ts";
import { markDifferences, noticedMark, shownSchema } from "./compare.ts";
import type { TaskOf } from "./progress.ts";
import type { Read, Reading } from "./reading.ts";

const reactionsSchema = z.object({ message: shownSchema.pick({ ts: true, reactions: true }) });

/** All who reacted to one message. */
export async function readReactions(
  { stage, room, comparison }: Reading,
  { ts }: TaskOf<"reactions">,
): Promise<Read> {
  const known = await stage.store.message(room.channel, ts);
  const args = { channel: room.channel, timestamp: ts, full: true };
  try {
    const { message } = await askFor(stage, "reactions.get", args, reactionsSchema);
    return { facts: markDifferences(known, message, comparison), next: [] };
  } catch (error) {
    if (isRefusal(error, "message_not_found")) return { facts: [], next: [] };
    throw error;
  }
}

const pinsSchema = z.object({
  items: z.array(
    z.object({
      /** Seconds since the epoch. */
      created: z.number().optional(),
      created_by: z.string().optional(),
      message: shownSchema.pick({ ts: true, user: true, thread_ts: true }).optional(),
    }),
  ),
});

/** Slack's own pins: one list for the whole channel. */
export async function readPins({ stage, incident, room, comparison }: Reading): Promise<Read> {
  const { channel, thread, since } = room;
  const marked = await stage.store.messages(incident.number, { marked: true });
  const known = marked.filter((message) => message.channel === channel && message.deletedAt === null);
  const { items } = await askFor(stage, "pins.list", { channel }, pinsSchema);
  const pinned = new Set(items.map(({ message }) => message?.ts));
  const taken = known
    .filter(({ ts }) => !pinned.has(ts))
    .flatMap((message) =>
      pinsOf(message).map((mark) =>
        noticedMark(message, { ...mark, present: false }, message.ts, comparison),
      ),
    );
  const standing = new Set(known.filter((message) => pinsOf(message).length > 0).map(({ ts }) => ts));
  const set = [];
  for (const { created, created_by: person, message } of items) {
    const isOwn = person === comparison.botUserId || message?.user === comparison.botUserId;
    if (!message || isOwn || person === undefined || standing.has(message.ts)) continue;
    const record = await stage.store.message(channel, message.ts);
    const isHere = thread === null ? message.ts >= since : message.thread_ts === thread;
    if (record ? record.deletedAt !== null : !isHere) continue;
    const eventTs = `${created ?? 0}.000000`;
    set.push(noticedMark(record, { person, kind: pin, present: true, eventTs }, message.ts, comparison));
  }
  return { facts: [...taken, ...set], next: [] };
}

const pinsOf = (message: MessageRecord): Mark[] =>
  message.marks.filter((mark) => mark.kind === pin && isStanding(mark, message));
