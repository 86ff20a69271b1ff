import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { mitigationOptions, mitigationResults } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

const mitigationSchema = z.object({
  id: z.string(),
  option: z.enum(mitigationOptions),
  /** What exactly: `payment service to v2.3.1`. */
  what: wordsSchema,
  /** Of the emergency fix alone. */
  whyNotRollback: wordsSchema.nullable(),
  /** A user id, or null while nobody has taken it. */
  owner: z.string().nullable(),
  by: actorSchema,
  decidedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  result: z.enum(mitigationResults).nullable(),
  /** When its owner was asked how it went; once. */
  askedAt: z.number().nullable(),
});
export type Mitigation = z.infer<typeof mitigationSchema>;

export const mitigationStateSchema = z.object({
  tried: z.array(mitigationSchema),
  decisions: z.array(z.object({ id: z.string(), at: z.number(), by: actorSchema, text: wordsSchema })),
  /** Why a rollback is not possible, once somebody has said so. */
  noRollback: wordsSchema.nullable(),
  /** When people were asked to start one; once. */
  promptedAt: z.number().nullable(),
  /** When the first one that worked had done so; corrected by *use as*. */
  mitigatedAt: z.number().nullable(),
});
export type MitigationState = z.infer<typeof mitigationStateSchema>;

export const nothingTried: MitigationState = {
  tried: [],
  decisions: [],
  noRollback: null,
  promptedAt: null,
  mitigatedAt: null,
};

/** The one that runs: started, not finished; the last one of several. */
export const runningMitigation = ({ tried }: MitigationState): Mitigation | undefined =>
  tried.findLast(({ startedAt, finishedAt }) => startedAt !== null && finishedAt === null);
