import type { Store } from "../../src/store/port.ts";
import { timedOut } from "./impatient.ts";

/** `killed`: store and line fail from then on. The others happen to one call: its answer is replaced. */
export const disturbances = ["killed", "429", "500", "time-out", "cut line"] as const;
export type Disturbance = (typeof disturbances)[number];

/** As Node's fetch fails when the other side resets the connection. */
const lineCut = () =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  });

const writes = new Set(["commit", "claim", "freeLeases"]);

/** Of a moment: whether it is a call to Slack, whose answer can be replaced; else it is a write to the store. */
export const isCall = (moment: string): boolean => !/^\w+ (?:commit|claim|freeLeases)$/.test(moment);

export interface BreakerOptions {
  /** The moment to disturb, from 0; Infinity disturbs none. */
  at: number;
  disturbance?: Disturbance;
  /** What death is: in process, that nothing the Sitrep still does has an effect. */
  die?: () => void;
}

/**
 * A faulty store and a faulty line to Slack. Moments are counted before and after every commit and every call to Slack; at the
 * chosen one the Sitrep behind it is killed, or the call gets another answer than Slack's, before or after it took effect.
 */
export class Breaker {
  /** What happened so far, in order: `before commit`, `after chat.postMessage`. */
  readonly moments: string[] = [];
  readonly #at: number;
  readonly #disturbance: Disturbance;
  readonly #die: () => void;
  readonly #tripped = Promise.withResolvers<void>();
  #dead = false;

  constructor({ at, disturbance = "killed", die = () => {} }: BreakerOptions) {
    this.#at = at;
    this.#disturbance = disturbance;
    this.#die = die;
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
      const instead = this.#pass(`before ${name}`);
      if (instead) return otherAnswer(instead);
      const response = await fetch(input, init);
      // Taken effect, but the answer never arrives.
      const after = this.#pass(`after ${name}`);
      if (!after) return response;
      await response.arrayBuffer();
      return otherAnswer(after);
    } catch (cause) {
      throw this.#dead ? lineCut() : cause;
    }
  };

  aroundStore = (store: Store): Store =>
    new Proxy(store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== "function") return value;
        const call = (...parameters: unknown[]): unknown => Reflect.apply(value, target, parameters);
        if (typeof property === "symbol" || property === "onWork") return call;
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

  /** @returns how to disturb the call whose moment it is. */
  #pass(moment: string): Exclude<Disturbance, "killed"> | undefined {
    this.#refuseWhenDead();
    const index = this.moments.push(moment) - 1;
    if (index !== this.#at) return undefined;
    if (this.#disturbance !== "killed") return this.#disturbance;
    this.#dead = true;
    this.#die();
    this.#tripped.resolve();
    this.#refuseWhenDead();
    return undefined;
  }

  #refuseWhenDead(): void {
    if (this.#dead) throw new Error("killed");
  }
}

function otherAnswer(disturbance: Exclude<Disturbance, "killed">): Response {
  switch (disturbance) {
    case "429":
      return new Response("", { status: 429, headers: { "retry-after": "7" } });
    case "500":
      return new Response("upstream is ill", { status: 500 });
    case "time-out":
      throw timedOut();
    case "cut line":
      throw lineCut();
    default:
      return disturbance satisfies never;
  }
}
