import { z } from "zod";
import { audiences } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

/** What an audience was told, beside the update of the same number. */
const toldSchema = z.object({
  n: z.number().int(),
  audience: z.enum(audiences),
  text: wordsSchema,
  at: z.number(),
});

export const audiencesSchema = z.object({
  told: z.array(toldSchema),
  /** Due times for which a heads-up went out. */
  warned: z.array(z.number()),
  /** Misses in a row that were escalated: to the commander, then to the next step. */
  missedInRow: z.number().int(),
});
export type Audiences = z.infer<typeof audiencesSchema>;

export const nobodyTold: Audiences = { told: [], warned: [], missedInRow: 0 };
