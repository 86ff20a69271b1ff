import { bot } from "../actor.ts";
import { type Decision, noted, refuse } from "../decision.ts";
import { type Incident, isOpen } from "../incident.ts";
import { heldBack, setAgain } from "../presence/quiet.ts";
import type { Rules } from "../rules.ts";
import type { MitigationCommand } from "./commands.ts";
import { isAnyStarted, stageOf } from "./state.ts";

type Of<Type extends MitigationCommand["type"]> = Extract<MitigationCommand, { type: Type }>;

const satisfied = refuse("satisfied", "Nobody has to be asked any more.");

/** Nothing has been started for so long: one prompt an incident, for SEV1 and SEV2. */
export function promptMitigation(rules: Rules, state: Incident, command: Of<"PromptMitigation">): Decision {
  const { at } = command;
  const { mitigation, severity } = state;
  const { promptAfter } = rules.mitigation;
  const isUrgent = severity === "SEV1" || severity === "SEV2";
  const isAnswered = isAnyStarted(mitigation) || mitigation.noRollback || mitigation.prompted;
  if (promptAfter === null || !isOpen(state) || !isUrgent || isAnswered) return satisfied;
  const timer = { type: "PromptMitigation" as const, incident: state.number };
  const due = state.declaredAt + promptAfter;
  if (at < due) return noted([setAgain(timer, at, due)]);
  const later = heldBack(rules, state, timer, command);
  if (later) return noted([later]);
  return noted([{ type: "MitigationPrompted", at, actor: bot, data: { to: whoActs(state) } }]);
}

/** The expected time of a mitigation has passed: its owner is asked once how it went. */
export function askMitigation(rules: Rules, state: Incident, command: Of<"AskMitigation">): Decision {
  const { at, mitigation: id } = command;
  const one = state.mitigation.tried.find((each) => each.id === id);
  if (!isOpen(state) || !one || stageOf(one) !== "running" || one.askedAt !== null) return satisfied;
  const later = heldBack(
    rules,
    state,
    { type: "AskMitigation", incident: state.number, mitigation: id },
    command,
  );
  if (later) return noted([later]);
  return noted([{ type: "MitigationAsked", at, actor: bot, data: { mitigation: id } }]);
}

/** Who stops the bleeding: operations lead, else commander, else whoever declared. */
function whoActs({ roles, declaredBy }: Incident): string | null {
  const { operationsLead, commander } = roles.held;
  return operationsLead?.user ?? commander?.user ?? (declaredBy.kind === "slack" ? declaredBy.user : null);
}
