import type { Store } from "../store/port.ts";
import type { Brakes } from "./brakes.ts";
import type { Performer } from "./performer.ts";

/** Milliseconds since the epoch. */
type Instant = number;

const askEvery = 5 * 60_000;

/** Says when timers that only nudge people wait; see `nudging.ts` for why. */
export class Restraint {
  readonly #store: Pick<Store, "outboxCounts">;
  readonly #performer: Pick<Performer, "isThere">;
  readonly #brakes: Brakes;
  /** When Slack was last asked whether it is there. */
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor({ store, performer }: { store: Store; performer: Performer }, brakes: Brakes) {
    this.#store = store;
    this.#performer = performer;
    this.#brakes = brakes;
  }

  /** @param isBusy something that goes to Slack is under way */
  async holds(now: Instant, isBusy: boolean): Promise<boolean> {
    const nudging = this.#brakes.nudging(now);
    if (nudging === "free" || nudging === "away") return nudging === "away";
    if (nudging === "failing") {
      // It may be one method that fails, or all of Slack.
      if (now < this.#askedAt + askEvery && now >= this.#askedAt) return true;
      this.#askedAt = now;
      if (!(await this.#performer.isThere?.())) return true;
      this.#brakes.answered(now);
    }
    if (isBusy || (await this.#store.outboxCounts(now)).pending > 0) return true;
    this.#brakes.caughtUp();
    return false;
  }
}
