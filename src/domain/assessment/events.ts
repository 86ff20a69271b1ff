import type { z } from "zod";
import { among } from "../event-shape.ts";

export const assessmentEvents = [] as const;
export type AssessmentEvent = z.infer<(typeof assessmentEvents)[number]>;

export const isAssessmentEvent = among(assessmentEvents);
