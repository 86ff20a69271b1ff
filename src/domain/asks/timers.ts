import { z } from "zod";

/** What falls due here; the command of the same name is what performing it does. */
export const asksTimers = [
  z.object({ type: z.literal("ChaseAsk"), incident: z.number(), ask: z.string() }),
] as const;
