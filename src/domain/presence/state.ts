import { z } from "zod";
import { wordsSchema } from "../words.ts";

/** What an incident lacks while it is open, in the order in which it is asked for. */
export const gaps = ["commander", "users", "business", "scope", "trend", "update"] as const;
export type Gap = (typeof gaps)[number];

/** A key entry as a brief quotes it. */
export const recentSchema = z.object({ at: z.number(), text: wordsSchema });
export type Recent = z.infer<typeof recentSchema>;

export const presenceSchema = z.object({
  /** Who is in the channel as far as Slack has told, user id -> since when. */
  members: z.record(z.string(), z.number()),
  /** Who has left since, user id -> when: what is told of an earlier joining comes too late. */
  left: z.record(z.string(), z.number()),
  /** When each was last given a brief, with the last key entries of then. */
  briefed: z.record(z.string(), z.object({ at: z.number(), recent: z.array(recentSchema) })),
  /** When the last notifying prompt went out; at most one in `prompts.atMostEvery`. */
  promptedAt: z.number().nullable(),
  /** What the message *What's missing* asks for, and the version at which that changed. */
  missing: z.object({ gaps: z.array(z.enum(gaps)), version: z.number().int() }),
  /** Whether the incident is open, and the version at which that changed. */
  open: z.object({ is: z.boolean(), version: z.number().int() }),
});
export type Presence = z.infer<typeof presenceSchema>;

export const nobodyThere: Presence = {
  members: {},
  left: {},
  briefed: {},
  promptedAt: null,
  missing: { gaps: [], version: 0 },
  open: { is: true, version: 0 },
};
