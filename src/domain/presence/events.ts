import type { z } from "zod";
import { among } from "../event-shape.ts";

export const presenceEvents = [] as const;
export type PresenceEvent = z.infer<(typeof presenceEvents)[number]>;

export const isPresenceEvent = among(presenceEvents);
