import { type Decision, refuse, said } from "../decision.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { proposeSeverity } from "../policy/propose-severity.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { businessImpacts, isWorse } from "../vocab.ts";
import type { Answered, AssessmentCommand } from "./commands.ts";
import { type Assessment, type Proposal, type Question, questions } from "./state.ts";

type Answers = Pick<EventOf<"AssessmentAnswered">["data"], Question>;

/** Answers are taken at any time: what was hit is often known late. What is not named stays as it was. */
export function answerAssessment(
  rules: Rules,
  state: Incident,
  command: Extract<AssessmentCommand, { type: "AnswerAssessment" }>,
): Decision {
  const { at, actor, answers, inForm } = command;
  const since = answers.trend?.since ?? null;
  if (since !== null && since > at) {
    const then = formatClock(since, rules.timezone, at);
    return refuse("since_in_future", `${then} has not come yet: since when is it like that?`, "since");
  }
  const changed = changedBy(state.assessment, answers);
  const services = servicesAfter(state, answers.services);
  const isAnswered = questions.some((question) => changed[question] !== undefined);
  if (!isAnswered && !services)
    return refuse("nothing_changed", `Nothing was changed: ${reference(state)} has these answers already.`);
  const events: IncidentEvent[] = services ? [{ type: "ServicesChanged", at, actor, data: services }] : [];
  if (isAnswered) {
    const proposal = proposalFor(rules, state, {
      ...state.assessment,
      ...answersOf(state.assessment, changed),
    });
    events.push({ type: "AssessmentAnswered", at, actor, data: { ...changed, proposal, inForm } });
  }
  return said(events, state, `The answers for ${reference(state)} are recorded.`);
}

/** The answers as they will stand; when and by whom is no matter to what they propose. */
function answersOf(assessment: Assessment, changed: Answers) {
  const by = { at: 0, by: { kind: "bot" as const } };
  const { userImpact, businessImpact, scope, trend } = changed;
  return {
    userImpact: userImpact === undefined ? assessment.userImpact : userImpact && { ...userImpact, ...by },
    businessImpact:
      businessImpact === undefined
        ? assessment.businessImpact
        : businessImpact && { ...businessImpact, ...by },
    scope: scope === undefined ? assessment.scope : scope && { ...scope, ...by },
    trend: trend === undefined ? assessment.trend : trend && { ...trend, ...by },
  };
}

/**
 * What is put to people. A severity as bad as the present one, or worse, at once: further answers can only confirm it. A
 * milder one as soon as users, scope and trend are answered; that nobody named a business impact may well mean that there is
 * none. Never one that they have set aside already.
 */
function proposalFor(rules: Rules, state: Incident, answers: Assessment): Proposal | null {
  const proposal = proposeSeverity(rules.assessment.table, answers);
  if (!proposal || !isOpen(state) || proposal.severity === state.assessment.declined) return null;
  if (proposal.severity === state.severity && !state.provisional) return null;
  const { userImpact, scope, trend } = answers;
  const isMilder = isWorse(state.severity, proposal.severity);
  return !isMilder || (userImpact?.answer && scope?.answer && trend?.answer) ? proposal : null;
}

/** Of each question all that is said to it now; those that stay as they were are left out. */
function changedBy(before: Assessment, answers: Answered): Answers {
  const changed: Answers = {};
  if (answers.userImpact) {
    const { answer = null, users = null, said: sentence = null } = before.userImpact ?? {};
    const now = { answer, users, said: sentence, ...answers.userImpact };
    if (differs(now, { answer, users, said: sentence })) changed.userImpact = orNull(now);
  }
  if (answers.businessImpact) {
    const { answers: named = null, amount = null, said: sentence = null } = before.businessImpact ?? {};
    const { also, not, ...rest } = answers.businessImpact;
    const chosen = rest.answers === undefined ? named : rest.answers;
    const now = {
      amount,
      said: sentence,
      ...rest,
      answers: ordered(also === undefined ? chosen : [...(chosen ?? []), also], not),
    };
    if (differs(now, { amount, said: sentence, answers: named })) changed.businessImpact = orNull(now);
  }
  if (answers.scope && answers.scope.answer !== (before.scope?.answer ?? null))
    changed.scope = orNull(answers.scope);
  if (answers.trend) {
    const { answer = null, since = null } = before.trend ?? {};
    const now = { answer, since, ...answers.trend };
    if (differs(now, { answer, since })) changed.trend = orNull(now);
  }
  return changed;
}

/** Each once, in the order of the question. Taking back the last one leaves the question open. */
function ordered(
  chosen: readonly (typeof businessImpacts)[number][] | null,
  not: (typeof businessImpacts)[number] | undefined,
) {
  if (chosen === null) return null;
  const left = businessImpacts.filter((each) => chosen.includes(each) && each !== not);
  return left.length === 0 && not !== undefined && chosen.length > 0 ? null : left;
}

/** Both are put together in the same order. */
const differs = (now: object, before: object): boolean => JSON.stringify(now) !== JSON.stringify(before);

/** An answer of which nothing is left was taken back. */
const orNull = <Answer extends object>(answer: Answer): Answer | null =>
  Object.values(answer).every((part) => part === null) ? null : answer;

function servicesAfter(
  { services }: Incident,
  change: Answered["services"],
): EventOf<"ServicesChanged">["data"] | null {
  const added = (change?.added ?? []).filter((name) => !services.includes(name));
  const removed = (change?.removed ?? []).filter((name) => services.includes(name));
  if (added.length === 0 && removed.length === 0) return null;
  return {
    services: [...services.filter((name) => !removed.includes(name)), ...new Set(added)],
    added: [...new Set(added)],
    removed,
  };
}
