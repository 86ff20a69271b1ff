import { randomBytes } from "node:crypto";

/**
 * The only place of this room with real time, timers and randomness. Signatures, acknowledgements, trigger ids and
 * response URLs age by the machine's clock, because Bolt compares signatures with it and offers no other.
 */
export function wireNow(): number {
  return Date.now();
}

// Node fires a timer with a longer delay at once.
const LONGEST_TIMER = 2_147_483_647;

/** Resolves after `ms` of wire time, or at once when `signal` aborts; says which. Never rejects. */
export function wireTimeout(ms: number, signal?: AbortSignal): Promise<"elapsed" | "aborted"> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve("aborted");
      return;
    }
    let left = ms;
    let timer: NodeJS.Timeout;
    const onAbort = (): void => {
      clearTimeout(timer);
      resolve("aborted");
    };
    const tick = (): void => {
      if (left <= 0) {
        signal?.removeEventListener("abort", onAbort);
        resolve("elapsed");
        return;
      }
      const step = Math.min(left, LONGEST_TIMER);
      left -= step;
      timer = setTimeout(tick, step);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    timer = setTimeout(tick, Math.min(left, LONGEST_TIMER));
    left -= Math.min(left, LONGEST_TIMER);
  });
}

/** One turn of the event loop: what was ready to run has run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Unguessable, for what is a bearer secret only while the process lives (socket tickets). */
export function wireToken(bytes = 12): string {
  return randomBytes(bytes).toString("hex");
}
