import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { wordsSchema } from "../words.ts";

const actionItemSchema = z.object({
  id: z.string(),
  text: wordsSchema,
  /** A user id. */
  owner: z.string().nullable(),
  /** A day, `2024-02-20`. */
  due: z.string().nullable(),
  by: actorSchema,
  at: z.number(),
  done: z.object({ at: z.number(), by: actorSchema }).nullable(),
  dropped: z.object({ at: z.number(), by: actorSchema }).nullable(),
});
export type ActionItem = z.infer<typeof actionItemSchema>;

/** Work for later: an owner and a due date. */
export const actionItemsSchema = z.array(actionItemSchema);
export const noActionItems: ActionItem[] = [];
