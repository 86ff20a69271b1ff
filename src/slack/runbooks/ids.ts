import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const runbooksPresses = [] as const;
export type RunbooksPress = z.infer<(typeof runbooksPresses)[number]>;
export const isRunbooksPress = oneOf("do", runbooksPresses);

export const runbooksForms = [] as const;
export type RunbooksForm = z.infer<(typeof runbooksForms)[number]>;
export const isRunbooksForm = oneOf("form", runbooksForms);
