import type { Store } from "../../src/store/port.ts";

// As Node's fetch fails when the other side resets the connection.
const lineCut = new TypeError("fetch failed", {
  cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
});

const writes = new Set(["commit", "claim", "freeLeases"]);

/**
 * Kills a Sitrep in process: at the chosen moment its store and its line to Slack fail for good, so that nothing it still
 * does has an effect. Moments are counted before and after every commit and every call to Slack.
 */
export class Breaker {
  /** What happened so far, in order: `before commit`, `after chat.postMessage`. */
  readonly moments: string[] = [];
  readonly #at: number;
  readonly #tripped = Promise.withResolvers<void>();
  #dead = false;

  /** `at` counts from 0; Infinity never kills. */
  constructor(at: number) {
    this.#at = at;
  }

  get dead(): boolean {
    return this.#dead;
  }

  get tripped(): Promise<void> {
    return this.#tripped.promise;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : input.toString();
    const name = new URL(address).pathname
      .replace(/^\/(?:api\/)?/, "")
      .replace(/^(upload|response)\/.*/, "$1");
    try {
      this.#pass(`before ${name}`);
      const response = await fetch(input, init);
      // Taken effect, but the answer never arrives.
      this.#pass(`after ${name}`);
      return response;
    } catch (cause) {
      throw this.#dead ? lineCut : cause;
    }
  };

  aroundStore = (store: Store): Store =>
    new Proxy(store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== "function") return value;
        const call = (...parameters: unknown[]): unknown => Reflect.apply(value, target, parameters);
        if (typeof property === "symbol" || property === "onCommit") return call;
        return async (...parameters: unknown[]) => {
          const isWrite = writes.has(property);
          if (isWrite) this.#pass(`before ${property}`);
          else this.#refuseWhenDead();
          const result = await call(...parameters);
          if (isWrite) this.#pass(`after ${property}`);
          else this.#refuseWhenDead();
          return result;
        };
      },
    });

  #pass(moment: string): void {
    this.#refuseWhenDead();
    this.moments.push(moment);
    if (this.moments.length <= this.#at) return;
    this.#dead = true;
    this.#tripped.resolve();
    this.#refuseWhenDead();
  }

  #refuseWhenDead(): void {
    if (this.#dead) throw new Error("killed");
  }
}
