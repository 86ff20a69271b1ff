import { z } from "zod";

/** What falls due here; the command of the same name is what performing it does. */
export const assessmentTimers = [
  z.object({ type: z.literal("AskAssessmentAgain"), incident: z.number() }),
] as const;
