import { type Effect, isWebhook } from "../domain/effect.ts";
import type { ClaimedEffect, DueEffect } from "../store/port.ts";
import { never } from "./activity.ts";
import { backOff } from "./back-off.ts";
import { afterAnswer, afterFailure, freeAt, isFree, type Nudging } from "./nudging.ts";
import {
  isOn,
  type Pace,
  type Pacing,
  pausedMethods,
  pauseMethod,
  readyAt,
  setBack,
  take,
  type TierOf,
  unpaced,
} from "./pacing.ts";
import { lingersFor, type Performed } from "./performer.ts";
import type { Ended } from "./settling.ts";
import { afterEnd, mayProbe, type Standstill } from "./standstill.ts";

/** Milliseconds since the epoch. */
type Instant = number;

export interface BrakesStatus {
  /** Everything that goes to Slack waits since `since`; the next probe is at `until`. */
  standstill: { why: string; since: Instant; until: Instant } | null;
  pausedMethods: { method: string; until: Instant }[];
}

// A `Retry-After` of nothing would be a busy loop.
const shortestRetry = 1000;

/** So many different methods that break one after the other are reason to ask whether Slack is there. */
const fewMethods = 3;

/** They can be carried out though Slack is away, so that they are says nothing of it. */
const askNothing: ReadonlySet<Effect["type"]> = new Set(["FindSubscribers", "SeekPeople", "CallWebhook"]);

/**
 * What holds back effects that go to Slack: buckets, paused methods, a standstill. Of timers only those that would do nothing but nudge people:
 * while Slack is away, and until what had to wait for it has gone out.
 */
export class Brakes {
  readonly #tierOf: TierOf;
  readonly #pacing: boolean;
  #paced: Pacing = unpaced;
  #standstill: Standstill | null = null;
  #held: boolean;
  #nudging: Nudging = { as: "failing" };
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** Methods that broke since Slack last gave an answer. */
  readonly #broken = new Set<string>();

  /**
   * @param pacing false: no buckets; what Slack asks for is obeyed all the same
   * @param held nothing goes to Slack before `release`
   */
  constructor({ tierOf, pacing, held }: { tierOf: TierOf; pacing: boolean; held: boolean }) {
    this.#tierOf = tierOf;
    this.#pacing = pacing;
    this.#held = held;
  }

  /** What goes to Slack waits just now. */
  holdsSlack(now: Instant): boolean {
    return this.#held || (this.#standstill !== null && !mayProbe(this.#standstill, now));
  }

  /** Whether timers that only nudge people wait: for Slack to be back, for an answer of any kind, for what waited before. */
  nudging(now: Instant): "away" | Nudging["as"] {
    if (this.#held || this.#standstill) return "away";
    return isFree(this.#nudging, now) ? "free" : this.#nudging.as;
  }

  /** When they wait no longer, whatever still waits for Slack; `never` while it may be away. */
  nudgesAt(now: Instant): Instant {
    const at = freeAt(this.#nudging) ?? never;
    return at > now ? at : never;
  }

  /** When Slack last gave an answer. */
  get answeredAt(): Instant {
    return this.#answeredAt;
  }

  /** Slack is not there, though no effect has met it. */
  silent(): void {
    this.#nudging = { as: "failing" };
  }

  answered(now: Instant): void {
    this.#answeredAt = now;
    this.#broken.clear();
    this.#nudging = afterAnswer(this.#nudging, now);
  }

  /** More waits for Slack, which people should not be nudged before. */
  behind(now: Instant): void {
    if (isFree(this.#nudging, now)) this.#nudging = { as: "behind", since: now };
  }

  /** Nothing waits for Slack any more. */
  caughtUp(): void {
    this.#nudging = { as: "free" };
  }

  /** When the next probe may start; `never` while one is under way or nothing stands still. */
  nextProbe(now: Instant): Instant {
    const standstill = this.#standstill;
    return standstill && standstill.probe === null && isOn(standstill, now) ? standstill.until : never;
  }

  /** Lets the row start now, and says so by `now`; else says when it may be asked for again. */
  admit(row: DueEffect, pace: Pace, now: Instant): Instant {
    if (row.timer || isWebhook(row.effect)) return now;
    if (this.holdsSlack(now)) return this.nextProbe(now);
    const at = readyAt(this.#paced, pace, this.#tierOf, now);
    if (at > now) return at;
    if (this.#standstill) this.#standstill = { ...this.#standstill, probe: row.id };
    if (this.#pacing) this.#paced = take(this.#paced, pace, this.#tierOf, now);
    return now;
  }

  /** The clock was set back by `step` milliseconds. */
  setBack(step: number): void {
    this.#paced = setBack(this.#paced, step);
  }

  /** Something else has shown that Slack answers. A probe that is under way says nothing any more. */
  release(now: Instant): void {
    this.#held = false;
    this.#standstill = null;
    this.answered(now);
  }

  /** The row was let through but did not start after all. */
  withdraw(row: DueEffect): void {
    if (this.#standstill?.probe === row.id) this.#standstill = { ...this.#standstill, probe: null };
  }

  /** @returns whether it may be all of Slack that is broken, and not this method alone */
  noteBroken(performed: Performed): boolean {
    if (performed.as !== "retry" || performed.method === undefined) return false;
    if (performed.broken) this.#broken.add(performed.method);
    else if (!performed.unasked) this.#broken.clear();
    return performed.broken === true && (this.#standstill !== null || this.#broken.size >= fewMethods);
  }

  /**
   * What an answer means for everything else that waits, and when this row is tried again.
   * @param isDown all of Slack is broken, as it was found
   */
  heed(row: ClaimedEffect, performed: Performed, now: Instant, isDown = false): Ended {
    if (performed.as !== "retry") {
      const isSilent =
        performed.as === "skipped" ||
        (performed.as === "held" && "seen" in performed) ||
        askNothing.has(row.effect.type);
      if (!isSilent) this.answered(now);
      const sign = { as: isSilent ? "silent" : "answered" } as const;
      this.#standstill = afterEnd(this.#standstill, row.id, sign, now);
      return performed;
    }
    if (!isWebhook(row.effect)) this.#nudging = afterFailure(this.#nudging, now);
    const { error, sure, pause, method, lingers, note } = performed;
    const after = performed.after === undefined ? undefined : Math.max(performed.after, shortestRetry);
    const again = now + (after ?? backOff(row.attempts, row.id));
    const isAll = pause === "all" || isDown;
    const sign = isAll
      ? ({ as: "failed", why: error, after } as const)
      : ({ as: performed.unasked ? "silent" : "answered" } as const);
    this.#standstill = afterEnd(this.#standstill, row.id, sign, now);
    if (!isAll && pause === "method" && method !== undefined)
      this.#paced = pauseMethod(this.#paced, method, this.#tierOf, { from: now, until: again });
    const goesOn = isAll && this.#standstill ? this.#standstill.until : again;
    const at = lingers ? Math.max(goesOn, now + lingersFor) : goesOn;
    return { as: "retry", error, sure, at, ...(note && { note }) };
  }

  status(now: Instant): BrakesStatus {
    const standstill = this.#standstill;
    return {
      standstill: standstill && { why: standstill.why, since: standstill.since, until: standstill.until },
      pausedMethods: pausedMethods(this.#paced, now),
    };
  }
}
