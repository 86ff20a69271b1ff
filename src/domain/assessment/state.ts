import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { userImpacts, businessImpacts, scopes, trends, severities } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

export const questions = ["userImpact", "businessImpact", "scope", "trend"] as const;
export type Question = (typeof questions)[number];

/**
 * What was said to each of the four questions. Each part may be missing: somebody knows a number of users but not the share,
 * and what they know is kept.
 */
export const answerShapes = {
  userImpact: {
    /** Share of the users of the function. */
    answer: z.enum(userImpacts).nullable(),
    /** How many users. */
    users: z.number().nullable(),
    /** In a sentence: *15 % of checkout requests failing*. */
    said: wordsSchema.nullable(),
  },
  businessImpact: {
    /** Empty: none. */
    answers: z.array(z.enum(businessImpacts)).nullable(),
    /** As people wrote it: `$5,000`. */
    amount: wordsSchema.nullable(),
    said: wordsSchema.nullable(),
  },
  scope: { answer: z.enum(scopes).nullable() },
  trend: {
    answer: z.enum(trends).nullable(),
    /** Ms since the epoch; null: not said. */
    since: z.number().nullable(),
  },
};

export const proposalSchema = z.object({ severity: z.enum(severities), reason: z.string() });
/** A severity, and the answers it follows from, in words. */
export type Proposal = z.infer<typeof proposalSchema>;

const given = <Answer extends z.ZodRawShape>(answer: Answer) =>
  z.object({ ...answer, at: z.number(), by: actorSchema }).nullable();

/** The four questions; null: nobody has said anything yet. */
export const assessmentSchema = z.object({
  userImpact: given(answerShapes.userImpact),
  businessImpact: given(answerShapes.businessImpact),
  scope: given(answerShapes.scope),
  trend: given(answerShapes.trend),
  /** When it was asked again; it is once. */
  askedAgainAt: z.number().nullable(),
  /** The severity that the answers propose, until somebody has accepted or chosen. */
  proposal: proposalSchema.nullable(),
  /** A proposal that people set aside by choosing another severity: it is not made twice. */
  declined: z.enum(severities).nullable(),
  /** The last form that was filled in, which the channel is told in a message of its own; `version` names it. */
  told: z
    .object({
      version: z.number().int(),
      at: z.number(),
      by: actorSchema,
      questions: z.array(z.enum(questions)),
      /** Whether the affected services changed as well. */
      services: z.boolean(),
    })
    .nullable(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

export const notAssessed: Assessment = {
  userImpact: null,
  businessImpact: null,
  scope: null,
  trend: null,
  askedAgainAt: null,
  proposal: null,
  declined: null,
  told: null,
};

/** Questions that nobody has answered yet. */
export function openQuestions({ userImpact, businessImpact, scope, trend }: Assessment): Question[] {
  const answers: Record<Question, unknown> = {
    userImpact: userImpact?.answer ?? null,
    businessImpact: businessImpact?.answers ?? null,
    scope: scope?.answer ?? null,
    trend: trend?.answer ?? null,
  };
  return questions.filter((question) => answers[question] === null);
}

/** Whether all four questions are answered. */
export const isAssessed = ({ assessment }: { assessment: Assessment }): boolean =>
  openQuestions(assessment).length === 0;
