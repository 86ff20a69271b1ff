/** Counts what has come in and is not answered yet. */
export class InFlight {
  #count = 0;
  #waiting: (() => void)[] = [];

  isIdle(): boolean {
    return this.#count === 0;
  }

  /** Resolves once nothing is under way; at once when nothing is. */
  idle(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.isIdle()) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }
}
