import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

export const troublesPresses = [
  /** What Slack refused, by the version of the event that said so. */
  z.object({ do: z.literal("RetryEffect"), incident, version: z.number().int() }),
] as const;
export type TroublesPress = z.infer<(typeof troublesPresses)[number]>;
export const isTroublesPress = oneOf("do", troublesPresses);
