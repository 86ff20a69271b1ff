import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const escalationPresses = [] as const;
export type EscalationPress = z.infer<(typeof escalationPresses)[number]>;
export const isEscalationPress = oneOf("do", escalationPresses);

export const escalationForms = [] as const;
export type EscalationForm = z.infer<(typeof escalationForms)[number]>;
export const isEscalationForm = oneOf("form", escalationForms);
