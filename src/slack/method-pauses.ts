import type { Clock } from "../clock.ts";
import type { Failure } from "./errors.ts";

/**
 * What `Retry-After` asked for, by method. The outbox holds back the effects that a method is the main one of; this holds back
 * every other call of it, such as looking for an own post.
 */
export class MethodPauses {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(method: string, { after }: Extract<Failure, { kind: "limited" }>): void {
    if (after !== undefined) this.#until.set(method, this.#clock.now() + after);
  }

  /** The failure that a call now would be; undefined where it may be made. */
  failureOf(method: string): Failure | undefined {
    const after = (this.#until.get(method) ?? 0) - this.#clock.now();
    if (after > 0) return { kind: "limited", error: "ratelimited", after, held: true };
    this.#until.delete(method);
    return undefined;
  }
}
