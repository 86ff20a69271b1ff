import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { MitigationOption, MitigationResult } from "../vocab.ts";
import type { Words } from "../words.ts";

export type MitigationCommand =
  | CommandOf<
      "RecordMitigation",
      {
        incident: number;
        /** Names it from now on. */
        mitigation: string;
        option: MitigationOption;
        what: Words;
        whyNotRollback?: Words;
        owner: string | null;
        /** How far it is. */
        stage: "decided" | "started" | "worked";
        /** When it was started, where that was earlier. */
        startedAt?: number;
      }
    >
  | CommandOf<"StartMitigation", { incident: number; mitigation: string }>
  | CommandOf<"FinishMitigation", { incident: number; mitigation: string; result: MitigationResult }>
  /** It was said to have ended and runs still. */
  | CommandOf<"ResumeMitigation", { incident: number; mitigation: string }>
  /** The answer to the question how it goes. */
  | CommandOf<"KeepMitigation", { incident: number; mitigation: string }>
  | CommandOf<"RuleOutRollback", { incident: number; reason: Words }>
  | CommandOf<"RecordDecision", { incident: number; decision: string; text: Words }>
  // Due timers.
  | CommandOf<"PromptMitigation", { incident: number }>
  | CommandOf<"AskMitigation", { incident: number; mitigation: string }>;

export const isMitigationCommand = named<MitigationCommand["type"]>([
  "RecordMitigation",
  "StartMitigation",
  "FinishMitigation",
  "ResumeMitigation",
  "KeepMitigation",
  "RuleOutRollback",
  "RecordDecision",
  "PromptMitigation",
  "AskMitigation",
]);
