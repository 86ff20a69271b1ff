import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type AudiencesCommand =
  /** The result of looking for them: a fact. */
  | CommandOf<"NoteSubscribers", { incident: number; n: number; users: string[] }>
  // Due timers.
  | CommandOf<"WarnUpdateDue", { incident: number; due: number }>
  | CommandOf<"EscalateMissedUpdate", { incident: number; due: number }>
  | CommandOf<"AskStillOpen", { incident: number; since: number }>;

export const isAudiencesCommand = named<AudiencesCommand["type"]>([
  "NoteSubscribers",
  "WarnUpdateDue",
  "EscalateMissedUpdate",
  "AskStillOpen",
]);
