import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

const entry = z.string();

export const correctionsPresses = [
  /** `page` counts from the newest, 0; null: the newest. */
  z.object({ do: z.literal("ShowTimeline"), incident, page: z.number().int().nullable() }),
  z.object({ do: z.literal("EditEntry"), incident, entry }),
  z.object({ do: z.literal("OpenLog"), incident }),
  z.object({ do: z.literal("UnmarkMessage"), incident, channel: z.string(), ts: z.string() }),
] as const;
export type CorrectionsPress = z.infer<(typeof correctionsPresses)[number]>;
export const isCorrectionsPress = oneOf("do", correctionsPresses);

export const correctionsForms = [
  /** `standsAt` is what the time field was prefilled with, `openedAt` when. */
  z.object({
    form: z.literal("entry"),
    incident,
    entry,
    standsAt: z.number(),
    openedAt: z.number(),
  }),
  z.object({ form: z.literal("log"), incident }),
] as const;
export type CorrectionsForm = z.infer<(typeof correctionsForms)[number]>;
export const isCorrectionsForm = oneOf("form", correctionsForms);

/** A message from elsewhere that becomes an entry of an incident yet to be chosen; `link` leads to it. */
export const addEntryForms = [
  z.object({ form: z.literal("addEntry"), openedAt: z.number(), saidAt: z.number(), link: z.string() }),
] as const;
export type AddEntryForm = z.infer<(typeof addEntryForms)[number]>;
