import { bot } from "../actor.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import type { Happened } from "../reaction.ts";
import type { Rules } from "../rules.ts";
import { isWorse } from "../vocab.ts";
import { takeNextStep } from "./next-step.ts";
import { ringRefused } from "./ring.ts";
import { begin, byItself, happen, passOn, plan, unfold, type Unfolding } from "./unfold.ts";
import { isPlanned, policiesFor, policiesOfServices } from "./walk.ts";

/** Between *Calling @alice in 60 s* and the call, where nobody gave the severity. */
const notice = 60_000;

/** Who is called. */
export function escalationReactions(rules: Rules, { events, before, after }: Happened): IncidentEvent[] {
  const last = events.at(-1);
  if (!last || !isOpen(after)) return [];
  const now = unfold(rules, after, last.at);
  if (before === undefined) declared(now);
  else if (isOpen(before)) changed(now, before);
  for (const event of events) answer(now, event);
  return now.events;
}

function declared(now: Unfolding): void {
  const { state, rules, at } = now;
  const walk = plan(now, policiesFor(rules, state), state.provisional ? at + notice : at, bot);
  if (walk !== undefined && !state.provisional) begin(now, walk, byItself);
}

/** A severity that was given or raised, and services that were added, may name policies that nobody walks yet. */
function changed(now: Unfolding, before: Incident): void {
  const { state, rules, at } = now;
  const added = state.services.filter((name) => !before.services.includes(name));
  const isGiven = before.severity !== state.severity || before.provisional !== state.provisional;
  if (!isGiven && added.length === 0) return;
  const { walks } = state.escalation;
  const waiting = walks.findIndex(isPlanned);
  if (waiting >= 0) return instead(now, waiting);
  const walked = new Set(walks.filter(({ dropped }) => dropped === null).flatMap(({ policies }) => policies));
  const wanted = [...policiesOfServices(rules, added), ...policiesOfRaise(rules, before, state)];
  const walk = plan(
    now,
    wanted.filter((name) => !walked.has(name)),
    at,
    bot,
  );
  if (walk !== undefined) begin(now, walk, byItself);
}

/** That of a higher severity, if it is another one; or the same, where somebody pressed *Don't* before it was raised. */
function policiesOfRaise(rules: Rules, before: Incident, state: Incident): string[] {
  if (!isWorse(state.severity, before.severity)) return [];
  const policy = rules.severities[state.severity].escalation;
  if (policy === null) return [];
  const wasDropped = state.escalation.walks.some(
    ({ dropped, policies }) => dropped !== null && policies.includes(policy),
  );
  const isOther = policy !== rules.severities[before.severity].escalation;
  return isOther || wasDropped ? [policy] : [];
}

/** What waited to begin for a severity that nobody gave gives way to what the incident names now. */
function instead(now: Unfolding, waiting: number): void {
  const { state, rules, at } = now;
  const walk = state.escalation.walks[waiting];
  const policies = policiesFor(rules, state);
  const isSame = walk?.policies.join("\n") === policies.join("\n");
  if (!walk || (isSame && state.provisional)) return;
  if (isSame) return begin(now, waiting, byItself);
  happen(now, { type: "WalkDropped", at, actor: bot, data: { walk: waiting } });
  const planned = plan(now, policies, state.provisional ? walk.beginsAt : at, bot);
  if (planned !== undefined && !state.provisional) begin(now, planned, byItself);
}

function answer(now: Unfolding, event: IncidentEvent): void {
  switch (event.type) {
    case "CommanderStillMissing":
      return takeNextStep(now, { by: bot, reason: null, because: "nobody has taken command" });
    case "EffectRefused":
      return refused(now, event.data);
    case "WebhookMissed": {
      const call = now.state.escalation.calls.find(({ id }) => id === event.data.call);
      return call && passOn(now, call);
    }
    default:
      return;
  }
}

/** The call to somebody was refused for good: whoever else can be reached is called. */
function refused(now: Unfolding, { key }: EventOf<"EffectRefused">["data"]): void {
  const call = now.state.escalation.calls.find(
    ({ id }) => key.endsWith(`:call:${id}`) || key.endsWith(`:step:${id}`) || ringRefused(key)?.call === id,
  );
  if (call) passOn(now, call);
}
