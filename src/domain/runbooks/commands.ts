import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type RunbooksCommand =
  /** `runbook` names what is posted from now on; `again`: though it has been posted before. */
  | CommandOf<"PostRunbook", { incident: number; runbook: string; name: string; again?: boolean }>
  | CommandOf<"TickStep", { incident: number; runbook: string; step: string }>
  | CommandOf<"UntickStep", { incident: number; runbook: string; step: string }>
  // Due timer.
  | CommandOf<"OfferRunbooks", { incident: number }>;

export const isRunbooksCommand = named<RunbooksCommand["type"]>([
  "PostRunbook",
  "TickStep",
  "UntickStep",
  "OfferRunbooks",
]);
