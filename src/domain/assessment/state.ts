import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { userImpacts, businessImpacts, scopes, trends, severities } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

const given = <Answer extends z.ZodRawShape>(answer: Answer) =>
  z.object({ ...answer, at: z.number(), by: actorSchema }).nullable();

/** The four questions; null: nobody has answered yet. */
export const assessmentSchema = z.object({
  userImpact: given({
    answer: z.enum(userImpacts),
    /** How many users. */
    users: z.number().nullable(),
    said: wordsSchema.nullable(),
  }),
  businessImpact: given({
    /** Empty: none. */
    answers: z.array(z.enum(businessImpacts)),
    /** As people wrote it: `$5,000`. */
    amount: wordsSchema.nullable(),
    said: wordsSchema.nullable(),
  }),
  scope: given({ answer: z.enum(scopes) }),
  trend: given({
    answer: z.enum(trends),
    /** Ms since the epoch; null: not said. */
    since: z.number().nullable(),
  }),
  /** When it was asked again; it is once. */
  askedAgainAt: z.number().nullable(),
  /** The severity that the answers propose, until somebody has accepted or chosen. */
  proposal: z.object({ severity: z.enum(severities), reason: z.string(), at: z.number() }).nullable(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

export const notAssessed: Assessment = {
  userImpact: null,
  businessImpact: null,
  scope: null,
  trend: null,
  askedAgainAt: null,
  proposal: null,
};
