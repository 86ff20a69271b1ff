import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { answerShapes, proposalSchema } from "./state.ts";

const { userImpact, businessImpact, scope, trend } = answerShapes;

export const assessmentEvents = [
  /** Of each question that changed, all that is said to it now; null: it was taken back. */
  event("AssessmentAnswered", {
    userImpact: z.object(userImpact).nullable().optional(),
    businessImpact: z.object(businessImpact).nullable().optional(),
    scope: z.object(scope).nullable().optional(),
    trend: z.object(trend).nullable().optional(),
    /** What all answers together propose; null: the severity stands as it should, or too little is known. */
    proposal: proposalSchema.nullable(),
    /** Given in a form, which the channel does not see. */
    inForm: z.boolean(),
  }),
  /** Which services are affected: `services` is all of them now. */
  event("ServicesChanged", {
    services: z.array(z.string()),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  event("AssessmentAskedAgain", {}),
] as const;
export type AssessmentEvent = z.infer<(typeof assessmentEvents)[number]>;

export const isAssessmentEvent = among(assessmentEvents);
