import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

/** What falls due here; the command of the same name is what performing it does. */
export const assessmentTimers = [
  z.object({ type: z.literal("AskAssessmentAgain"), incident: z.number(), ...fromBefore }),
] as const;
