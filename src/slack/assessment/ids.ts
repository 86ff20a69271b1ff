import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const assessmentPresses = [] as const;
export type AssessmentPress = z.infer<(typeof assessmentPresses)[number]>;
export const isAssessmentPress = oneOf("do", assessmentPresses);

export const assessmentForms = [] as const;
export type AssessmentForm = z.infer<(typeof assessmentForms)[number]>;
export const isAssessmentForm = oneOf("form", assessmentForms);
