import { z } from "zod";
import type { ClaimedEffect } from "../../store/port.ts";
import { askFor } from "../calls.ts";
import { once } from "../lookup/once.ts";
import { metadataOf, ownPost } from "../lookup/own-post.ts";
import type { Message } from "../views/limits.ts";
import type { Stage } from "./stage.ts";

/** Somebody has deleted the message that the thread hangs on. */
export const noThread = ["cannot_reply_to_message", "message_not_found", "thread_not_found"];

const postedSchema = z.object({ channel: z.string(), ts: z.string() });

/** Posts it, or finds what an earlier attempt has posted; undefined where neither is there. */
export async function postOnce(
  stage: Stage,
  claimed: ClaimedEffect,
  { channel, threadTs, broadcast }: { channel: string; threadTs?: string; broadcast?: boolean },
  message: Pick<Message, "text"> | null,
): Promise<{ ts: string } | undefined> {
  const place = { channel, ...(threadTs !== undefined && { threadTs }) };
  const posted = await once<{ ts: string } | null>(claimed, {
    look: (since) => ownPost(stage, claimed.key, place, since),
    act: async () =>
      message &&
      askFor(
        stage,
        "chat.postMessage",
        {
          channel,
          ...message,
          ...(threadTs !== undefined && { thread_ts: threadTs }),
          ...(broadcast && { reply_broadcast: true }),
          metadata: metadataOf(claimed.key),
          unfurl_links: false,
          unfurl_media: false,
        },
        postedSchema,
      ),
  });
  return posted ?? undefined;
}
