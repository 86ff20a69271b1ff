import type { z } from "zod";
import { among } from "../event-shape.ts";

export const rolesEvents = [] as const;
export type RolesEvent = z.infer<(typeof rolesEvents)[number]>;

export const isRolesEvent = among(rolesEvents);
