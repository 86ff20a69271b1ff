import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const rolesPresses = [] as const;
export type RolesPress = z.infer<(typeof rolesPresses)[number]>;
export const isRolesPress = oneOf("do", rolesPresses);

export const rolesForms = [] as const;
export type RolesForm = z.infer<(typeof rolesForms)[number]>;
export const isRolesForm = oneOf("form", rolesForms);
