import { runningSince } from "../ending/calm.ts";
import type { Incident } from "../incident.ts";
import { lastActAt } from "../mitigation/words.ts";
import type { Rules } from "../rules.ts";
import { isLive, type MissedUpdateAct, type Severity } from "../vocab.ts";

type Clocked = Pick<Incident, "severity" | "status" | "declaredAt" | "ending" | "assessment">;

const slowestForSev1 = 60 * 60_000;

/** When an update at `at` promises the next one; null where no clock runs. */
export function nextPromise(rules: Rules, state: Clocked, at: number): number | null {
  const interval = updateInterval(rules, state, at);
  return interval === null ? null : at + interval;
}

/**
 * What a raised severity promises: the earlier of what was promised before and a first interval of its own. A promise that is
 * overdue is kept by the update that tells of the raise, so it counts no more.
 */
export function promiseNoLater(
  rules: Rules,
  state: Clocked & Pick<Incident, "nextDue">,
  at: number,
): number | null {
  const promises = [state.nextDue, firstUpdateDue(rules, state.severity, at)].flatMap((each) =>
    each !== null && each > at ? [each] : [],
  );
  return promises.length > 0 ? Math.min(...promises) : nextPromise(rules, state, at);
}

/** Milliseconds from an update to the next. Doubled while MONITORING, and after `slowAfter` unless it gets worse. */
function updateInterval(rules: Rules, state: Clocked, at: number): number | null {
  const { severity, status } = state;
  const base = rules.severities[severity].updateEvery;
  if (base === null || !isLive(status)) return null;
  const { slowAfter } = rules.updates;
  const isLong = slowAfter !== null && at - runningSince(state) >= slowAfter;
  const calm = status === "MONITORING" || (isLong && state.assessment.trend?.answer !== "worsening");
  const interval = calm ? base * 2 : base;
  return severity === "SEV1" ? Math.min(interval, Math.max(base, slowestForSev1)) : interval;
}

/** When the first update is due after the announcement, or after the severity was raised. */
export function firstUpdateDue(rules: Rules, severity: Severity, since: number): number | null {
  const first = rules.severities[severity].firstUpdate;
  return first === null ? null : since + first;
}

export const missedUpdateAct = (rules: Rules, severity: Severity): MissedUpdateAct =>
  rules.severities[severity].whenMissed ?? rules.updates.whenMissed;

/** The last time a person reported something: an update of whatever length, what became of a mitigation, or the declaration. */
export function lastReportedAt({ updates, mitigation, declaredAt }: Incident): number {
  const last = updates.findLast((update) => update.automaticSince === null);
  return Math.max(last?.at ?? declaredAt, ...mitigation.tried.map(lastActAt));
}
