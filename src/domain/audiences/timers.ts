import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

/** What falls due here; the command of the same name is what performing it does. */
export const audiencesTimers = [
  z.object({ type: z.literal("WarnUpdateDue"), incident: z.number(), due: z.number() }),
  z.object({ type: z.literal("EscalateMissedUpdate"), incident: z.number(), due: z.number() }),
  z.object({ type: z.literal("AskStillOpen"), incident: z.number(), since: z.number(), ...fromBefore }),
] as const;
