import { bot } from "../actor.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { acknowledge } from "./acknowledge.ts";
import type { EscalationCommand, EscalationCommandNamed } from "./commands.ts";
import { escalate, page } from "./by-hand.ts";
import { beginNow } from "./next-step.ts";
import { noteWebhook } from "./ring.ts";
import { withPeople } from "./reach.ts";
import { begin, byItself, callDue, exhaust, happen, passOn, unfold } from "./unfold.ts";
import { answerableUntil, dueTurns, exhaustedAtLatest, isPlanned, isWalking } from "./walk.ts";
import { checkHeard, confirmStillOnIt, goOn } from "./watch.ts";
import { setAgain } from "../presence/quiet.ts";

export function decideEscalation(rules: Rules, state: Incident, command: EscalationCommand): Decision {
  switch (command.type) {
    case "Acknowledge":
      return acknowledge(rules, state, command);
    case "Escalate":
      return escalate(rules, state, command);
    case "Page":
      return page(rules, state, command);
    case "BeginWalk":
    case "DropWalk":
      return beginOrDrop(rules, state, command);
    case "ConfirmStillOnIt":
      return confirmStillOnIt(state, command);
    case "StartWalk":
      return startWalk(rules, state, command);
    case "CallTurn":
      return callTurn(rules, state, command);
    case "ExhaustWalk":
      return exhaustWalk(rules, state, command);
    case "CheckHeard":
      return checkHeard(rules, state, command);
    case "GoOn":
      return goOn(rules, state, command);
    case "NotePeopleFound":
      return notePeopleFound(rules, state, command);
    case "NoteWebhookReached":
    case "NoteWebhookMissed":
    case "NoteWebhookSpared":
      return noteWebhook(state, command);
    default:
      return command satisfies never;
  }
}

function beginOrDrop(
  rules: Rules,
  state: Incident,
  { type, at, actor, walk: index }: EscalationCommandNamed<"BeginWalk" | "DropWalk">,
): Decision {
  const walk = state.escalation.walks[index];
  if (!walk) return refuse("no_such_walk", "That call is not on record.");
  if (!isOpen(state)) return refuse("ended", `${reference(state)} is ${state.status}: nobody is called.`);
  if (!isPlanned(walk)) {
    const when = formatClock(walk.dropped?.at ?? walk.startedAt ?? at, rules.timezone, at);
    const done = walk.dropped ? `It was called off at ${when}` : `The calls went out at ${when}`;
    return refuse("answered", `${done}, so nothing was changed.`);
  }
  const now = unfold(rules, state, at);
  if (type === "DropWalk") {
    happen(now, { type: "WalkDropped", at, actor, data: { walk: index } });
    return said(now.events, state, "Nobody is called. “escalate” calls all the same, whenever you want.");
  }
  beginNow(now, index, { by: actor, reason: null, because: null });
  return said(now.events, state, "The calls go out now.");
}

function startWalk(
  rules: Rules,
  state: Incident,
  { at, walk: index }: EscalationCommandNamed<"StartWalk">,
): Decision {
  const walk = state.escalation.walks[index];
  if (!walk || !isOpen(state) || !isPlanned(walk)) return satisfied;
  const now = unfold(rules, state, at);
  begin(now, index, byItself);
  return noted(now.events);
}

/** Refused when it was called before its time, or is wanted no more. */
function callTurn(
  rules: Rules,
  state: Incident,
  { at, walk: index }: EscalationCommandNamed<"CallTurn">,
): Decision {
  const walk = state.escalation.walks[index];
  if (!walk || !isOpen(state) || dueTurns(walk, at).length === 0) return satisfied;
  const now = unfold(rules, state, at);
  callDue(now, index, byItself);
  return noted(now.events);
}

function exhaustWalk(
  rules: Rules,
  state: Incident,
  { at, walk: index }: EscalationCommandNamed<"ExhaustWalk">,
): Decision {
  const walk = state.escalation.walks[index];
  const latest = walk ? exhaustedAtLatest(walk) : null;
  if (!walk || !isOpen(state) || !isWalking(walk) || walk.answeredAt !== null) return satisfied;
  if (walk.exhaustedAt !== null || latest === null || latest > at) return satisfied;
  const now = unfold(rules, state, at);
  callDue(now, index, byItself);
  const until = answerableUntil(now.state, index);
  if (until > at) {
    const timer = { type: "ExhaustWalk" as const, incident: state.number, walk: index };
    happen(now, setAgain(timer, at, until));
  } else exhaust(now, index);
  return noted(now.events);
}

const satisfied = refuse("satisfied", "That step is not wanted any more.");

/** What Slack said has happened, whatever the incident's state. */
function notePeopleFound(
  rules: Rules,
  state: Incident,
  { at, call: id, groups, unreachable }: EscalationCommandNamed<"NotePeopleFound">,
): Decision {
  const call = state.escalation.calls.find((each) => each.id === id);
  if (!call || call.sought) return noted([]);
  const aims = call.aims.map((aim) => {
    const found = groups.find(({ name }) => aim.target.kind === "group" && name === aim.target.name);
    if (found?.failure) return { ...aim, failure: found.failure };
    return withPeople(state, aim, [...(found?.people ?? aim.people), ...aim.knew]);
  });
  const now = unfold(rules, state, at);
  happen(now, { type: "PeopleSought", at, actor: bot, data: { call: id, aims, unreachable } });
  const sought = now.state.escalation.calls.find((each) => each.id === id);
  if (sought && isOpen(state)) passOn(now, sought);
  return noted(now.events);
}
