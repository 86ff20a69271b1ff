import { type Decision, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { isBlank } from "../words.ts";
import type { MitigationCommand } from "./commands.ts";

type Of<Type extends MitigationCommand["type"]> = Extract<MitigationCommand, { type: Type }>;

/** Any other decision, for the record; after the end too. */
export function recordDecision(
  state: Incident,
  { at, actor, decision, text }: Of<"RecordDecision">,
): Decision {
  if (text.body === null || isBlank(text.body))
    return refuse("no_text", "Nothing to record: what was decided?", "text");
  if (state.mitigation.decisions.some(({ id }) => id === decision))
    return refuse("recorded", "That decision is recorded already.", "text");
  return said(
    [{ type: "DecisionRecorded", at, actor, data: { decision, text } }],
    state,
    `Recorded as a decision on the timeline of ${reference(state)}.`,
  );
}

/** The answer to the prompt, once. */
export function ruleOutRollback(
  { timezone }: Rules,
  state: Incident,
  { at, actor, reason }: Of<"RuleOutRollback">,
): Decision {
  const { noRollback } = state.mitigation;
  if (!isOpen(state))
    return refuse(
      "resolved",
      `${reference(state)} is ${state.status}: no mitigation is waited for.`,
      "reason",
    );
  if (noRollback) {
    const when = formatClock(noRollback.at, timezone, at);
    return refuse("ruled_out", `Why a rollback is not possible was recorded at ${when} already.`, "reason");
  }
  if (reason.body === null || isBlank(reason.body))
    return refuse("no_reason", "Why is a rollback not possible?", "reason");
  return said(
    [{ type: "RollbackRuledOut", at, actor, data: { reason } }],
    state,
    `Recorded for ${reference(state)}: a rollback is not possible.`,
  );
}
