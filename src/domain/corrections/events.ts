import type { z } from "zod";
import { among } from "../event-shape.ts";

export const correctionsEvents = [] as const;
export type CorrectionsEvent = z.infer<(typeof correctionsEvents)[number]>;

export const isCorrectionsEvent = among(correctionsEvents);
