import type { z } from "zod";
import { oneOf } from "../id-shape.ts";

export const audiencesPresses = [] as const;
export type AudiencesPress = z.infer<(typeof audiencesPresses)[number]>;
export const isAudiencesPress = oneOf("do", audiencesPresses);

export const audiencesForms = [] as const;
export type AudiencesForm = z.infer<(typeof audiencesForms)[number]>;
export const isAudiencesForm = oneOf("form", audiencesForms);
