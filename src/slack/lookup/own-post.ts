import { z } from "zod";
import { pages } from "../calls.ts";
import type { Stage } from "../perform/stage.ts";
import { through } from "./through.ts";

/** Slack carries it with a message unseen: https://docs.slack.dev/messaging/message-metadata */
const eventType = "sitrep_effect";

/** Marks a post as the doing of the outbox row with this key. */
export const metadataOf = (key: string) => ({ event_type: eventType, event_payload: { key } });

const historySchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .partial()
        .optional(),
    }),
  ),
});

/**
 * Our post with this key in a channel or under `threadTs`, not older than `since` (ms since the epoch). However much was said
 * meanwhile is read: to stop before the end would be to post twice.
 */
export async function ownPost(
  stage: Pick<Stage, "client" | "auth" | "trails">,
  key: string,
  place: { channel: string; threadTs?: string },
  since: number,
): Promise<{ ts: string } | undefined> {
  const { channel, threadTs } = place;
  const window = {
    channel,
    oldest: (since / 1000).toFixed(6),
    inclusive: true,
    limit: 200,
    include_all_metadata: true,
  };
  const method = threadTs === undefined ? "conversations.history" : "conversations.replies";
  const args = { ...window, ...(threadTs !== undefined && { ts: threadTs }) };
  return through(
    stage.trails,
    `${key} in ${channel}`,
    (trail) => pages(stage, method, args, historySchema, Infinity, trail),
    ({ messages }) => {
      const own = messages.find(
        ({ user, metadata }) =>
          user === stage.auth.botUserId &&
          metadata?.event_type === eventType &&
          metadata.event_payload?.["key"] === key,
      );
      return own && { ts: own.ts };
    },
  );
}
