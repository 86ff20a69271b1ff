import { type Actor, bot } from "../actor.ts";
import type { IncidentEvent } from "../event.ts";
import { evolve } from "../evolve.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { Words } from "../words.ts";
import { aimAt, anyMissed, isMissed } from "./reach.ts";
import type { Call, Target, Turn } from "./state.ts";
import { dueAt, dueTurns, isWaiting, known, policyOf, turnsOf, uncalled, waits } from "./walk.ts";

/** What happens in one instant, one event after the other, each seeing what the ones before it have changed. */
export interface Unfolding {
  rules: Rules;
  state: Incident;
  events: IncidentEvent[];
  at: number;
}

/** Who or what brings a call about. */
export interface Cause {
  by: Actor;
  reason: Words | null;
  /** In words of ours, where nobody gave a reason. */
  because: string | null;
  insteadOf?: string;
}

export const byItself: Cause = { by: bot, reason: null, because: null };

export const unfold = (rules: Rules, state: Incident, at: number): Unfolding => ({
  rules,
  state,
  events: [],
  at,
});

export function happen(now: Unfolding, event: IncidentEvent): void {
  now.state = evolve(now.state, event);
  now.events.push(event);
}

/** Freezes policies into a walk; undefined where they call nobody. @returns its index */
export function plan(
  now: Unfolding,
  names: readonly string[],
  beginsAt: number,
  by: Actor,
): number | undefined {
  const policies = known(now.rules, names);
  if (policies.length === 0) return undefined;
  const walk = now.state.escalation.walks.length;
  const { turns, patience } = turnsOf(policies.flatMap((name) => policyOf(now.rules, name) ?? []));
  happen(now, {
    type: "WalkPlanned",
    at: now.at,
    actor: by,
    data: { walk, policies, turns, patience, people: peopleOf(now.rules, turns), beginsAt },
  });
  return walk;
}

function peopleOf({ onCall }: Rules, turns: readonly Turn[]): string[] {
  const targets = turns.flatMap(({ notify }) => notify);
  const people = targets.flatMap(({ kind, name }) => {
    if (kind === "user") return [name];
    const rotation = kind === "oncall" && Object.hasOwn(onCall, name) ? onCall[name] : undefined;
    return rotation ? [...rotation.people, ...rotation.overrides.map(({ person }) => person)] : [];
  });
  return [...new Set(people)];
}

/** Begins a planned walk; what is due at once is called at once. */
export function begin(now: Unfolding, walk: number, cause: Cause): void {
  happen(now, { type: "WalkBegun", at: now.at, actor: cause.by, data: { walk } });
  callDue(now, walk, cause);
}

/** Calls what is due and not called yet, in its order. After a down-time that may be several turns. */
export function callDue(now: Unfolding, walk: number, cause: Cause): void {
  for (;;) {
    const found = now.state.escalation.walks[walk];
    const [next] = found ? dueTurns(found, now.at) : [];
    if (next === undefined) return;
    callTurn(now, walk, next, cause);
  }
}

export function callTurn(now: Unfolding, walk: number, index: number, cause: Cause): void {
  const found = now.state.escalation.walks[walk];
  const turn = found?.turns[index];
  if (!found || !turn) return;
  const due = dueAt(found, index);
  // *Not resolved after 15 minutes* would be untrue before.
  const isTrue = waits(turn) || (due !== null && due <= now.at);
  const call = `${walk}.${index}`;
  make(now, { call, walk, turn: index, notify: turn.notify, message: isTrue ? turn.message : null }, cause);
  const made = now.state.escalation.calls.find(({ id }) => id === call);
  if (made) passOn(now, made);
}

/** Calls people by hand. */
export function callByHand(now: Unfolding, target: Target, cause: Cause): void {
  const call = `page.${now.state.escalation.calls.length}`;
  make(now, { call, walk: null, turn: null, notify: [target], message: null }, cause);
}

function make(
  now: Unfolding,
  {
    call,
    walk,
    turn,
    notify,
    message,
  }: { call: string; walk: number | null; turn: number | null } & Pick<Turn, "notify" | "message">,
  { by, reason, because, insteadOf }: Cause,
): void {
  const aims = notify.map((target) => aimAt(now.rules, now.state, target, now.at));
  happen(now, {
    type: "PeopleCalled",
    at: now.at,
    actor: by,
    data: { call, walk, turn, aims, message, reason, because, insteadOf: insteadOf ?? null },
  });
}

/** A target through which nobody was reached brings the next step at once, also where another target of its step was reached. */
export function passOn(now: Unfolding, call: Call): void {
  const { walks } = now.state.escalation;
  const walk = call.walk === null ? undefined : walks[call.walk];
  if (call.walk === null || !walk || !isWaiting(walk) || call.passedOn || !anyMissed(call)) return;
  const [next] = uncalled(walk);
  if (next === undefined) return exhaust(now, call.walk);
  const because = call.aims.every((aim) => isMissed(call, aim))
    ? "nobody was reached by the step before"
    : "not all of the step before was reached";
  callTurn(now, call.walk, next, { by: bot, reason: null, because, insteadOf: call.id });
}

/** Everybody was called: said loudly, once. */
export function exhaust(now: Unfolding, walk: number): void {
  const found = now.state.escalation.walks[walk];
  if (!found || found.exhaustedAt !== null || !isWaiting(found)) return;
  happen(now, {
    type: "WalkExhausted",
    at: now.at,
    actor: bot,
    data: { walk, phones: now.rules.phones },
  });
}
