const first = 1000;
const longest = 60_000;

/** Evenly spread over [0, 1) for neighbouring ids (Knuth's multiplicative hash). */
const spread = (id: number): number => (Math.imul(id, 2_654_435_761) >>> 0) / 2 ** 32;

/**
 * Milliseconds to wait after the `attempts`-th attempt failed: doubling from a second, a minute at most. Up to a fifth
 * less, by the row's id, so that rows that failed together do not return together.
 */
export function backOff(attempts: number, id = 0): number {
  const doubled = first * 2 ** Math.min(Math.max(attempts, 1) - 1, 16);
  return Math.round(Math.min(longest, doubled) * (1 - 0.2 * spread(id)));
}
