import { bot } from "../actor.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { begin, type Cause, callTurn, exhaust, plan, unfold, type Unfolding } from "./unfold.ts";
import { isPlanned, isWalking, policiesFor, uncalled } from "./walk.ts";

/**
 * The next escalation step, now: of a walk under way, else of one that waits to begin, else of the policy that the incident
 * names. No events where nobody is left to call or the incident has ended.
 * @param cause why it comes before its time, in words (`nobody leads`), or who asked for it
 */
export function nextStepNow(
  rules: Rules,
  state: Incident,
  at: number,
  cause: string | Cause,
): IncidentEvent[] {
  if (!isOpen(state)) return [];
  const now = unfold(rules, state, at);
  takeNextStep(now, typeof cause === "string" ? { by: bot, reason: null, because: cause } : cause);
  return now.events;
}

export function takeNextStep(now: Unfolding, cause: Cause): void {
  const { walks } = now.state.escalation;
  const planned = walks.findIndex(isPlanned);
  if (planned >= 0) return beginNow(now, planned, cause);
  const open = walks.findIndex((walk) => isWalking(walk) && uncalled(walk).length > 0);
  if (open >= 0) return callNext(now, open, cause);
  const spent = walks.findIndex((walk) => isWalking(walk) && walk.exhaustedAt === null);
  // While Slack is away nobody has heard of those calls, so nobody could answer: its own timer says when they could have.
  if (spent >= 0 && cause.by.kind === "bot" && isUntold(now.state, spent)) return;
  if (spent >= 0) return exhaust(now, spent);
  if (walks.some(isWalking)) return;
  const walk = plan(now, policiesFor(now.rules, now.state), now.at, cause.by);
  if (walk !== undefined) beginNow(now, walk, cause);
}

/** Of a call that went out at once no message is known either, but only for a second. */
const isUntold = ({ escalation: { calls }, drill }: Incident, walk: number): boolean =>
  !drill &&
  calls.some((call) => call.walk === walk && call.people.some((each) => each.delivery === "pending"));

/** With its first step, whenever that would have been due. */
export function beginNow(now: Unfolding, walk: number, cause: Cause): void {
  begin(now, walk, cause);
  if (now.state.escalation.walks[walk]?.called.length === 0) callNext(now, walk, cause);
}

function callNext(now: Unfolding, walk: number, cause: Cause): void {
  const found = now.state.escalation.walks[walk];
  const [next] = found ? uncalled(found) : [];
  if (next !== undefined) callTurn(now, walk, next, cause);
}
