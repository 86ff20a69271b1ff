import type { Participant } from "./clock.ts";

/** Counts what is under way; idle at zero. */
export class InFlight implements Participant {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Call the returned function once when the work is over; a second call does nothing. */
  enter(): () => void {
    this.#count += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#count -= 1;
      if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const leave = this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  isIdle(): boolean {
    return this.#count === 0;
  }

  idle(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
