import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { BusinessImpact, Scope, Severity, Trend, UserImpact } from "../vocab.ts";
import type { Words } from "../words.ts";

/** What somebody says to the questions. A missing part leaves what stands, null takes it back. */
export interface Answered {
  userImpact?: { answer?: UserImpact | null; users?: number | null; said?: Words | null };
  businessImpact?: {
    answers?: BusinessImpact[] | null;
    /** Besides those that stand. */
    also?: BusinessImpact;
    /** No longer among them. */
    not?: BusinessImpact;
    amount?: Words | null;
    said?: Words | null;
  };
  scope?: { answer: Scope | null };
  trend?: { answer?: Trend | null; since?: number | null };
  services?: { added: string[]; removed: string[] };
}

export type AssessmentCommand =
  | CommandOf<"AnswerAssessment", { incident: number; answers: Answered; inForm: boolean }>
  /** One click on the proposal of `severity`; `reason` is the id of the words that say why. */
  | CommandOf<"AcceptSeverity", { incident: number; severity: Severity; reason: string }>
  // A due timer.
  | CommandOf<"AskAssessmentAgain", { incident: number }>;

export const isAssessmentCommand = named<AssessmentCommand["type"]>([
  "AnswerAssessment",
  "AcceptSeverity",
  "AskAssessmentAgain",
]);
