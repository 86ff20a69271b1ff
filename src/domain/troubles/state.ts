import { z } from "zod";
import { actorSchema } from "../actor.ts";

/** What came of trying again. */
const retryEnds = ["done", "unwanted", "refused"] as const;

/** Something that Slack, or a webhook, definitely refused. */
export const troubleSchema = z.object({
  /** Of the event that said so. */
  version: z.number().int(),
  /** The effect's. */
  key: z.string(),
  error: z.string(),
  /** What was not possible and why, for people. */
  sentence: z.string(),
  /** The channel that could not be posted to: an id, else the name in the configuration. */
  channel: z.string().optional(),
  at: z.number(),
  /** Since when it is being tried again, and at whose wish. */
  retried: z.object({ at: z.number(), by: actorSchema }).nullable(),
  ended: z.object({ at: z.number(), as: z.enum(retryEnds) }).nullable(),
});
export type Trouble = z.infer<typeof troubleSchema>;

/** What stands refused, and nobody has had tried again. */
export const isLeft = ({ retried, ended }: Trouble): boolean => retried === null && ended === null;

export const isUnderWay = ({ retried, ended }: Trouble): boolean => retried !== null && ended === null;

/** The channel is asked for anew each time, since its name may have been the reason. */
export const isOfChannel = (number: number, key: string): boolean =>
  key.startsWith(`${number}:channel:create`);

export const isOfWebhook = (number: number, key: string): boolean => key.startsWith(`${number}:webhook:`);

export const isOfAnnouncement = (number: number, key: string): boolean =>
  key.startsWith(`${number}:post:announcement`);
