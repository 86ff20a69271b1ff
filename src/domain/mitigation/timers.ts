import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

/** What falls due here; the command of the same name is what performing it does. */
export const mitigationTimers = [
  /** Asks to start something. Set at once: the rules that say when are known to whoever handles it, who puts it off. */
  z.object({ type: z.literal("PromptMitigation"), incident: z.number(), ...fromBefore }),
  z.object({ type: z.literal("AskMitigation"), incident: z.number(), mitigation: z.string(), ...fromBefore }),
] as const;
