import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { detectors } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

export const correctionsEvents = [
  /** What is null stays as it was; `said` tells the change without quoting anybody. */
  event("EntryCorrected", {
    entry: z.string(),
    text: wordsSchema.nullable(),
    happenedAt: z.number().nullable(),
    hidden: z.boolean(),
    said: z.string(),
  }),
  /** An entry's time became that of a stage. The start and the recovery have events of their own. */
  event("StageTimed", {
    entry: z.string(),
    stage: z.enum(["detected", "mitigated"]),
    to: z.number(),
    detector: z.enum(detectors).nullable(),
  }),
] as const;
export type CorrectionsEvent = z.infer<(typeof correctionsEvents)[number]>;

export const isCorrectionsEvent = among(correctionsEvents);
