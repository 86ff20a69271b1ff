import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Clock } from "../../src/clock.ts";

/** The other process asks whether all is calm at this instant. */
const askedSchema = z.object({ ask: z.number(), now: z.number() });
/** All is, and these waits remain. */
export const calmSchema = z.object({
  calm: z.number(),
  waits: z.array(z.object({ at: z.number(), why: z.enum(["dispatch", "timer"]) })),
});
export type Calm = z.infer<typeof calmSchema>;

type Wait = Parameters<Clock["sleepUntil"]>[1];

interface App {
  isIdle(): boolean;
  idle(): Promise<void>;
}

interface Sleeper {
  at: number;
  why: Wait;
  wake: () => void;
}

const calmTurns = 6;

/** Incident time in a process of its own: it moves when the process that has the virtual clock says so. */
export class RemoteClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleepUntil(at: number, why: Wait, signal?: AbortSignal): Promise<void> {
    if (at <= this.#now || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { at, why, wake: () => {} };
      sleeper.wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", sleeper.wake);
        resolve();
      };
      signal?.addEventListener("abort", sleeper.wake, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Answers whoever asks by IPC, once `app` has nothing more to do at the instant that was told. */
  serve(app: App): void {
    process.on("message", (raw) => {
      const { ask, now } = askedSchema.parse(raw);
      this.#now = now;
      for (const sleeper of this.#sleepers) if (sleeper.at <= now) sleeper.wake();
      void this.#answer(ask, app);
    });
  }

  async #answer(ask: number, app: App): Promise<void> {
    await calm(app);
    const waits = [...this.#sleepers].map(({ at, why }) => ({ at, why }));
    process.send?.({ calm: ask, waits } satisfies Calm);
  }
}

async function calm(app: App): Promise<void> {
  for (let turns = 0; turns < calmTurns; turns++) {
    await setImmediate();
    if (app.isIdle()) continue;
    await app.idle();
    turns = 0;
  }
}
