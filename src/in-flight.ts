/** Counts what has come in and is not answered yet. */
export class InFlight {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  isIdle(): boolean {
    return this.#count === 0;
  }

  /** Resolves once nothing is under way; at once when nothing is. */
  idle(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** @returns what to call, once, when it is answered */
  enter(): () => void {
    this.#count += 1;
    return () => {
      this.#count -= 1;
      if (this.isIdle()) for (const resolve of this.#waiting.splice(0)) resolve();
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
}
