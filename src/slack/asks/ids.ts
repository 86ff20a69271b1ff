import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

export const asksPresses = [
  z.object({ do: z.literal("AnswerAsk"), incident, ask: z.string(), accept: z.boolean() }),
  z.object({ do: z.literal("OpenAskDone"), incident, ask: z.string() }),
  /** `to`: whom it is for, where that was said. */
  z.object({ do: z.literal("OpenAsk"), incident, to: z.string().optional() }),
] as const;
export type AsksPress = z.infer<(typeof asksPresses)[number]>;
export const isAsksPress = oneOf("do", asksPresses);

export const asksForms = [
  z.object({ form: z.literal("ask"), incident }),
  z.object({ form: z.literal("askDone"), incident, ask: z.string() }),
] as const;
export type AsksForm = z.infer<(typeof asksForms)[number]>;
export const isAsksForm = oneOf("form", asksForms);
