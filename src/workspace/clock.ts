import type { IncidentClock, Instant, Wait } from "./model.ts";
import { nextTurn, wireNow, wireTimeout } from "./wire-time.ts";

/** Somebody whose work must be finished before time may move: the workspace, the bot. */
export interface Participant {
  /** True when nothing is under way that could still happen at this instant. */
  isIdle(): boolean;
  /** Resolves when `isIdle()` has become true; at once when it is. */
  idle(): Promise<void>;
}

/** What the workspace needs of a clock; `RealClock` waits where `VirtualClock` steps. */
export interface WorkspaceClock extends IncidentClock {
  join(participant: Participant): () => void;
  settle(): Promise<void>;
  advance(duration: Duration): Promise<void>;
  advanceTo(instant: Instant | Date | string): Promise<void>;
  /** Lets time run at `rate` × real time until the returned handle is called. */
  flow(rate: number): () => Promise<void>;
  jump(duration: Duration): void;
}

/** Milliseconds, or `"250ms"`, `"90s"`, `"15m"`, `"2h"`, `"3d"`. */
export type Duration = number | string;

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function milliseconds(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration.trim());
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || unit === undefined)
    throw new Error(`Not a duration: "${duration}". Write 90s, 15m, 2h or 3d.`);
  return Number(match[1]) * unit;
}

function instantOf(value: Instant | Date | string): Instant {
  const instant = typeof value === "number" ? value : new Date(value).getTime();
  if (!Number.isFinite(instant))
    throw new Error(`Not an instant: "${String(value)}". Write 2024-02-15T14:30:00Z.`);
  return instant;
}

interface Sleeper {
  at: Instant;
  why: Wait;
  seq: number;
  wake: () => void;
}

// One side's last effect wakes the other through sockets and promises; idle counts only when it lasts this many turns.
const CALM_TURNS = 6;

/**
 * Incident time that moves only when told, and only to the next instant somebody waits for, and only while every
 * participant is idle: a run is the same however slow the machine is.
 */
export class VirtualClock implements WorkspaceClock {
  #now: Instant;
  #seq = 0;
  #sleepers: Sleeper[] = [];
  readonly #participants = new Set<Participant>();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #settleWithin: number;

  /** `settleWithin`: how much incident time `settle()` may spend on dispatch waits before it calls that a runaway. */
  constructor(options: { start?: Instant | Date | string; settleWithin?: Duration } = {}) {
    this.#now = instantOf(options.start ?? "2024-02-15T14:30:00Z");
    this.#settleWithin = milliseconds(options.settleWithin ?? "6h");
  }

  now(): Instant {
    return this.#now;
  }

  sleepUntil(at: Instant, why: Wait, signal?: AbortSignal): Promise<void> {
    if (at <= this.#now || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { at, why, seq: this.#seq++, wake: () => {} };
      sleeper.wake = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener("abort", sleeper.wake);
        resolve();
      };
      signal?.addEventListener("abort", sleeper.wake, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  join(participant: Participant): () => void {
    this.#participants.add(participant);
    return () => this.#participants.delete(participant);
  }

  /** Waits until everybody is idle, stepping through dispatch waits but never to or past a timer. */
  settle(): Promise<void> {
    return this.#exclusively(() => this.#settle());
  }

  /** Steps to each instant somebody waits for up to the target; ends settled, so pacing may carry it past the target. */
  advance(duration: Duration): Promise<void> {
    const ms = milliseconds(duration);
    if (ms < 0) throw new Error("Time only moves forward; jump() turns it back.");
    return this.#exclusively(async () => {
      await this.#stepTo(this.#now + ms);
      await this.#settle();
    });
  }

