import type { z } from "zod";
import { among } from "../event-shape.ts";

export const escalationEvents = [] as const;
export type EscalationEvent = z.infer<(typeof escalationEvents)[number]>;

export const isEscalationEvent = among(escalationEvents);
