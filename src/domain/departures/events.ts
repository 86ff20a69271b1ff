import { z } from "zod";
import { roles } from "../vocab.ts";
import { among, event } from "../event-shape.ts";

export const departuresEvents = [
  /** `roles`: what they did until then. */
  event("PersonGone", { user: z.string(), roles: z.array(z.enum(roles)) }),
  event("PersonBack", { user: z.string() }),
] as const;
export type DeparturesEvent = z.infer<(typeof departuresEvents)[number]>;

export const isDeparturesEvent = among(departuresEvents);
