import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { severities, statuses } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

/** Why an open incident may be the same one. */
export const likenesses = ["service", "words", "time"] as const;
export type Likeness = (typeof likenesses)[number];

/** An open incident that another one may be the same as. */
export const similarSchema = z.object({
  of: z.number(),
  title: wordsSchema,
  /** Its channel, once there is one. */
  channel: z.string().nullable(),
  declaredAt: z.number(),
  because: z.enum(likenesses),
});
export type Similar = z.infer<typeof similarSchema>;

export const refusedPersonSchema = z.object({ user: z.string(), error: z.string() });
export type RefusedPerson = z.infer<typeof refusedPersonSchema>;

/** What surrounds the channel when an incident opens. */
export const openingSchema = z.object({
  /** Where somebody declared it, a channel's id; null where that was in none. */
  declaredIn: z.string().nullable(),
  /** Responders whom the configuration names, by user id. */
  invited: z.array(z.string()),
  /** Those whom Slack did not let in, by the version of the event that said so. */
  uninvited: z.array(refusedPersonSchema.extend({ version: z.number() })),
  similar: similarSchema
    .extend({ dismissed: z.object({ at: z.number(), by: actorSchema }).nullable() })
    .nullable(),
  /** Why Slack refused the channel, in a sentence; null while it is being asked. */
  channelRefused: z.string().nullable(),
  /** How often somebody had it asked for again. */
  retries: z.number().int(),
  /** The thread in which it goes on meanwhile. Stays when the channel comes. */
  thread: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  /** What the topic tells, and since which version. */
  topic: z.object({
    severity: z.enum(severities),
    provisional: z.boolean(),
    status: z.enum(statuses),
    /** A user id. */
    commander: z.string().nullable(),
    since: z.number().int(),
  }),
});
export type Opening = z.infer<typeof openingSchema>;

export const justOpening: Opening = {
  declaredIn: null,
  invited: [],
  uninvited: [],
  similar: null,
  channelRefused: null,
  retries: 0,
  thread: null,
  topic: { severity: "SEV2", provisional: true, status: "INVESTIGATING", commander: null, since: 0 },
};
