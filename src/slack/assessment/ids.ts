import { z } from "zod";
import { questions } from "../../domain/assessment/state.ts";
import { severities } from "../../domain/vocab.ts";
import { incidentNumber, oneOf } from "../id-shape.ts";

const incident = incidentNumber;

export const assessmentPresses = [
  /**
   * An answer from the menu of a question. `as` is its word; of the business impact, where there may be several, `+word` adds one
   * and `-word` takes it back, and `none` says that there is none. An entry of a menu holds 75 characters.
   */
  z.object({ do: z.literal("Assess"), incident, of: z.enum(questions), as: z.string() }),
  z.object({ do: z.literal("OpenAssess"), incident }),
  z.object({ do: z.literal("AcceptSeverity"), incident, severity: z.enum(severities) }),
] as const;
export type AssessmentPress = z.infer<(typeof assessmentPresses)[number]>;
export const isAssessmentPress = oneOf("do", assessmentPresses);

export const assessmentForms = [
  z.object({
    form: z.literal("assess"),
    incident,
    openedAt: z.number(),
    since: z.number().nullable(),
    /** Prints of what the fields were filled with: one that was left so says nothing, whatever others answered meanwhile. */
    filled: z.record(z.string(), z.string()),
    /** The services that stood there; null: too many to travel along, so that none is taken away. */
    services: z.array(z.string()).nullable(),
  }),
] as const;
export type AssessmentForm = z.infer<(typeof assessmentForms)[number]>;
export const isAssessmentForm = oneOf("form", assessmentForms);
