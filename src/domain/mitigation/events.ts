import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { mitigationOptions, mitigationResults } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

const mitigation = z.string();
/** What the current action becomes; null: it stays. */
const action = wordsSchema.nullable();

export const mitigationEvents = [
  event("MitigationDecided", {
    mitigation,
    option: z.enum(mitigationOptions),
    what: wordsSchema,
    whyNotRollback: wordsSchema.nullable(),
    owner: z.string().nullable(),
    /** Null where it was recorded only once it ran. */
    decidedAt: z.number().nullable(),
  }),
  event("MitigationStarted", {
    mitigation,
    startedAt: z.number(),
    action,
    /** How long it takes as a rule, ms; null: nobody is asked how it goes. */
    expected: z.number().nullable(),
    askAt: z.number().nullable(),
  }),
  event("MitigationFinished", {
    mitigation,
    finishedAt: z.number(),
    result: z.enum(mitigationResults),
    action,
  }),
  /** What was said of its end was a slip: it runs still. */
  event("MitigationResumed", { mitigation, action }),
  /** Its owner is asked how it goes. */
  event("MitigationAsked", { mitigation }),
  event("MitigationStillRuns", { mitigation }),
  /** Nothing has been started for so long that somebody (`to`, a user id) is asked. */
  event("MitigationPrompted", { to: z.string().nullable() }),
  event("RollbackRuledOut", { reason: wordsSchema }),
  event("DecisionRecorded", { decision: z.string(), text: wordsSchema }),
] as const;
export type MitigationEvent = z.infer<(typeof mitigationEvents)[number]>;

export const isMitigationEvent = among(mitigationEvents);
