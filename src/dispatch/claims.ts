import { type Effect, isTimer, isWebhook } from "../domain/effect.ts";
import type { ClaimedEffect, DueEffect, EffectKind } from "../store/port.ts";
import { never } from "./activity.ts";
import type { Attempts, AttemptsOptions } from "./attempts.ts";
import type { Brakes } from "./brakes.ts";
import { faultOf } from "./fault.ts";
import type { Pace } from "./pacing.ts";
import { type Party, partyOf } from "./party.ts";

/** Milliseconds since the epoch. */
type Instant = number;

export interface ClaimsOptions extends AttemptsOptions {
  newToken: () => string;
  /** Effects under way at the same time in Slack; 8. With 1 a run is the same every time. */
  concurrency?: number;
}

// Outlasts the slowest call by far.
const leaseFor = 10 * 60_000;
const pageSize = 50;
/** Calls to one webhook at the same time. */
const webhookSlots = 4;
/** Timers that are handled at the same time: they share a flush, and a thousand of one second need few. */
const timerSlots = 64;
const unhindered: Pace = { method: null, lane: null };

/** Claims what is due, as far as there are slots and the brakes let it, and has it begun. */
export class Claims {
  readonly #options: ClaimsOptions;
  readonly #concurrency: number;
  readonly #brakes: Brakes;
  readonly #attempts: Attempts;
  readonly #stopping: AbortSignal;

  constructor(options: ClaimsOptions, brakes: Brakes, attempts: Attempts, stopping: AbortSignal) {
    this.#options = options;
    this.#concurrency = options.concurrency ?? 8;
    this.#brakes = brakes;
    this.#attempts = attempts;
    this.#stopping = stopping;
  }

  /** Starts all that may start now; says when the first of what the brakes hold back may. */
  async due(now: Instant, exceptTypes: readonly string[]): Promise<Instant> {
    if (!this.#oneByOne) await this.#fill(now, "timers", { kinds: ["timer"], exceptTypes });
    const kinds: EffectKind[] = [
      ...(this.#brakes.holdsSlack(now) ? [] : (["slack"] as const)),
      ...(this.#oneByOne ? (["timer"] as const) : []),
    ];
    const heldUntil = kinds.length === 0 ? never : await this.#fill(now, "slack", { kinds, exceptTypes });
    await this.#callWebhooks(now);
    return heldUntil;
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

  /** Fills the slots of a party; says when the first of those that the brakes hold back may start. */
  async #fill(
    now: Instant,
    party: Party,
    which: { kinds: readonly EffectKind[]; exceptTypes: readonly string[] },
  ): Promise<Instant> {
    const held = new Set<string>();
    let heldUntil = never;
    // Ours stay ours: a lease that ran out while the store was away must not make an effect happen twice.
    while (this.#slotsFor(party) > 0 && !this.#stopping.aborted) {
      const page = await this.#options.store.due({
        now,
        limit: held.size === 0 ? this.#slotsFor(party) : pageSize,
        exceptTargets: [...this.#attempts.targets, ...held],
        ...which,
      });
      if (page.length === 0) break;
      heldUntil = Math.min(heldUntil, await this.#start(page, now, held));
    }
    return heldUntil;
  }

  /** However much waits for Slack, and however long: whatever ends wakes the loop, so nothing is slept for here. */
  async #callWebhooks(now: Instant): Promise<void> {
    const held = new Set<string>();
    while (!this.#stopping.aborted) {
      const page = await this.#options.store.due({
        now,
        limit: pageSize,
        exceptTargets: [...this.#attempts.targets, ...held],
        kinds: ["webhook"],
      });
      if (page.length === 0) return;
      await this.#start(page, now, held);
    }
  }

  /** Starts what the brakes let through, adds the targets of the rest to `held`; says when the first of those may start. */
  async #start(page: DueEffect[], now: Instant, held: Set<string>): Promise<Instant> {
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
