import type { z } from "zod";
import { among } from "../event-shape.ts";

export const mitigationEvents = [] as const;
export type MitigationEvent = z.infer<(typeof mitigationEvents)[number]>;

export const isMitigationEvent = among(mitigationEvents);
