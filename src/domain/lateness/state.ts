import { z } from "zod";
import { slotSchema } from "../slot.ts";

/** Less is not worth a word. */
const noticeable = 60_000;

/** @param at when it is done, or decided */
export const isLate = (due: number, at: number): boolean => at - due >= noticeable;

/** Of a timer that was put off when it was late already: since when it had been due. */
export const fromBefore = { wasDue: z.number().optional() };

/** Messages that came late, by slot without address: when they were due, and when they were decided. */
export const lateSchema = z.partialRecord(slotSchema, z.object({ due: z.number(), at: z.number() }));
