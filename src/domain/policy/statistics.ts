import type { Incident } from "../incident.ts";
import { mitigatedAt } from "../mitigation/times.ts";
import type { Severity } from "../vocab.ts";
import { severities } from "../vocab.ts";
import { isCounted } from "./visibility.ts";

/** Of how many incidents a time is known, in ms; what is missing is counted, not guessed. */
export interface Spread {
  n: number;
  missing: number;
  median: number | null;
  p90: number | null;
}

export interface Statistics {
  since: number;
  until: number;
  total: number;
  bySeverity: Record<Severity, number>;
  /** By name, most first; an incident of two services counts for both. */
  byService: { service: string; count: number }[];
  withoutService: number;
  acknowledge: Spread;
  mitigate: Spread;
  resolve: Spread;
  /** Promised next updates that have fallen due, and those that a person kept within the grace. */
  promises: { due: number; kept: number };
  actionItems: { open: number; overdue: number; withoutOwner: number; medianAge: number | null };
}

interface Period {
  since: number;
  now: number;
  /** How long after its time a promise still counts as kept, ms. */
  grace: number;
  /** Today in the zone, `2024-02-20`. */
  today: string;
}

/** Of the incidents declared in the period; drills, cancelled and private ones are out. Times count from the known start. */
export function statisticsOf(all: readonly Incident[], { since, now, grace, today }: Period): Statistics {
  const incidents = all.filter((incident) => isCounted(incident) && incident.declaredAt >= since);
  const from = (end: (incident: Incident) => number | null) =>
    spread(incidents.map((incident) => fromStart(incident, end(incident))));
  return {
    since,
    until: now,
    total: incidents.length,
    bySeverity: countBySeverity(incidents),
    byService: countByService(incidents),
    withoutService: incidents.filter(({ services }) => services.length === 0).length,
    acknowledge: from(({ escalation }) => escalation.acknowledged?.at ?? null),
    mitigate: from(mitigatedAt),
    resolve: from(({ resolved }) => (resolved?.recovered.assumed === false ? resolved.recovered.at : null)),
    promises: promisesOf(incidents, now, grace),
    actionItems: actionItemsOf(incidents, now, today),
  };
}

/** Null where either end is unknown or only assumed. */
function fromStart({ started }: Incident, end: number | null): number | null {
  return started.assumed || end === null || end < started.at ? null : end - started.at;
}

function spread(times: readonly (number | null)[]): Spread {
  const known = times.flatMap((time) => (time === null ? [] : [time])).toSorted((one, other) => one - other);
  return {
    n: known.length,
    missing: times.length - known.length,
    median: median(known),
    p90: known[Math.ceil(known.length * 0.9) - 1] ?? null,
  };
}

/** Of an even number, half-way between the two in the middle. The 90th percentile is one that really occurred. */
function median(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function countBySeverity(incidents: readonly Incident[]): Record<Severity, number> {
  const counts = { SEV1: 0, SEV2: 0, SEV3: 0, SEV4: 0 };
  for (const severity of severities)
    counts[severity] = incidents.filter((incident) => incident.severity === severity).length;
  return counts;
}

function countByService(incidents: readonly Incident[]): Statistics["byService"] {
  const counts = Map.groupBy(
    incidents.flatMap(({ services }) => services),
    (service) => service,
  );
  return [...counts]
    .map(([service, each]) => ({ service, count: each.length }))
    .toSorted((one, other) => other.count - one.count || (one.service < other.service ? -1 : 1));
}

function promisesOf(incidents: readonly Incident[], now: number, grace: number): Statistics["promises"] {
  const kept = incidents.flatMap(({ updates }) =>
    updates.flatMap(({ lines: { nextUpdate } }, index) => {
      if (nextUpdate === null) return [];
      const next = updates.slice(index + 1).find(({ automaticSince }) => automaticSince === null);
      if (next && next.at <= nextUpdate + grace) return [true];
      return nextUpdate + grace <= now && !wasOverBefore(updates, nextUpdate) ? [false] : [];
    }),
  );
  return { due: kept.length, kept: kept.filter(Boolean).length };
}

/** The final update takes back what was promised. */
const wasOverBefore = (updates: Incident["updates"], promised: number): boolean =>
  updates.some(({ final, at }) => final && at <= promised);

function actionItemsOf(
  incidents: readonly Incident[],
  now: number,
  today: string,
): Statistics["actionItems"] {
  const open = incidents
    .flatMap(({ actionItems }) => actionItems)
    .filter(({ done, dropped }) => !done && !dropped);
  const ages = open.map(({ at }) => now - at).toSorted((one, other) => one - other);
  return {
    open: open.length,
    overdue: open.filter(({ due }) => due !== null && due < today).length,
    withoutOwner: open.filter(({ owner }) => owner === null).length,
    medianAge: median(ages),
  };
}
