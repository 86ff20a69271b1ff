import type { Clock } from "../clock.ts";

interface Rest {
  until: number;
  signal: AbortSignal | undefined;
}

/** Never elapses: only its signal ends such a rest. */
export const never = Number.POSITIVE_INFINITY;

/**
 * Counts what is under way, so that a test's clock knows when it may step. Work that waits for incident time is at rest,
 * and so idle, until that instant comes or it is woken; from then on it is busy, even before it has noticed.
 */
export class Activity {
  readonly #clock: Clock;
  #working = 0;
  readonly #rests = new Set<Rest>();
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isIdle(): boolean {
    const now = this.#clock.now();
    return (
      this.#working === 0 && [...this.#rests].every(({ until, signal }) => now < until && !signal?.aborted)
    );
  }

  idle(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      this.#report();
    }
  }

  /** Only inside `during`. Ends when `until` has come or `signal` aborts. */
  async rest(until: number, why: "dispatch" | "timer", signal?: AbortSignal): Promise<void> {
    const rest = { until, signal };
    this.#rests.add(rest);
    this.#working -= 1;
    this.#report();
    try {
      await (until === never ? aborted(signal) : this.#clock.sleepUntil(until, why, signal));
    } finally {
      this.#working += 1;
      this.#rests.delete(rest);
    }
  }

  #report(): void {
    if (this.#waiting.length > 0 && this.isIdle()) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}
