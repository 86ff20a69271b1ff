import { nudges } from "../domain/nudges.ts";
import { Activity, never } from "./activity.ts";
import { Attempts, type AttemptsStatus } from "./attempts.ts";
import { backOff } from "./back-off.ts";
import { Brakes, type BrakesStatus } from "./brakes.ts";
import { Claims, type ClaimsOptions } from "./claims.ts";
import { faultOf } from "./fault.ts";
import { lingersFor } from "./performer.ts";
import { Restraint } from "./restraint.ts";
import type { TierOf } from "./pacing.ts";

/** Milliseconds since the epoch. */
type Instant = number;

export interface DispatcherOptions extends ClaimsOptions {
  tierOf: TierOf;
  /** False: no buckets. `Retry-After` and standstills are obeyed all the same. */
  pacing?: boolean;
  /** True: nothing goes to Slack before `resume`. */
  held?: boolean;
}

export interface DispatcherStatus extends BrakesStatus, AttemptsStatus {
  /** What went wrong when the outbox was last asked; null when it answered. */
  storeFault: string | null;
}

const drainFor = 10_000;
/**
 * No back-off is longer: what waits for longer at the start was put off by a clock that has been set back since. Or by a
 * `Retry-After`, which is then asked for once more.
 */
const longestWait = 60_000;

/** Carries out what the outbox holds: claims what is due, performs it, settles it, sleeps until there is more. */
export class Dispatcher implements AsyncDisposable {
  readonly #options: DispatcherOptions;
  readonly #activity: Activity;
  readonly #brakes: Brakes;
  readonly #attempts: Attempts;
  readonly #restraint: Restraint;
  readonly #claims: Claims;
  readonly #stopping = new AbortController();
  #storeFault: string | null = null;
  /** Something was committed or has ended since the loop last looked. */
  #again = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #nap: AbortController | undefined;
  #loop: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#activity = new Activity(options.clock);
    this.#brakes = new Brakes({
      tierOf: options.tierOf,
      pacing: options.pacing ?? true,
      held: options.held ?? false,
    });
    this.#restraint = new Restraint(options, this.#brakes);
    this.#attempts = new Attempts(options, this.#activity, this.#brakes, () => this.#lookAgain());
    this.#claims = new Claims(options, this.#brakes, this.#attempts, this.#stopping.signal);
  }

  /** Frees what a predecessor had claimed, then works until `stop`. Rejects when the store cannot be asked. */
  async start(): Promise<void> {
    const { store, clock, log } = this.#options;
    await this.#activity.during(async () => {
      const now = clock.now();
      await store.hasten({ now, after: now + longestWait });
      const freed = await store.freeLeases({ now, lingersFor });
      if (freed > 0) log.warn({ freed }, "effects were under way when the last process ended");
      if (!this.#options.held) this.#brakes.answered(clock.now());
      this.#unsubscribe = store.onWork(() => this.#lookAgain());
      this.#loop = this.#activity.during(() => this.#work());
    });
  }

  /**
   * Claims nothing more and waits for what is under way, `within` milliseconds of wire time at most. What has not ended by
   * then keeps its lease; the next start looks what became of it.
   */
  async stop(within: number = drainFor): Promise<void> {
    this.#stopping.abort();
    this.#lookAgain();
    await this.#loop;
    const left = await this.#attempts.drain(within);
    this.#unsubscribe?.();
    if (left > 0) this.#options.log.warn({ left }, "stopped while effects were under way");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Slack answers, as somebody else has found out: what waits for it goes at once, not at the next probe. */
  resume(): void {
    this.#brakes.release(this.#options.clock.now());
    this.#lookAgain();
  }

  /** What people do is heard, and what they did before is in the outbox to be read. */
  heard(): void {
    this.#brakes.behind(this.#options.clock.now());
    this.#lookAgain();
  }

  /** True when nothing is under way, nothing could be claimed at this instant, and every commit has been looked at. */
  isIdle(): boolean {
    return this.#activity.isIdle();
  }

  idle(): Promise<void> {
    return this.#activity.idle();
  }

  status(): DispatcherStatus {
    return {
      ...this.#brakes.status(this.#options.clock.now()),
      ...this.#attempts.status(),
      storeFault: this.#storeFault,
    };
  }

  #lookAgain(): void {
    this.#again = true;
    this.#nap?.abort();
  }

  async #work(): Promise<void> {
    const { clock, log } = this.#options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      this.#again = false;
      try {
        const next = await this.#claimWhatIsDue();
        failures = 0;
        this.#storeFault = null;
        if (this.#again) continue;
        this.#nap = new AbortController();
        await this.#activity.rest(next.at, next.why, this.#nap.signal);
        this.#nap = undefined;
      } catch (error) {
        failures += 1;
        const fault = faultOf(error);
        // Told once, not with every try.
        const level = fault === this.#storeFault ? "debug" : "error";
        log[level]({ fault, failures }, "the outbox cannot be read; trying again");
        this.#storeFault = fault;
        await this.#activity.rest(clock.now() + backOff(failures), "dispatch", this.#stopping.signal);
      }
    }
  }

  /** Starts all that may start now; says when there may be more. */
  async #claimWhatIsDue(): Promise<{ at: Instant; why: "dispatch" | "timer" }> {
    const now = this.#options.clock.now();
    // What was to happen at once must not wait until the old time comes again. Timers do: they name an instant.
    if (now < this.#lookedAt) {
      await this.#options.store.hasten({ now, after: now });
      this.#brakes.setBack(this.#lookedAt - now);
    }
    this.#lookedAt = now;
    const isBusy = this.#attempts.performingWith("slack") > 0;
    const exceptTypes = (await this.#restraint.holds(now, isBusy)) ? nudges : [];
    const held = await this.#claims.due(now, exceptTypes);
    const heldUntil = Math.min(held, this.#brakes.nextProbe(now), this.#brakes.nudgesAt(now));
    const next = await this.#options.store.nextDue(now);
    const nudgesAt = exceptTypes.length > 0 ? this.#restraint.asksAt(now) : never;
    const timer = Math.min(next?.timer ? next.at : never, nudgesAt);
    const effect = Math.min(next && !next.timer ? next.at : never, heldUntil);
    // At the same instant the timer names the wait, so that a test which settles does not run into it.
    return timer <= effect && timer < never ? { at: timer, why: "timer" } : { at: effect, why: "dispatch" };
  }
}
