import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const presencePresses = [] as const;
export type PresencePress = z.infer<(typeof presencePresses)[number]>;
export const isPresencePress = oneOf("do", presencePresses);

export const presenceForms = [] as const;
export type PresenceForm = z.infer<(typeof presenceForms)[number]>;
export const isPresenceForm = oneOf("form", presenceForms);
