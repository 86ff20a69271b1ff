import { z } from "zod";
import { audiences } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

/** What an audience was told, beside the update of the same number; `edited` took the place of what the template gave. */
const toldSchema = z.object({
  n: z.number().int(),
  audience: z.enum(audiences),
  channel: z.string(),
  template: z.string(),
  edited: wordsSchema.nullable(),
});
export type Told = z.infer<typeof toldSchema>;

/** Who is told how updates go, and what was done about those that were missed. */
export const audiencesSchema = z.object({
  told: z.array(toldSchema),
  /** Heads-ups: for which due time, and whose direct messages. */
  warned: z.array(z.object({ due: z.number(), to: z.string() })),
  /** Second misses: for which due time, and the commander who was told; null: nobody leads. */
  missed: z.array(z.object({ due: z.number(), to: z.string().nullable(), since: z.number() })),
  /** The last *Still open?*: the version of its event, whom it mentions, and since when nothing was heard. */
  stillOpen: z.object({ version: z.number().int(), to: z.string().nullable(), since: z.number() }).nullable(),
  /** Since when nothing had been heard when the next *Still open?* was planned. */
  askingSince: z.number().nullable(),
});
export type Audiences = z.infer<typeof audiencesSchema>;

export const nobodyTold: Audiences = {
  told: [],
  warned: [],
  missed: [],
  stillOpen: null,
  askingSince: null,
};
