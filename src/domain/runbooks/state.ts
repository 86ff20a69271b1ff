import { z } from "zod";
import { actorSchema } from "../actor.ts";

const postedSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The markdown as it was when it was posted. */
  markdown: z.string(),
  by: actorSchema,
  at: z.number(),
  /** Steps that somebody has done, by their place in the document. */
  done: z.record(z.string(), z.object({ by: actorSchema, at: z.number() })),
});
export type PostedRunbook = z.infer<typeof postedSchema>;

export const runbooksSchema = z.object({
  /** Names of those that were offered as matching. */
  offered: z.array(z.string()),
  posted: z.array(postedSchema),
});
export type Runbooks = z.infer<typeof runbooksSchema>;

export const noRunbooks: Runbooks = { offered: [], posted: [] };