  /** A target that has passed already only settles. */
  advanceTo(instant: Instant | Date | string): Promise<void> {
    const target = instantOf(instant);
    return this.#exclusively(async () => {
      await this.#stepTo(target);
      await this.#settle();
    });
  }

  flow(rate: number): () => Promise<void> {
    if (!(rate > 0)) throw new Error("The rate must be greater than 0.");
    const stop = new AbortController();
    const run = async (): Promise<void> => {
      let before = wireNow();
      while ((await wireTimeout(10, stop.signal)) === "elapsed") {
        const elapsed = wireNow() - before;
        before += elapsed;
        await this.#exclusively(() => this.#stepTo(this.#now + elapsed * rate, stop.signal));
      }
    };
    const running = run();
    return async () => {
      stop.abort();
      await running;
    };
  }

  /** A step of the machine's clock, also backwards: nobody is waited for. Set back, it wakes whoever sleeps. */
  jump(duration: Duration): void {
    const ms = milliseconds(duration);
    this.#now += ms;
    if (ms < 0) for (const sleeper of this.#sleepers) sleeper.wake();
    else this.#wakeDue();
  }

  async #settle(): Promise<void> {
    const limit = this.#now + this.#settleWithin;
    for (;;) {
      await this.#quiet();
      const next = this.#next();
      if (!next || next.why === "timer") return;
      if (next.at > limit) {
        throw new Error(
          `Still dispatching after ${this.#settleWithin / 60_000} minutes of incident time: does somebody retry for ever?`,
        );
      }
      this.#now = Math.max(this.#now, next.at);
      this.#wakeDue();
    }
  }

  async #stepTo(target: Instant, signal?: AbortSignal): Promise<void> {
    for (;;) {
      await this.#quiet(signal);
      if (signal?.aborted) return;
      const next = this.#next();
      if (!next || next.at > target) break;
      this.#now = Math.max(this.#now, next.at);
      this.#wakeDue();
    }
    this.#now = Math.max(this.#now, target);
  }

  // A timer goes first under equal times, so that settle() stops at it.
  #next(): Sleeper | undefined {
    return this.#sleepers.toSorted(
      (a, b) => a.at - b.at || Number(a.why === "dispatch") - Number(b.why === "dispatch") || a.seq - b.seq,
    )[0];
  }

  #wakeDue(): void {
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    for (const sleeper of due.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) sleeper.wake();
  }

  #quiet(signal?: AbortSignal): Promise<void> {
    return untilCalm(this.#participants, signal);
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = before.then(work, work);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}

/** The machine's own time, for a workspace that people use by hand: `advance` waits, `settle` only waits for calm. */
export class RealClock implements WorkspaceClock {
  readonly #participants = new Set<Participant>();

  now(): Instant {
    return wireNow();
  }

  async sleepUntil(at: Instant, _why: Wait, signal?: AbortSignal): Promise<void> {
    await wireTimeout(Math.max(0, at - wireNow()), signal);
  }

  join(participant: Participant): () => void {
    this.#participants.add(participant);
    return () => this.#participants.delete(participant);
  }

  settle(): Promise<void> {
    return untilCalm(this.#participants);
  }

  async advance(duration: Duration): Promise<void> {
    await this.advanceTo(this.now() + milliseconds(duration));
  }

  async advanceTo(instant: Instant | Date | string): Promise<void> {
    await this.sleepUntil(instantOf(instant), "timer");
    await this.settle();
  }

  flow(rate: number): () => Promise<void> {
    if (rate !== 1) throw new Error("Real time flows at its own rate.");
    return () => Promise.resolve();
  }

  jump(): void {
    throw new Error("Real time cannot be moved.");
  }
}

async function untilCalm(participants: ReadonlySet<Participant>, signal?: AbortSignal): Promise<void> {
  const allIdle = (): boolean => [...participants].every((participant) => participant.isIdle());
  for (;;) {
    const idle = Promise.all([...participants].map((participant) => participant.idle()));
    await (signal ? Promise.race([idle, aborted(signal)]) : idle);
    let turns = 0;
    while (turns < CALM_TURNS && !signal?.aborted) {
      await nextTurn();
      if (!allIdle()) break;
      turns += 1;
    }
    if (turns === CALM_TURNS || signal?.aborted) return;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
