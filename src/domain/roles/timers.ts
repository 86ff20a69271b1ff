import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

/** What falls due here; the command of the same name is what performing it does. */
export const rolesTimers = [
  /** `since`: when command fell vacant. */
  z.object({ type: z.literal("RemindCommander"), incident: z.number(), since: z.number(), ...fromBefore }),
  z.object({ type: z.literal("EscalateCommander"), incident: z.number(), since: z.number() }),
] as const;
