import type { z } from "zod";
import { among } from "../event-shape.ts";

export const asksEvents = [] as const;
export type AsksEvent = z.infer<(typeof asksEvents)[number]>;

export const isAsksEvent = among(asksEvents);
