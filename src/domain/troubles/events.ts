import { z } from "zod";
import { among, event } from "../event-shape.ts";

export const troublesEvents = [
  /** Somebody has what Slack refused tried again, by the effect's key. */
  event("EffectRetried", { key: z.string() }),
  /** It was done, or nobody wanted it any more. */
  event("RetryEnded", { key: z.string(), as: z.enum(["done", "unwanted"]) }),
] as const;
export type TroublesEvent = z.infer<(typeof troublesEvents)[number]>;

export const isTroublesEvent = among(troublesEvents);
