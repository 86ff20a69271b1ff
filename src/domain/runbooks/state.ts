import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { runbookSectionSchema } from "./document.ts";

const postedSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** As they were when it was posted. */
  sections: z.array(runbookSectionSchema),
  /** The policy that it names. */
  escalation: z.string().nullable(),
  by: actorSchema,
  at: z.number(),
  /** Steps that somebody has done, by their id. */
  done: z.record(z.string(), z.object({ by: actorSchema, at: z.number() })),
});
export type PostedRunbook = z.infer<typeof postedSchema>;

export const runbooksSchema = z.object({
  /** Names of those that were offered as matching, by the message that offers them. */
  offered: z.array(z.array(z.string())),
  posted: z.array(postedSchema),
});
export type Runbooks = z.infer<typeof runbooksSchema>;

export const noRunbooks: Runbooks = { offered: [], posted: [] };
