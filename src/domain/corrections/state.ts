import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { detectors } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

/**
 * What people changed on the timeline, by the id of the entry: `entry:<id>`, `message:<channel>:<ts>`, `event:<seq>:<place>`.
 * Null: left as it was.
 */
const correctionSchema = z.object({
  text: wordsSchema.nullable(),
  at: z.number().nullable(),
  hidden: z.boolean(),
  by: actorSchema,
  changedAt: z.number(),
});

export const correctionsSchema = z.object({
  entries: z.record(z.string(), correctionSchema),
  /** Each change, as the channel was told of it; by the version of the event. */
  changes: z.array(
    z.object({ version: z.number().int(), by: actorSchema, at: z.number(), said: z.string() }),
  ),
  /** Times that people took from an entry; they win over what Sitrep noted itself. */
  detected: z.object({ at: z.number(), by: z.enum(detectors).nullable() }).nullable(),
  mitigated: z.number().nullable(),
});
export type Corrections = z.infer<typeof correctionsSchema>;

export const nothingCorrected: Corrections = { entries: {}, changes: [], detected: null, mitigated: null };
