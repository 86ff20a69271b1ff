import { otherTimers } from "../domain/nudges.ts";
import type { Store } from "../store/port.ts";
import { never } from "./activity.ts";
import type { Brakes } from "./brakes.ts";
import type { Performer } from "./performer.ts";

/** Milliseconds since the epoch. */
type Instant = number;

/** One lost answer is no outage: soon at first, then ever more rarely. */
const askAgainAfter = 10_000;
const askAtMostAfter = 5 * 60_000;
/** So long an answer shows that Slack is there. */
const answerCounts = 60_000;

/** Says when timers that only nudge people wait; see `nudging.ts` for why. */
export class Restraint {
  readonly #store: Pick<Store, "outboxCounts" | "due">;
  readonly #performer: Pick<Performer, "isThere" | "hears" | "isBack">;
  readonly #brakes: Brakes;
  /** When Slack was last asked whether it is there. */
  #askedAt = Number.NEGATIVE_INFINITY;
  /** How often it was not, one time after the other. */
  #unanswered = 0;
  /** The last sign of it before it was found to be away. */
  #awaySince: Instant | null = null;

  constructor({ store, performer }: { store: Store; performer: Performer }, brakes: Brakes) {
    this.#store = store;
    this.#performer = performer;
    this.#brakes = brakes;
  }

  /** When Slack is asked next, though nothing else happens by then; `never` while there is no need. */
  asksAt(now: Instant): Instant {
    const isAsking = this.#performer.hears() && this.#brakes.nudging(now) === "failing";
    return isAsking && Number.isFinite(this.#askedAt) ? this.#askedAt + this.#patience : never;
  }

  /** @param isBusy something that goes to Slack is under way */
  async holds(now: Instant, isBusy: boolean): Promise<boolean> {
    if (!this.#performer.hears()) {
      // Whoever hears again has what was missed read.
      this.#awaySince = null;
      return true;
    }
    if (await this.#isAway(now)) {
      this.#awaySince ??= Math.min(now, this.#brakes.answeredAt);
      return true;
    }
    if (this.#isBackAfterLong(now)) return true;
    if (this.#brakes.nudging(now) === "free") return false;
    if (isBusy || (await this.#store.outboxCounts(now)).pending > 0) return true;
    this.#brakes.caughtUp();
    return false;
  }

  get #patience(): number {
    return Math.min(askAgainAfter * 2 ** Math.max(0, this.#unanswered - 1), askAtMostAfter);
  }

  async #isAway(now: Instant): Promise<boolean> {
    const nudging = this.#brakes.nudging(now);
    if (nudging === "away") return true;
    if (nudging === "failing") {
      // It may be one method that fails, or all of Slack.
      if (now < this.#askedAt + this.#patience && now >= this.#askedAt) return true;
    } else if (!(await this.#isUnknown(now))) return false;
    this.#askedAt = now;
    const isThere = await isSlackThere(this.#performer, this.#brakes, now);
    this.#unanswered = isThere ? 0 : this.#unanswered + 1;
    if (isThere) return false;
    this.#brakes.silent();
    return true;
  }

  /** Somebody is to be nudged, and nothing has shown of late that Slack is there. */
  async #isUnknown(now: Instant): Promise<boolean> {
    const { answeredAt } = this.#brakes;
    if (now < answeredAt + answerCounts && now >= answeredAt) return false;
    const due = await this.#store.due({ now, limit: 1, kinds: ["timer"], exceptTypes: otherTimers });
    return due.length > 0;
  }

  /** @returns whether it is to be read first what people did meanwhile */
  #isBackAfterLong(now: Instant): boolean {
    const since = this.#awaySince ?? now;
    this.#awaySince = null;
    if (now - since < answerCounts) return false;
    this.#performer.isBack();
    return !this.#performer.hears();
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
