import { bot } from "../actor.ts";
import { type Decision, noted, refuse } from "../decision.ts";
import { setSeverity } from "../decide/severity.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { heldBack, setAgain } from "../presence/quiet.ts";
import type { Rules } from "../rules.ts";
import { seenAt } from "../shown.ts";
import { words } from "../words.ts";
import { answerAssessment } from "./answer.ts";
import type { AssessmentCommand } from "./commands.ts";
import { isAssessed } from "./state.ts";

export function decideAssessment(rules: Rules, state: Incident, command: AssessmentCommand): Decision {
  switch (command.type) {
    case "AnswerAssessment":
      return answerAssessment(rules, state, command);
    case "AcceptSeverity":
      return acceptSeverity(rules, state, command);
    case "AskAssessmentAgain":
      return askAgain(rules, state, command);
    default:
      return command satisfies never;
  }
}

type Named<Type extends AssessmentCommand["type"]> = Extract<AssessmentCommand, { type: Type }>;

/** The same as setting it, with the answers as the reason, so that one click is enough in either direction. */
function acceptSeverity(rules: Rules, state: Incident, command: Named<"AcceptSeverity">): Decision {
  const { at, actor, incident, severity } = command;
  const { proposal } = state.assessment;
  if (isOpen(state) && proposal?.severity !== severity) {
    const instead = proposal
      ? `${proposal.severity} is proposed now: ${proposal.reason}`
      : "none is proposed";
    return refuse(
      "not_proposed",
      `${severity} is no longer proposed, so nothing was changed: ${reference(state)} is ${state.severity}, and ${instead}.`,
    );
  }
  const reason = words(command.reason, proposal?.reason ?? "");
  return setSeverity(rules, state, { type: "SetSeverity", at, actor, incident, severity, reason });
}

/** Refused when the questions were answered, or asked again, meanwhile. */
function askAgain(rules: Rules, state: Incident, command: Named<"AskAssessmentAgain">): Decision {
  const { at, incident } = command;
  const { assessment } = state;
  if (!isOpen(state) || isAssessed(state) || assessment.askedAgainAt !== null)
    return refuse("satisfied", "The questions need not be asked again.");
  const { askAgainAfter } = rules.assessment;
  const askedUntil = seenAt(state, state.declaredAt, ["assessment"]) + (askAgainAfter ?? 0);
  if (at < askedUntil) return noted([setAgain({ type: "AskAssessmentAgain", incident }, at, askedUntil)]);
  const held = heldBack(rules, state, { type: "AskAssessmentAgain", incident }, command);
  if (held) return noted([held]);
  return noted([{ type: "AssessmentAskedAgain", at, actor: bot, data: {} }]);
}
