import { z } from "zod";

/** What falls due here; the command of the same name is what performing it does. */
export const runbooksTimers = [
  /** Due at once: which runbooks there are is known to whoever handles it. */
  z.object({ type: z.literal("OfferRunbooks"), incident: z.number() }),
] as const;
