import { type Decision, refuse } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";

/** `INC-42 was resolved at 14:52 UTC and is closed` */
export function howItEnded({ timezone }: Rules, state: Incident, at: number): string {
  const { resolved, ending, status } = state;
  const clock = (instant: number) => formatClock(instant, timezone, at);
  if (ending.cancelled) {
    const { duplicateOf } = ending.cancelled;
    const as = duplicateOf === null ? "" : ` as the same as ${reference(duplicateOf)}`;
    return `${reference(state)} was cancelled${as} at ${clock(ending.cancelled.at)}`;
  }
  const when = resolved ? ` at ${clock(resolved.at)}` : "";
  return `${reference(state)} was resolved${when}${status === "CLOSED" ? " and is closed" : ""}`;
}

/** For what only a live incident takes. `so` is what follows from its having ended. */
export function refuseOver(
  rules: Rules,
  state: Incident,
  at: number,
  { so, field }: { so: string; field?: string },
): Decision {
  const decision = refuse(
    "resolved",
    `${howItEnded(rules, state, at)}, ${so}. If it is back, reopen it with “reopen REASON”.`,
    field,
  );
  return "refusal" in decision ? { refusal: { ...decision.refusal, reopens: state.number } } : decision;
}
