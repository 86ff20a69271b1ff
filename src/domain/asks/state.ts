import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { wordsSchema } from "../words.ts";

const askSchema = z.object({
  id: z.string(),
  to: z.string(),
  text: wordsSchema,
  by: actorSchema,
  at: z.number(),
  /** Length given for it, ms; null: none. */
  within: z.number().nullable(),
  state: z.enum(["asked", "accepted", "declined", "done"]),
  /** Of the last change of `state`: when, and whose. */
  changedAt: z.number(),
  changedBy: actorSchema,
  result: wordsSchema.nullable(),
  /** It is chased once. */
  chasedAt: z.number().nullable(),
});
export type Ask = z.infer<typeof askSchema>;

/** Work for now: a person and minutes. */
export const asksSchema = z.array(askSchema);
export const noAsks: Ask[] = [];

/** Neither declined nor done. */
export const isPending = ({ state }: Ask): boolean => state === "asked" || state === "accepted";
