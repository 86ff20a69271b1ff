import { type Effect, isTimer, isWebhook } from "../domain/effect.ts";
import { nudges } from "../domain/nudges.ts";
import type { ClaimedEffect, DueEffect, EffectKind } from "../store/port.ts";
import { Activity, never } from "./activity.ts";
import { Attempts, type AttemptsOptions, type AttemptsStatus } from "./attempts.ts";
import { backOff } from "./back-off.ts";
import { Brakes, type BrakesStatus } from "./brakes.ts";
import { faultOf } from "./fault.ts";
import { Restraint } from "./restraint.ts";
import type { Pace, TierOf } from "./pacing.ts";
import { type Party, partyOf } from "./party.ts";

/** Milliseconds since the epoch. */
type Instant = number;

export interface DispatcherOptions extends AttemptsOptions {
  tierOf: TierOf;
  newToken: () => string;
  /** Effects under way at the same time in Slack; 8. With 1 a run is the same every time. */
  concurrency?: number;
  /** False: no buckets. `Retry-After` and standstills are obeyed all the same. */
  pacing?: boolean;
  /** True: nothing goes to Slack before `resume`. */
  held?: boolean;
}

export interface DispatcherStatus extends BrakesStatus, AttemptsStatus {
  /** What went wrong when the outbox was last asked; null when it answered. */
  storeFault: string | null;
}

// Outlasts the slowest call by far.
const leaseFor = 10 * 60_000;
const drainFor = 10_000;
const pageSize = 50;
/**
 * No back-off is longer: what waits for longer at the start was put off by a clock that has been set back since. Or by a
 * `Retry-After`, which is then asked for once more.
 */
const longestWait = 60_000;
/** Calls to one webhook at the same time. */
const webhookSlots = 4;
/** Timers that are handled at the same time: they share a flush, and a thousand of one second need few. */
const timerSlots = 64;
const unhindered: Pace = { method: null, lane: null };

