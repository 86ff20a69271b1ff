import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { runbookSectionSchema } from "./document.ts";

const runbook = z.string();
const step = z.string();

export const runbooksEvents = [
  /** Those that fit the incident, each once. */
  event("RunbooksOffered", { names: z.array(z.string()) }),
  event("RunbookPosted", {
    runbook,
    name: z.string(),
    sections: z.array(runbookSectionSchema),
    escalation: z.string().nullable(),
  }),
  event("RunbookStepDone", { runbook, step }),
  event("RunbookStepUndone", { runbook, step }),
] as const;
export type RunbooksEvent = z.infer<(typeof runbooksEvents)[number]>;

export const isRunbooksEvent = among(runbooksEvents);
