import { bot } from "../actor.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { heldBack } from "../presence/quiet.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { isBlank } from "../words.ts";
import type { AsksCommand, AsksCommandNamed } from "./commands.ts";
import { type Ask, isPending } from "./state.ts";

/** Until an ask without minutes is chased. */
const usualWait = 10 * 60_000;

export function decideAsks(rules: Rules, state: Incident, command: AsksCommand): Decision {
  switch (command.type) {
    case "AskPerson":
      return askPerson(rules, state, command);
    case "AnswerAsk":
      return answerAsk(rules, state, command);
    case "FinishAsk":
      return finishAsk(rules, state, command);
    case "ChaseAsk":
      return chaseAsk(rules, state, command);
    default:
      return command satisfies never;
  }
}

function askPerson(rules: Rules, state: Incident, command: AsksCommandNamed<"AskPerson">): Decision {
  const { at, actor, ask, to, text, within } = command;
  if (!isOpen(state))
    return refuse(
      "ended",
      `${reference(state)} is ${state.status}, and an ask is work for now. “action” records work for later.`,
    );
  if (text.body === null || isBlank(text.body))
    return refuse("no_text", "Ask for what? Say it in a sentence.", "text");
  const chaseAt = at + (within ?? usualWait);
  const when = formatClock(chaseAt, rules.timezone, at);
  return said(
    [{ type: "Asked", at, actor, data: { ask, to, text, within, chaseAt } }],
    state,
    `<@${to}> is asked in the channel of ${reference(state)}, and chased once at ${when}.`,
  );
}

function answerAsk(rules: Rules, state: Incident, command: AsksCommandNamed<"AnswerAsk">): Decision {
  const { at, actor, accept } = command;
  const ask = state.asks.find(({ id }) => id === command.ask);
  if (!ask) return unknown;
  if (!isOpen(state))
    return refuse("ended", `${reference(state)} is ${state.status}: nothing is asked any more.`);
  if (actor.kind === "slack" && actor.user !== ask.to && accept && isPending(ask) && state.departed[ask.to])
    return said(
      [{ type: "AskTaken", at, actor, data: { ask: ask.id, from: ask.to, to: actor.user } }],
      state,
      "It is yours: press Done when it is.",
    );
  if (actor.kind !== "slack" || actor.user !== ask.to)
    return refuse("not_yours", `That was asked of <@${ask.to}>, so only they can answer.`);
  const again = accept ? "accepted" : "declined";
  if (!isPending(ask) || ask.state === again) return answered(rules, ask, at);
  return said(
    [{ type: "AskAnswered", at, actor, data: { ask: ask.id, accepted: accept } }],
    state,
    accept ? "Accepted: press Done when it is." : "Declined: the channel is told.",
  );
}

/** Anybody may say so; who did is recorded. Also after the end, since the result belongs to the record. */
function finishAsk(rules: Rules, state: Incident, command: AsksCommandNamed<"FinishAsk">): Decision {
  const { at, actor, result } = command;
  const ask = state.asks.find(({ id }) => id === command.ask);
  if (!ask) return unknown;
  if (!isPending(ask)) return answered(rules, ask, at);
  return said(
    [{ type: "AskDone", at, actor, data: { ask: ask.id, result: result ?? null } }],
    state,
    `Done: it is on the timeline of ${reference(state)}.`,
  );
}

function chaseAsk(rules: Rules, state: Incident, command: AsksCommandNamed<"ChaseAsk">): Decision {
  const { type, at, incident } = command;
  const ask = state.asks.find(({ id }) => id === command.ask);
  if (!ask || !isOpen(state) || !isPending(ask) || ask.chasedAt !== null)
    return refuse("satisfied", "That ask needs no chasing.");
  const later = heldBack(rules, state, { type, incident, ask: ask.id }, command);
  return noted([later ?? { type: "AskChased", at, actor: bot, data: { ask: ask.id } }]);
}

const unknown = refuse("no_such_ask", "That ask is not on record.");

const answered = ({ timezone }: Rules, { state, changedAt }: Ask, at: number): Decision =>
  refuse("answered", `That was ${state} at ${formatClock(changedAt, timezone, at)} already.`);
