import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const correctionsPresses = [] as const;
export type CorrectionsPress = z.infer<(typeof correctionsPresses)[number]>;
export const isCorrectionsPress = oneOf("do", correctionsPresses);

export const correctionsForms = [] as const;
export type CorrectionsForm = z.infer<(typeof correctionsForms)[number]>;
export const isCorrectionsForm = oneOf("form", correctionsForms);
