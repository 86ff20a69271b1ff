import { z } from "zod";
import { commandWords, incidentNumber as incident, oneOf } from "../id-shape.ts";

const runbook = z.string();
const step = z.string();

export const runbooksPresses = [
  /** `again` names the posting, where the runbook stands in the channel already: a double click posts it once. */
  z.object({ do: z.literal("PostRunbook"), incident, name: z.string(), again: z.string().optional() }),
  z.object({ do: z.literal("TickStep"), incident, runbook, step }),
  z.object({ do: z.literal("UntickStep"), incident, runbook, step }),
  z.object({ do: z.literal("ListRunbooks"), incident, command: z.enum(commandWords) }),
] as const;
export type RunbooksPress = z.infer<(typeof runbooksPresses)[number]>;
export const isRunbooksPress = oneOf("do", runbooksPresses);
