import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type AssessmentCommand = CommandOf<never, never>;

export const isAssessmentCommand = named<AssessmentCommand["type"]>([]);
