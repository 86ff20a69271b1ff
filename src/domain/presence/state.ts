import { z } from "zod";

export const presenceSchema = z.object({
  /** Who is in the channel as far as Slack has told, user id -> since when. */
  members: z.record(z.string(), z.number()),
  /** When each was last given a brief. */
  briefed: z.record(z.string(), z.number()),
  /** When the last notifying prompt went out; at most one in `prompts.atMostEvery`. */
  promptedAt: z.number().nullable(),
});
export type Presence = z.infer<typeof presenceSchema>;

export const nobodyThere: Presence = { members: {}, briefed: {}, promptedAt: null };
