import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

/** Due timers, all of them. */
export type AudiencesCommand =
  | CommandOf<"WarnUpdateDue", { incident: number; due: number }>
  | CommandOf<"EscalateMissedUpdate", { incident: number; due: number }>
  | CommandOf<"AskStillOpen", { incident: number; since: number }>;

export const isAudiencesCommand = named<AudiencesCommand["type"]>([
  "WarnUpdateDue",
  "EscalateMissedUpdate",
  "AskStillOpen",
]);
