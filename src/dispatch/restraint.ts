import type { Store } from "../store/port.ts";
import { never } from "./activity.ts";
import type { Brakes } from "./brakes.ts";
import type { Performer } from "./performer.ts";

/** Milliseconds since the epoch. */
type Instant = number;

const askEvery = 5 * 60_000;

/** Says when timers that only nudge people wait; see `nudging.ts` for why. */
export class Restraint {
  readonly #store: Pick<Store, "outboxCounts">;
  readonly #performer: Pick<Performer, "isThere" | "hears">;
  readonly #brakes: Brakes;
  /** When Slack was last asked whether it is there. */
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor({ store, performer }: { store: Store; performer: Performer }, brakes: Brakes) {
    this.#store = store;
    this.#performer = performer;
    this.#brakes = brakes;
  }

  /** When Slack is asked next, though nothing else happens by then; `never` while there is no need. */
  asksAt(now: Instant): Instant {
    const isAsking = this.#performer.hears() && this.#brakes.nudging(now) === "failing";
    return isAsking && Number.isFinite(this.#askedAt) ? this.#askedAt + askEvery : never;
  }

  /** @param isBusy something that goes to Slack is under way */
  async holds(now: Instant, isBusy: boolean): Promise<boolean> {
    if (!this.#performer.hears()) return true;
    const nudging = this.#brakes.nudging(now);
    if (nudging === "free" || nudging === "away") return nudging === "away";
    if (nudging === "failing") {
      // It may be one method that fails, or all of Slack.
      if (now < this.#askedAt + askEvery && now >= this.#askedAt) return true;
      this.#askedAt = now;
      if (!(await isSlackThere(this.#performer, this.#brakes, now))) return true;
    }
    if (isBusy || (await this.#store.outboxCounts(now)).pending > 0) return true;
    this.#brakes.caughtUp();
    return false;
  }
}

/** Asks, and lets the brakes know when it is. */
export async function isSlackThere(
  performer: Pick<Performer, "isThere">,
  brakes: Brakes,
  now: Instant,
): Promise<boolean> {
  const isThere = await performer.isThere();
  if (isThere) brakes.answered(now);
  return isThere;
}
