import type { Incident } from "../incident.ts";

interface Span {
  from: number;
  to: number;
}

/**
 * The times between a recovery and the next reopening, in their order: they lie between the first start and the last recovery,
 * and count as part of neither.
 */
export function calms({ ending, resolved }: Pick<Incident, "ending" | "resolved">): Span[] {
  const end = resolved?.recovered.at ?? Number.POSITIVE_INFINITY;
  const spans: Span[] = [];
  for (const { at, recoveredAt } of ending.reopenings) {
    if (recoveredAt === null) continue;
    // A recovery that was set before an earlier reopening cannot make the same time calm twice.
    const from = Math.max(recoveredAt, spans.at(-1)?.to ?? recoveredAt);
    const to = Math.min(at, end);
    if (from < to) spans.push({ from, to });
  }
  return spans;
}

/** Since when its clocks have run: the declaration, or the last reopening. */
export const runningSince = ({ declaredAt, ending }: Pick<Incident, "declaredAt" | "ending">): number =>
  ending.reopenings.at(-1)?.at ?? declaredAt;
