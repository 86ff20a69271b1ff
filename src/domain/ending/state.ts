import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { statuses } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

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
    })
    .nullable(),
  postmortem: z.object({
    /** Who writes it, a user id. */
    owner: z.string().nullable(),
    published: z.object({ at: z.number(), by: actorSchema }).nullable(),
    waived: z.object({ at: z.number(), by: actorSchema, reason: wordsSchema }).nullable(),
  }),
});
export type Ending = z.infer<typeof endingSchema>;

export const notEnded: Ending = {
  reopenings: [],
  closed: null,
  cancelled: null,
  postmortem: { owner: null, published: null, waived: null },
};
