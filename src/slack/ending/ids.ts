import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

export const endingPresses = [
  z.object({ do: z.literal("Close"), incident }),
  z.object({ do: z.literal("Publish"), incident }),
  z.object({ do: z.literal("OpenWaive"), incident }),
  z.object({ do: z.literal("OpenReopen"), incident }),
  z.object({ do: z.literal("OpenCancel"), incident }),
  /** Whether the presser takes the post-mortem up, or does not write it. */
  z.object({ do: z.literal("OwnPostmortem"), incident, claim: z.boolean() }),
  z.object({ do: z.literal("Join"), incident }),
  /** `due` names the archiving that the button was about. */
  z.object({ do: z.literal("KeepChannel"), incident, due: z.number() }),
] as const;
export type EndingPress = z.infer<(typeof endingPresses)[number]>;
export const isEndingPress = oneOf("do", endingPresses);

export const endingForms = [
  z.object({ form: z.literal("waive"), incident }),
  z.object({ form: z.literal("reopen"), incident }),
  z.object({ form: z.literal("cancel"), incident }),
  z.object({ form: z.literal("duplicate"), incident }),
] as const;
export type EndingForm = z.infer<(typeof endingForms)[number]>;
export const isEndingForm = oneOf("form", endingForms);