/** Carries out what the outbox holds: claims what is due, performs it, settles it, sleeps until there is more. */
export class Dispatcher implements AsyncDisposable {
  readonly #options: DispatcherOptions;
  readonly #concurrency: number;
  readonly #activity: Activity;
  readonly #brakes: Brakes;
  readonly #attempts: Attempts;
  readonly #restraint: Restraint;
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
    this.#concurrency = options.concurrency ?? 8;
    this.#activity = new Activity(options.clock);
    this.#brakes = new Brakes({
      tierOf: options.tierOf,
      pacing: options.pacing ?? true,
      held: options.held ?? false,
    });
    this.#restraint = new Restraint(options, this.#brakes);
    this.#attempts = new Attempts(options, this.#activity, this.#brakes, () => this.#lookAgain());
  }

  /** Frees what a predecessor had claimed, then works until `stop`. Rejects when the store cannot be asked. */
  async start(): Promise<void> {
    const { store, clock, log } = this.#options;
    await this.#activity.during(async () => {
      const now = clock.now();
      await store.hasten({ now, after: now + longestWait });
      const freed = await store.freeLeases();
      if (freed > 0) log.warn({ freed }, "effects were under way when the last process ended");
      this.#brakes.answered(this.#options.clock.now());
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

  /** Where one thing is done after the other, timers are no exception. */
  get #oneByOne(): boolean {
    return this.#concurrency === 1;
  }

  #slotsFor(party: Party): number {
    const taken = this.#attempts.performingWith(party);
    if (party === "timers") return this.#oneByOne ? this.#slotsFor("slack") : timerSlots - taken;
    if (party !== "slack") return webhookSlots - taken;
    return this.#concurrency - taken - (this.#oneByOne ? this.#attempts.performingWith("timers") : 0);
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
    if (!this.#oneByOne) await this.#claimAll(now, "timers", { kinds: ["timer"], exceptTypes });
    const kinds: EffectKind[] = [
      ...(this.#brakes.holdsSlack(now) ? [] : (["slack"] as const)),
      ...(this.#oneByOne ? (["timer"] as const) : []),
    ];
    const slack = kinds.length === 0 ? never : await this.#claimAll(now, "slack", { kinds, exceptTypes });
    await this.#claimWebhooks(now);
    const heldUntil = Math.min(slack, this.#brakes.nextProbe(now), this.#brakes.nudgesAt(now));
    const next = await this.#options.store.nextDue(now);
    const nudgesAt = exceptTypes.length > 0 ? this.#restraint.asksAt(now) : never;
    const timer = Math.min(next?.timer ? next.at : never, nudgesAt);
    const effect = Math.min(next && !next.timer ? next.at : never, heldUntil);
    // At the same instant the timer names the wait, so that a test which settles does not run into it.
    return timer <= effect && timer < never ? { at: timer, why: "timer" } : { at: effect, why: "dispatch" };
  }

  /** Fills the slots of a party; says when the first of those that the brakes hold back may start. */
  async #claimAll(
    now: Instant,
    party: Party,
    which: { kinds: readonly EffectKind[]; exceptTypes: readonly string[] },
  ): Promise<Instant> {
    const held = new Set<string>();
    let heldUntil = never;
    // Ours stay ours: a lease that ran out while the store was away must not make an effect happen twice.
    while (this.#slotsFor(party) > 0 && !this.#stopping.signal.aborted) {
      const page = await this.#options.store.due({
        now,
        limit: held.size === 0 ? this.#slotsFor(party) : pageSize,
        exceptTargets: [...this.#attempts.targets, ...held],
        ...which,
      });
      if (page.length === 0) break;
      heldUntil = Math.min(heldUntil, await this.#claimOf(page, now, held));
    }
    return heldUntil;
  }

  /** However much waits for Slack, and however long: whatever ends wakes the loop, so nothing is slept for here. */
  async #claimWebhooks(now: Instant): Promise<void> {
    const held = new Set<string>();
    while (!this.#stopping.signal.aborted) {
      const page = await this.#options.store.due({
        now,
        limit: pageSize,
        exceptTargets: [...this.#attempts.targets, ...held],
        kinds: ["webhook"],
      });
      if (page.length === 0) return;
      await this.#claimOf(page, now, held);
    }
  }

  /** Starts what the brakes let through, adds the targets of the rest to `held`; says when the first of those may start. */
  async #claimOf(page: DueEffect[], now: Instant, held: Set<string>): Promise<Instant> {
    const { store, newToken, wireNow } = this.#options;
    const admitted = new Map<number, DueEffect>();
    let heldUntil = never;
    for (const row of page) {
      const { effect } = row;
      if (!this.#hasSlot(effect, admitted)) {
        if (!isWebhook(effect)) break;
        held.add(row.target);
        continue;
      }
      const at = this.#brakes.admit(row, await this.#paceOf(effect), now);
      if (at <= now) {
        admitted.set(row.id, row);
      } else {
        held.add(row.target);
        heldUntil = Math.min(heldUntil, at);
      }
    }
    if (admitted.size === 0) return heldUntil;
    let claimed: ClaimedEffect[] = [];
    try {
      claimed = await store.claim({
        now,
        token: newToken(),
        leasedUntil: wireNow() + leaseFor,
        ids: [...admitted.keys()],
      });
    } finally {
      for (const { id } of claimed) admitted.delete(id);
      for (const row of admitted.values()) this.#brakes.withdraw(row);
    }
    for (const row of claimed) this.#attempts.begin(row);
    // Overtaken between the two questions: not asked for again now, so that no answer of the store can make this spin.
    for (const { target } of admitted.values()) held.add(target);
    return heldUntil;
  }

  #hasSlot(effect: Effect, admitted: ReadonlyMap<number, DueEffect>): boolean {
    const party = partyOf(effect);
    // A page that is no webhook's is one party's.
    const more = isWebhook(effect)
      ? [...admitted.values()].filter((row) => partyOf(row.effect) === party).length
      : admitted.size;
    return more < this.#slotsFor(party);
  }

  async #paceOf(effect: Effect): Promise<Pace> {
    if (isTimer(effect) || isWebhook(effect)) return unhindered;
    try {
      return await this.#options.performer.paceOf(effect);
    } catch (error) {
      this.#options.log.warn({ type: effect.type, fault: faultOf(error) }, "an effect cannot be paced");
      return unhindered;
    }
  }
}
