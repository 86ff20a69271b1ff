import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

/** What falls due here; the command of the same name is what performing it does. */
export const asksTimers = [
  z.object({ type: z.literal("ChaseAsk"), incident: z.number(), ask: z.string(), ...fromBefore }),
] as const;
