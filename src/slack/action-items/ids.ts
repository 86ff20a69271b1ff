import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const actionItemsPresses = [] as const;
export type ActionItemsPress = z.infer<(typeof actionItemsPresses)[number]>;
export const isActionItemsPress = oneOf("do", actionItemsPresses);

export const actionItemsForms = [] as const;
export type ActionItemsForm = z.infer<(typeof actionItemsForms)[number]>;
export const isActionItemsForm = oneOf("form", actionItemsForms);
