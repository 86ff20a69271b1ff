import type { z } from "zod";
import { among } from "../event-shape.ts";

export const endingEvents = [] as const;
export type EndingEvent = z.infer<(typeof endingEvents)[number]>;

export const isEndingEvent = among(endingEvents);
