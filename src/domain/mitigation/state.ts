import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { mitigationOptions, mitigationResults } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

const saidSchema = z.object({ at: z.number(), by: actorSchema });

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
  /** How long this option takes as a rule, ms, as it was configured at the start; null: nobody is asked. */
  expected: z.number().nullable(),
  finishedAt: z.number().nullable(),
  result: z.enum(mitigationResults).nullable(),
  /** Who said how it went. */
  finishedBy: actorSchema.nullable(),
  /** When its owner was asked how it went; once. */
  askedAt: z.number().nullable(),
  /** Who answered that it still runs. */
  stillRunning: saidSchema.nullable(),
});
export type Mitigation = z.infer<typeof mitigationSchema>;

export const mitigationStateSchema = z.object({
  tried: z.array(mitigationSchema),
  decisions: z.array(z.object({ id: z.string(), at: z.number(), by: actorSchema, text: wordsSchema })),
  /** Why a rollback is not possible, once somebody has said so. */
  noRollback: saidSchema.extend({ reason: wordsSchema }).nullable(),
  /** When people were asked to start one, and who (a user id); once. */
  prompted: z.object({ at: z.number(), to: z.string().nullable() }).nullable(),
  /** When the first one that worked had done so; `mitigatedAt` of times.ts knows what people corrected. */
  mitigatedAt: z.number().nullable(),
});
export type MitigationState = z.infer<typeof mitigationStateSchema>;

export const nothingTried: MitigationState = {
  tried: [],
  decisions: [],
  noRollback: null,
  prompted: null,
  mitigatedAt: null,
};

const isRunning = ({ startedAt, finishedAt }: Mitigation): boolean =>
  startedAt !== null && finishedAt === null;

/** The one that runs: started, not finished; the last one of several. */
export const runningMitigation = ({ tried }: Pick<MitigationState, "tried">): Mitigation | undefined =>
  tried.findLast(isRunning);

export type MitigationStage = "decided" | "running" | "finished";
export const stageOf = (mitigation: Mitigation): MitigationStage =>
  mitigation.finishedAt !== null ? "finished" : isRunning(mitigation) ? "running" : "decided";

/** The first that worked. */
export const mitigationThatWorked = ({ tried }: Pick<MitigationState, "tried">): Mitigation | undefined =>
  tried
    .filter(({ result }) => result === "worked")
    .toSorted((one, other) => (one.finishedAt ?? 0) - (other.finishedAt ?? 0))[0];

/** Whether any was started, or said to have gone one way or the other. */
export const isAnyStarted = ({ tried }: Pick<MitigationState, "tried">): boolean =>
  tried.some(({ startedAt, finishedAt }) => startedAt !== null || finishedAt !== null);
