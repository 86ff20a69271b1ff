import { z } from "zod";
import type { Incident } from "../../domain/incident.ts";
import { recordedSince } from "../../domain/opening/history.ts";
import type { Store } from "../../store/port.ts";

/** Sort before and after every `ts`. */
export const beginning = "";
export const end = "9999999999.999999";

/** One page of something, the next that has to be asked for. */
const taskSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("members") }),
  /** What stands in the channel, backwards from `before`. */
  z.object({ do: z.literal("channel"), before: z.string(), cursor: z.string() }),
  /** The replies under a message, onwards from `after`. */
  z.object({ do: z.literal("thread"), ts: z.string(), after: z.string(), cursor: z.string() }),
  /** All who reacted to a message: a page names some of them only. */
  z.object({ do: z.literal("reactions"), ts: z.string() }),
  z.object({ do: z.literal("pins") }),
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskOf<Do extends Task["do"]> = Extract<Task, { do: Do }>;

/** What a run has recorded. */
const foundSchema = z.object({
  messages: z.number(),
  edits: z.number(),
  deletions: z.number(),
  marks: z.number(),
  people: z.number(),
});
export type Found = z.infer<typeof foundSchema>;
const nothing: Found = { messages: 0, edits: 0, deletions: 0, marks: 0, people: 0 };

/** Where an incident goes on, as far as it is to be read. */
const roomSchema = z.object({
  channel: z.string(),
  /** The message under which it goes on, where it has no channel of its own. */
  thread: z.string().nullable(),
  /** Nothing older is read. */
  since: z.string(),
});
export type Room = z.infer<typeof roomSchema>;

/** How far a run has come. It outlasts the process, and the outbox row that has begun it where another takes its place. */
const progressSchema = z.object({
  /** Outbox key of the row for which it was begun: whatever was wanted later wants another run. */
  key: z.string(),
  room: roomSchema,
  todo: z.array(taskSchema),
  found: foundSchema,
});
export type Progress = z.infer<typeof progressSchema>;

const noteOf = (incident: number): string => `catch-up:${incident}`;

/** Undefined where no run is under way. */
export async function progressOf(
  store: Pick<Store, "meta">,
  incident: number,
): Promise<Progress | undefined> {
  const note = (await store.meta(noteOf(incident))) ?? "";
  return note === "" ? undefined : progressSchema.parse(JSON.parse(note));
}

export const noted = (incident: number, progress: Progress | null): Record<string, string> => ({
  [noteOf(incident)]: progress ? JSON.stringify(progress) : "",
});

/** Who is there comes first, since the private ones must not be told to those who have left; a message comes before its marks. */
export const begun = (key: string, room: Room): Progress => ({
  key,
  room,
  todo:
    room.thread === null
      ? [{ do: "members" }, { do: "channel", before: end, cursor: "" }, { do: "pins" }]
      : [{ do: "thread", ts: room.thread, after: room.since, cursor: "" }, { do: "pins" }],
  found: nothing,
});

/** Null while it has no place. */
export function roomToRead(incident: Incident): Room | null {
  const since = recordedSince(incident);
  const from = since === null ? beginning : (since / 1000).toFixed(6);
  if (incident.channel) return { channel: incident.channel.id, thread: null, since: from };
  const { thread } = incident.opening;
  return thread && { channel: thread.channel, thread: thread.ts, since: from };
}

/** The method that the next page uses up. */
export async function nextMethod(store: Pick<Store, "meta">, incident: number): Promise<string> {
  const progress = await progressOf(store, incident);
  return methodOf(progress?.todo[0]?.do ?? "members");
}

function methodOf(task: Task["do"]): string {
  switch (task) {
    case "members":
      return "conversations.members";
    case "channel":
      return "conversations.history";
    case "thread":
      return "conversations.replies";
    case "reactions":
      return "reactions.get";
    case "pins":
      return "pins.list";
    default:
      return task satisfies never;
  }
}
