import { z } from "zod";
import { mitigationOptions, mitigationResults } from "../../domain/vocab.ts";
import { commandWords, incidentNumber as incident, oneOf } from "../id-shape.ts";

const mitigation = z.string();
const option = z.enum(mitigationOptions);
/** How far it is, as the form proposes it. */
export const mitigationStages = ["decided", "started", "worked"] as const;
export type MitigationStageChoice = (typeof mitigationStages)[number];
const stage = z.enum(mitigationStages);

export const mitigationPresses = [
  z.object({
    do: z.literal("ShowMitigations"),
    incident,
    command: z.enum(commandWords),
    stage: stage.optional(),
  }),
  /** Without `option` the form asks for it. `what`: plain text that it proposes. */
  z.object({
    do: z.literal("OpenMitigation"),
    incident,
    option: option.optional(),
    what: z.string().optional(),
    stage: stage.optional(),
  }),
  z.object({ do: z.literal("StartMitigation"), incident, mitigation }),
  z.object({ do: z.literal("FinishMitigation"), incident, mitigation, result: z.enum(mitigationResults) }),
  z.object({ do: z.literal("ResumeMitigation"), incident, mitigation }),
  z.object({ do: z.literal("KeepMitigation"), incident, mitigation }),
  z.object({ do: z.literal("SetMonitoring"), incident }),
  z.object({ do: z.literal("OpenNoRollback"), incident }),
  z.object({ do: z.literal("OpenDecision"), incident }),
] as const;
export type MitigationPress = z.infer<(typeof mitigationPresses)[number]>;
export const isMitigationPress = oneOf("do", mitigationPresses);

export const mitigationForms = [
  z.object({ form: z.literal("mitigation"), incident, mitigation, option: option.optional() }),
  z.object({ form: z.literal("noRollback"), incident }),
  z.object({ form: z.literal("decision"), incident, decision: z.string() }),
] as const;
export type MitigationForm = z.infer<(typeof mitigationForms)[number]>;
export const isMitigationForm = oneOf("form", mitigationForms);
