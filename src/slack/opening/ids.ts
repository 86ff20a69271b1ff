import { z } from "zod";
import { sourceSchema } from "../../domain/opening/source.ts";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

export const openingPresses = [
  /** The incident is the same as the other one. */
  z.object({ do: z.literal("MergeInto"), incident, of: incident }),
  z.object({ do: z.literal("DismissSimilar"), incident, of: incident }),
  z.object({ do: z.literal("RetryChannel"), incident }),
] as const;
export type OpeningPress = z.infer<(typeof openingPresses)[number]>;
export const isOpeningPress = oneOf("do", openingPresses);

export const openingForms = [
  /** Whether a message that not everybody can read may be taken along. */
  z.object({ form: z.literal("takeAlong"), source: sourceSchema }),
] as const;
export type OpeningForm = z.infer<(typeof openingForms)[number]>;
export const isOpeningForm = oneOf("form", openingForms);
