import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const mitigationPresses = [] as const;
export type MitigationPress = z.infer<(typeof mitigationPresses)[number]>;
export const isMitigationPress = oneOf("do", mitigationPresses);

export const mitigationForms = [] as const;
export type MitigationForm = z.infer<(typeof mitigationForms)[number]>;
export const isMitigationForm = oneOf("form", mitigationForms);
