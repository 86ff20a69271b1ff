import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { wordsSchema } from "../words.ts";

export const asksEvents = [
  event("Asked", {
    ask: z.string(),
    /** User id. */
    to: z.string(),
    text: wordsSchema,
    within: z.number().nullable(),
    /** When it is chased, unless it is through with by then. */
    chaseAt: z.number(),
  }),
  event("AskAnswered", { ask: z.string(), accepted: z.boolean() }),
  /** Somebody takes over what was asked of a person whose account is deactivated. */
  event("AskTaken", { ask: z.string(), from: z.string(), to: z.string() }),
  event("AskDone", { ask: z.string(), result: wordsSchema.nullable() }),
  event("AskChased", { ask: z.string() }),
] as const;
export type AsksEvent = z.infer<(typeof asksEvents)[number]>;

export const isAsksEvent = among(asksEvents);
