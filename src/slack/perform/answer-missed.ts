import type { EffectNamed } from "../../domain/effect.ts";
import { isOpen } from "../../domain/incident.ts";
import { instantOfTs } from "../../domain/time.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { isRefusal } from "../calls.ts";
import { mentionKey, tellingKey } from "../keys.ts";
import { markedAsDrill } from "../views/drill.ts";
import { reply } from "../views/reply.ts";
import { asMember } from "./membership.ts";
import { noThread, postOnce } from "./post-once.ts";
import { skipped, type Stage } from "./stage.ts";

const said =
  "I was away when you said this, so it was not carried out. If it is still wanted, please say it again.";

const forgottenAfter = 24 * 3_600_000;

/** Whoever called Sitrep by name saw no error, as they would have of a slash command. */
export async function answerMissed(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident: number, channel, ts }: EffectNamed<"AnswerMissed">,
): Promise<Performed> {
  const { store, clock } = stage;
  const incident = await store.incident(number);
  if (!incident || !isOpen(incident)) return skipped("the incident is over");
  const message = await store.message(channel, ts);
  if (!message || message.author === null || message.deletedAt !== null)
    return skipped("the message is gone");
  if (clock.now() - instantOfTs(ts) > forgottenAfter) return skipped("nobody waits for it any more");
  const key = tellingKey(mentionKey({ channel, ts, user: message.author }));
  if (await store.answerOf([key])) return skipped("it was heard after all");
  const isOwn = incident.channel?.id === channel;
  try {
    await asMember(stage, channel, isOwn ? "own" : "granted", () =>
      postOnce(
        stage,
        claimed,
        { channel, threadTs: message.threadTs ?? ts },
        incident.drill ? markedAsDrill(reply(said)) : reply(said),
      ),
    );
  } catch (error) {
    if (isRefusal(error, ...noThread)) return skipped("the message is gone");
    // A channel that the incident had before, or in whose thread it goes on.
    if (!isOwn && isRefusal(error, "channel_not_found", "is_archived", "not_in_channel"))
      return skipped("its channel is gone");
    throw error;
  }
  return { as: "done" };
}
