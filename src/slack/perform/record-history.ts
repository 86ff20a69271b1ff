import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import type { MessageFact } from "../../domain/record.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { isRefusal, pages } from "../calls.ts";
import { type About, type MessageLike, wordingFact } from "../wording.ts";
import { asMember } from "./membership.ts";
import { skipped, type Stage } from "./stage.ts";

const messageSchema = z.object({
  ts: z.string(),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  reply_count: z.number().optional(),
  files: z
    .array(z.object({ id: z.string(), name: z.string().nullish(), title: z.string().nullish() }))
    .optional(),
  edited: z.object({ ts: z.string() }).optional(),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).optional(),
});
const historySchema = z.object({ messages: z.array(messageSchema) });
type Message = z.infer<typeof messageSchema>;

const mostPages = 50;

/**
 * What was said before Sitrep came, oldest last, as Slack gives it. Facts merge, so that reading it again after a stop adds
 * nothing. Replies to a message from before `since` are not looked for: its thread is not on Slack's list.
 */
export async function recordHistory(
  stage: Stage,
  { incident, channel, since }: EffectNamed<"RecordHistory">,
): Promise<Performed> {
  const about = { incident, channel };
  const window = { channel, oldest: (since / 1000).toFixed(6), inclusive: true, limit: 200 };
  try {
    await asMember(stage, channel, true, async () => {
      for await (const { messages } of pages(
        stage,
        "conversations.history",
        window,
        historySchema,
        mostPages,
      )) {
        for (const message of messages) {
          await record(stage, about, message);
          if ((message.reply_count ?? 0) > 0) await recordThread(stage, about, message.ts, window);
        }
      }
    });
  } catch (error) {
    if (isRefusal(error, "channel_not_found", "is_archived")) return skipped("its channel is gone");
    throw error;
  }
  return { as: "done" };
}

/**
 * A channel may have more threads than Slack lets be read in a minute: those that were read are remembered, or an attempt
 * that a rate limit cut short would begin anew for ever.
 */
async function recordThread(
  stage: Stage,
  about: Pick<About, "incident" | "channel">,
  ts: string,
  window: object,
): Promise<void> {
  const thread = `${about.incident}:${ts}`;
  if (stage.threadsRead.has(thread)) return;
  const replies = pages(stage, "conversations.replies", { ...window, ts }, historySchema, mostPages);
  // Slack puts the parent before each page.
  for await (const { messages } of replies)
    for (const message of messages.filter((each) => each.ts !== ts)) await record(stage, about, message);
  stage.threadsRead.add(thread);
}

async function record(
  stage: Stage,
  { incident, channel }: Pick<About, "incident" | "channel">,
  message: Message,
): Promise<void> {
  if (message.user === stage.auth.botUserId) return;
  const about = { incident, channel, recordedAt: stage.clock.now() };
  const fact = wordingFact("MessageSaid", message satisfies MessageLike, about);
  if (!fact) return;
  await stage.recordFact(fact);
  for (const mark of marksOf(stage, message, about)) await stage.recordFact(mark);
}

/** When they were set Slack does not say; whatever happens to them from now on is later than the message. */
function marksOf({ rules, auth }: Stage, { ts, reactions = [] }: Message, about: About): MessageFact[] {
  const { mark: kind } = rules.timeline;
  const people = reactions
    .filter(({ name }) => name.split("::")[0] === kind)
    .flatMap(({ users }) => users)
    .filter((user) => user !== auth.botUserId);
  return [...new Set(people)].map((person) => ({
    type: "MarkChanged",
    ...about,
    ts,
    person,
    kind,
    present: true,
    eventTs: ts,
  }));
}
