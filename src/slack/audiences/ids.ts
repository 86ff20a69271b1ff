import { z } from "zod";
import { commandWords, oneOf } from "../id-shape.ts";

export const audiencesPresses = [
  /** Each update as a direct message, or no more of them. */
  z.object({ do: z.literal("Subscribe"), on: z.boolean(), command: z.enum(commandWords) }),
] as const;
export type AudiencesPress = z.infer<(typeof audiencesPresses)[number]>;
export const isAudiencesPress = oneOf("do", audiencesPresses);
