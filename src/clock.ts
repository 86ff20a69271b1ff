import { randomUUID } from "node:crypto";

/** Milliseconds since the epoch. */
type Instant = number;

/**
 * Why somebody waits. `dispatch`: pacing, back-off, Retry-After. `timer`: a product's due time.
 * A test's `settle()` runs through the first and never through the second.
 */
type Wait = "dispatch" | "timer";

/** Incident time: everything people read and everything that falls due. Injected, so that a test can run three hours in a second. */
export interface Clock {
  now(): Instant;
  /**
   * Resolves when `at` is reached, when the clock is found to have been set back (whoever waits then looks again), or at once
   * when `signal` aborts. Never rejects.
   */
  sleepUntil(at: Instant, why: Wait, signal?: AbortSignal): Promise<void>;
}

// setTimeout counts the time that the process lived through. A clock that is set, or a machine that slept, moves on without
// it, so longer sleeps are taken in pieces.
const longestTimeout = 15_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleepUntil(at, _why, signal) {
    for (let before = Date.now(); !signal?.aborted;) {
      const now = Date.now();
      const left = at - now;
      if (left <= 0 || now < before) return;
      before = now;
      await wireSleep(Math.min(left, longestTimeout), signal);
    }
  },
};

/** Wire time, in milliseconds: signatures, acks, ages of response URLs, leases. Always the machine's. */
export const wireNow = (): Instant => Date.now();

/** Resolves after `ms` of wire time, or at once when `signal` aborts. Never rejects. */
export function wireSleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(stop, ms);
    signal?.addEventListener("abort", stop);
  });
}

/** Whether `work` ends within `ms` of wire time; it goes on in any case. Rejects where it does meanwhile. */
export async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  await Promise.race([work.finally(() => ended.abort()), wireSleep(ms, ended.signal)]);
  return ended.signal.aborted;
}

/** Does `work` with a signal that aborts once it has taken `ms` of wire time. */
export async function timed<Result>(
  ms: number,
  work: (late: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const ended = new AbortController();
  void wireSleep(ms, ended.signal).then(() => late.abort());
  try {
    return await work(late.signal);
  } finally {
    ended.abort();
  }
}

export const newId = (): string => randomUUID();
