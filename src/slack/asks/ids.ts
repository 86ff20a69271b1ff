import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const asksPresses = [] as const;
export type AsksPress = z.infer<(typeof asksPresses)[number]>;
export const isAsksPress = oneOf("do", asksPresses);

export const asksForms = [] as const;
export type AsksForm = z.infer<(typeof asksForms)[number]>;
export const isAsksForm = oneOf("form", asksForms);
