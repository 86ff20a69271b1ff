import type { Clock } from "../clock.ts";
import { catchUp } from "../domain/effect-routing.ts";
import type { Incident } from "../domain/incident.ts";
import { anybody, isVisibleTo } from "../domain/policy/visibility.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/port.ts";
import { Activity } from "./activity.ts";
import { backOff } from "./back-off.ts";
import { faultOf } from "./fault.ts";
import { unread } from "./unread.ts";

interface CatchingUpOptions {
  store: Store;
  clock: Clock;
  newId: () => string;
  log: Pick<Log, "info" | "warn" | "error">;
}

const minute = 60_000;
/**
 * In an incident hardly a quarter of an hour passes without a word, were it one of Sitrep's own updates, which comes back as an
 * event. Slack switches a subscription off without telling the app.
 */
const silentFor = 15 * minute;
/** Where nothing was missed after all, the next look comes after twice the time, up to this. */
const silentAtMost = 4 * 60 * minute;
/** Of one event that Slack gave up, or of one channel that has fallen silent, nothing tells while others are heard. */
const unlookedAtMost = 60 * minute;
/** What Slack had to repeat was not heard the first time, and what it gave up meanwhile not at all. */
const doubtedAtMost = 5 * minute;

/**
 * Has every open incident's history read, and once more that of each that has ended: when asked, when Slack has been silent for
 * long or has repeated itself, and now and then in any case.
 */
export class CatchingUp implements AsyncDisposable {
  readonly #options: CatchingUpOptions;
  readonly #activity: Activity;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #patience = silentFor;
  #lookedAt: number;
  /** Null: not since the last look. */
  #heardAt: number | null = null;
  #isDoubtful = false;
  #nap = new AbortController();
  /** A wish is not stored yet: whatever is wished for meanwhile comes with it. */
  #asking: Promise<void> | undefined;

  constructor(options: CatchingUpOptions) {
    this.#options = options;
    this.#activity = new Activity(options.clock);
    this.#lookedAt = options.clock.now();
  }

  start(): void {
    this.#loop = this.#activity.during(() => this.#watch());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nap.abort();
    await this.#loop;
    await this.#activity.idle();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  isIdle(): boolean {
    return this.#activity.isIdle();
  }

  idle(): Promise<void> {
    return this.#activity.idle();
  }

  /** An event came, and was taken in. `missedAt`: since then Slack had tried before. */
  heard(missedAt = Number.NEGATIVE_INFINITY): void {
    this.#heardAt = this.#options.clock.now();
    // Slack gives it in whole seconds.
    if (missedAt + 1000 > this.#lookedAt && !this.#isDoubtful) {
      this.#isDoubtful = true;
      this.#nap.abort();
    }
    this.#wait(silentFor);
  }

  /**
   * Several wishes before the first is begun are one: see the effect. Resolves when it is stored; a wish that cannot be is brought
   * again.
   */
  ask(): Promise<void> {
    // Whoever waits for another's wish is not under way besides.
    return this.#asking ? this.#ask() : this.#activity.during(() => this.#ask());
  }

  async #ask(): Promise<void> {
    this.#lookedAt = this.#options.clock.now();
    this.#heardAt = null;
    this.#isDoubtful = false;
    this.#asking ??= this.#store().finally(() => (this.#asking = undefined));
    await this.#asking;
  }

  async #store(): Promise<void> {
    const { store, clock, newId, log } = this.#options;
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      try {
        const at = clock.now();
        const { incidents, meta } = await unread(store);
        const cause = newId();
        const outbox = incidents.map(({ number }) => catchUp(number, cause, at));
        if (outbox.length > 0 || meta) await store.commit({ at, outbox, ...(meta && { meta }) });
        return;
      } catch (error) {
        failures += 1;
        if (failures === 1)
          log.error({ fault: faultOf(error) }, "catching up cannot be asked for; trying again");
        await this.#activity.rest(clock.now() + backOff(failures), "dispatch", this.#stopping.signal);
      }
    }
  }

  /** One line a run; none of a private incident, of which the log's readers may not know. */
  tell(incident: Incident, found: Record<string, number>): void {
    const sum = Object.values(found).reduce((all, count) => all + count, 0);
    if (sum > 0) this.#wait(silentFor);
    if (isVisibleTo(incident, anybody))
      this.#options.log.info({ incident: incident.number, ...found }, "caught up with Slack");
  }

  #wait(patience: number): void {
    if (this.#patience === patience) return;
    this.#patience = patience;
    this.#nap.abort();
  }

  async #watch(): Promise<void> {
    const { clock } = this.#options;
    while (!this.#stopping.signal.aborted) {
      const now = clock.now();
      const due = this.#dueAt(now);
      if (due > now) {
        this.#nap = new AbortController();
        await this.#activity.rest(due, "timer", AbortSignal.any([this.#nap.signal, this.#stopping.signal]));
        continue;
      }
      this.#patience = Math.min(this.#patience * 2, silentAtMost);
      // Within the same activity: counted twice it would never be at rest. Nor would it while it waited for another's wish.
      const isAsked = this.#asking !== undefined;
      const stored = this.#ask();
      if (!isAsked) await stored;
    }
  }

  /** Of a clock that was set back, everything counts from now. */
  #dueAt(now: number): number {
    this.#lookedAt = Math.min(this.#lookedAt, now);
    if (this.#heardAt === null) return this.#lookedAt + this.#patience;
    this.#heardAt = Math.min(this.#heardAt, now);
    const atMost = this.#isDoubtful ? doubtedAtMost : unlookedAtMost;
    return Math.min(this.#heardAt + this.#patience, this.#lookedAt + atMost);
  }
}
