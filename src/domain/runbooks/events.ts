import type { z } from "zod";
import { among } from "../event-shape.ts";

export const runbooksEvents = [] as const;
export type RunbooksEvent = z.infer<(typeof runbooksEvents)[number]>;

export const isRunbooksEvent = among(runbooksEvents);
