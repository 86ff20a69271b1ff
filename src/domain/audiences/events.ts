import type { z } from "zod";
import { among } from "../event-shape.ts";

export const audiencesEvents = [] as const;
export type AudiencesEvent = z.infer<(typeof audiencesEvents)[number]>;

export const isAudiencesEvent = among(audiencesEvents);
