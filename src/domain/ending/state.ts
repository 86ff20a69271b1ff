import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { statuses } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

/** What is told in the incident's channel in one line, by the version of the event. */
export const noticeKinds = [
  "closed",
  "published",
  "waived",
  "claimed",
  "declined",
  "same",
  "notSame",
] as const;

const relatedSchema = z.object({
  number: z.number().int().positive(),
  /** Its channel's id; null: it has none. */
  channel: z.string().nullable(),
});

export const endingSchema = z.object({
  /** Each time it was resolved and came back. */
  reopenings: z.array(
    z.object({
      at: z.number(),
      by: actorSchema,
      reason: wordsSchema,
      /** What it was reopened from. */
      from: z.enum(statuses),
      /** When users had recovered before; null where it was never resolved. */
      recoveredAt: z.number().nullable(),
    }),
  ),
  closed: z.object({ at: z.number(), by: actorSchema }).nullable(),
  cancelled: z
    .object({
      at: z.number(),
      by: actorSchema,
      reason: wordsSchema.nullable(),
      /** The incident that it is the same as. */
      duplicateOf: z.number().nullable(),
      /** That one's channel. */
      otherChannel: z.string().nullable(),
    })
    .nullable(),
  /** Incidents that were cancelled as the same as this one. */
  duplicates: z.array(relatedSchema),
  postmortem: z.object({
    /** Who writes it, a user id. */
    owner: z.string().nullable(),
    /** When its owner is reminded next; null: never. */
    remindAt: z.number().nullable(),
    published: z.object({ at: z.number(), by: actorSchema }).nullable(),
    waived: z.object({ at: z.number(), by: actorSchema, reason: wordsSchema }).nullable(),
  }),
  /** The archiving of the channel that is due after closing. */
  archiving: z
    .object({ at: z.number(), announced: z.boolean(), kept: actorSchema.nullable(), due: z.boolean() })
    .nullable(),
  notices: z.array(
    z.object({
      version: z.number().int(),
      at: z.number(),
      by: actorSchema,
      kind: z.enum(noticeKinds),
      words: wordsSchema.nullable(),
      /** The number of another incident. */
      about: z.string().nullable(),
    }),
  ),
  /** When the owners of action items are sent the next list; null: nobody is. */
  digestAt: z.number().nullable(),
});
export type Ending = z.infer<typeof endingSchema>;

export const notEnded: Ending = {
  reopenings: [],
  closed: null,
  cancelled: null,
  duplicates: [],
  postmortem: { owner: null, remindAt: null, published: null, waived: null },
  archiving: null,
  notices: [],
  digestAt: null,
};
