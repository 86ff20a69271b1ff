import { z } from "zod";
import { actorSchema } from "../actor.ts";

/**
 * How a channel gets out of reach. `unseen`: Slack answers as if there were none, so it was deleted, or it is private and Sitrep
 * is not in it.
 */
export const losses = ["archived", "removed", "unseen", "deleted"] as const;
export type Loss = (typeof losses)[number];

/** What Slack, or a person in it, has done to the incident's channel. */
export const accessSchema = z.object({
  /** Set while nothing can be done in it. */
  lost: z
    .object({
      why: z.enum(losses),
      /** Since when, as far as that is known; else since when it was noticed. */
      since: z.number(),
      by: actorSchema,
      /** Something waits for it, though the incident is over. */
      needed: z.boolean(),
      /** Slack is being asked for another one. */
      asked: z.boolean(),
    })
    .nullable(),
  /** How often it got out of reach: names what is told of it. */
  losses: z.number().int(),
  /** The last time that it was, once that is over. */
  regained: z.object({ why: z.enum(losses), since: z.number(), at: z.number() }).nullable(),
  /** Whether it can be read by invitation only. */
  closed: z.boolean(),
  /** Each time it became what the incident is not: public or private. */
  conversions: z.array(z.object({ at: z.number(), by: actorSchema, until: z.number().nullable() })),
  /** Channels that it had before, by id. */
  former: z.array(z.string()),
});
export type Access = z.infer<typeof accessSchema>;

export const undisturbed: Access = {
  lost: null,
  losses: 0,
  regained: null,
  closed: false,
  conversions: [],
  former: [],
};
