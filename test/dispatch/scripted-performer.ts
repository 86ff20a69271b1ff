import type { Clock } from "../../src/clock.ts";
import type { Effect } from "../../src/domain/effect.ts";
import type { Pace } from "../../src/dispatch/pacing.ts";
import type { Performed, Performer } from "../../src/dispatch/performer.ts";
import type { ClaimedEffect } from "../../src/store/port.ts";

export interface Call {
  key: string;
  at: number;
  attempts: number;
  suspect: boolean;
}

type Answer = Performed | ((row: ClaimedEffect) => Performed | Promise<Performed>);

/** Answers *done* unless it was told otherwise, and notes what it was asked. */
export class ScriptedPerformer implements Performer {
  readonly calls: Call[] = [];
  together = 0;
  mostTogether = 0;
  /** Targets that were asked for while they were under way. */
  readonly overlaps: string[] = [];
  /** Asked first; undefined falls through to the script. */
  always: ((row: ClaimedEffect) => Performed | undefined) | undefined;
  isThere = async (): Promise<boolean> => false;
  hears = (): boolean => true;
  isBack = (): void => {};
  readonly #clock: Clock;
  readonly #targets = new Set<string>();
  readonly #answers = new Map<string, Answer[]>();
  readonly #paces = new Map<string, Pace>();
  #watching: { count: number; resolve: () => void }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get keys(): string[] {
    return this.calls.map(({ key }) => key);
  }

  /** The answers to its first attempts, in order; after them it is done. */
  answers(key: string, ...answers: Answer[]): void {
    this.#answers.set(key, [...(this.#answers.get(key) ?? []), ...answers]);
  }

  /** Its attempts stay open until the returned function is called. */
  holds(key: string): (performed?: Performed) => void {
    const { promise, resolve } = Promise.withResolvers<Performed>();
    this.answers(key, () => promise);
    return (performed = { as: "done" }) => resolve(performed);
  }

  paces(user: string, pace: Partial<Pace>): void {
    this.#paces.set(user, { method: null, lane: null, ...pace });
  }

  /** Resolves when it has been asked `count` times altogether. */
  asked(count: number): Promise<void> {
    if (this.calls.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#watching.push({ count, resolve }));
  }

  async perform(row: ClaimedEffect): Promise<Performed> {
    const { key, attempts, suspectSince, target } = row;
    this.calls.push({ key, at: this.#clock.now(), attempts, suspect: suspectSince !== null });
    if (this.#targets.has(target)) this.overlaps.push(target);
    this.#targets.add(target);
    this.together += 1;
    this.mostTogether = Math.max(this.mostTogether, this.together);
    for (const { count, resolve } of this.#watching) if (this.calls.length >= count) resolve();
    this.#watching = this.#watching.filter(({ count }) => this.calls.length < count);
    try {
      const answer = this.always?.(row) ?? this.#answers.get(key)?.shift() ?? { as: "done" };
      return await (typeof answer === "function" ? answer(row) : answer);
    } finally {
      this.#targets.delete(target);
      this.together -= 1;
    }
  }

  paceOf(effect: Effect): Promise<Pace> {
    const user = effect.type === "LearnPerson" ? effect.user : "";
    return Promise.resolve(this.#paces.get(user) ?? { method: null, lane: null });
  }
}
