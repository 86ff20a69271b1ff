import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { MitigationCommand } from "./commands.ts";
import { askMitigation, promptMitigation } from "./decide-due.ts";
import {
  finishMitigation,
  keepMitigation,
  recordMitigation,
  resumeMitigation,
  startMitigation,
} from "./decide-tried.ts";
import { recordDecision, ruleOutRollback } from "./decide-words.ts";

export function decideMitigation(rules: Rules, state: Incident, command: MitigationCommand): Decision {
  switch (command.type) {
    case "RecordMitigation":
      return recordMitigation(rules, state, command);
    case "StartMitigation":
      return startMitigation(rules, state, command);
    case "FinishMitigation":
      return finishMitigation(rules, state, command);
    case "ResumeMitigation":
      return resumeMitigation(state, command);
    case "KeepMitigation":
      return keepMitigation(rules, state, command);
    case "RuleOutRollback":
      return ruleOutRollback(rules, state, command);
    case "RecordDecision":
      return recordDecision(state, command);
    case "PromptMitigation":
      return promptMitigation(rules, state, command);
    case "AskMitigation":
      return askMitigation(rules, state, command);
    default:
      return command satisfies never;
  }
}
