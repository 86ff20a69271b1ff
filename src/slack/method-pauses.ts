import type { Clock } from "../clock.ts";
import type { Failure } from "./errors.ts";

/**
 * What `Retry-After` asked for, by method. The outbox holds back the effects that a method is the main one of; this holds back
 * every other call of it, such as looking for an own post.
 */
export class MethodPauses {
  readonly #clock: Clock;
  readonly #pauses = new Map<string, { from: number; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(method: string, { after }: Extract<Failure, { kind: "limited" }>): void {
    const from = this.#clock.now();
    if (after !== undefined) this.#pauses.set(method, { from, until: from + after });
  }

  /** The failure that a call now would be; undefined where it may be made. */
  failureOf(method: string): Failure | undefined {
    const pause = this.#pauses.get(method);
    const now = this.#clock.now();
    // A clock set back to before it ends it: nothing may wait for the whole step.
    if (pause && pause.from <= now && now < pause.until)
      return { kind: "limited", error: "ratelimited", after: pause.until - now, held: true };
    this.#pauses.delete(method);
    return undefined;
  }
}
