import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const endingPresses = [] as const;
export type EndingPress = z.infer<(typeof endingPresses)[number]>;
export const isEndingPress = oneOf("do", endingPresses);

export const endingForms = [] as const;
export type EndingForm = z.infer<(typeof endingForms)[number]>;
export const isEndingForm = oneOf("form", endingForms);
