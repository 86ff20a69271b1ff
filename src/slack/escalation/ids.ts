import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

const walk = z.number();

export const escalationPresses = [
  z.object({ do: z.literal("Ack"), incident }),
  /** `calls`: how many had gone out when the button was shown, so that a double click calls one step. */
  z.object({ do: z.literal("Escalate"), incident, calls: z.number() }),
  z.object({ do: z.literal("CallNow"), incident, walk }),
  z.object({ do: z.literal("DontCall"), incident, walk }),
  z.object({ do: z.literal("StillOnIt"), incident, watch: z.number() }),
  z.object({ do: z.literal("OpenPage"), incident }),
] as const;
export type EscalationPress = z.infer<(typeof escalationPresses)[number]>;
export const isEscalationPress = oneOf("do", escalationPresses);

export const escalationForms = [z.object({ form: z.literal("page"), incident })] as const;
export type EscalationForm = z.infer<(typeof escalationForms)[number]>;
export const isEscalationForm = oneOf("form", escalationForms);
