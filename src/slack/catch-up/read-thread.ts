import { z } from "zod";
import { isRefusal } from "../calls.ts";
import { deletions, shownSchema } from "./compare.ts";
import { end, type TaskOf } from "./progress.ts";
import { changesIn, reactionsIn } from "./read-channel.ts";
import { askPage, pageSize, type Read, type Reading } from "./reading.ts";

const repliesSchema = z.object({ messages: z.array(shownSchema) });
const gone = { answer: { messages: [] }, cursor: "" };

/** A page of the replies under a message; the same care as with a channel's. */
export async function readThread(reading: Reading, task: TaskOf<"thread">): Promise<Read> {
  const { stage, room, comparison } = reading;
  const { channel } = room;
  const { ts, after } = task;
  const known = await stage.store.repliesAfter({ channel, threadTs: ts }, { after, limit: pageSize });
  const window = { channel, ts, ...(after !== "" && { oldest: after }) };
  const { answer, cursor } = await askPage(
    reading,
    "conversations.replies",
    window,
    task.cursor,
    repliesSchema,
  ).catch((error: unknown) => {
    // Neither the message nor a reply to it is left.
    if (isRefusal(error, "thread_not_found")) return gone;
    throw error;
  });
  // Slack puts the parent before each page.
  const page = answer.messages.filter((message) => message.ts !== ts);
  const reached = cursor === "" ? end : (page.at(-1)?.ts ?? after);
  const to = earlier(reached, known.length < pageSize ? end : (known.at(-1)?.ts ?? end));
  const shown = page.filter((message) => message.ts <= to);
  // Without even the parent Slack is ill.
  const isBlank = answer !== gone.answer && answer.messages.length === 0;
  return {
    facts: [
      ...changesIn(known, shown, reading),
      ...deletions(
        known.filter((message) => message.ts <= to && !isBlank),
        shown,
        comparison,
      ),
    ],
    next: [
      ...reactionsIn(shown, reading),
      ...(to === end ? [] : [{ do: "thread" as const, ts, after: to, cursor: to === reached ? cursor : "" }]),
    ],
  };
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
