import type { Store, Write } from "../../src/store/port.ts";
import { timedOut } from "./impatient.ts";

/** `killed`: store and line fail from then on. The others happen to one call: its answer is replaced. */
export const disturbances = ["killed", "429", "500", "time-out", "cut line"] as const;
export type Disturbance = (typeof disturbances)[number];

/** As Node's fetch fails when the other side resets the connection. */
const lineCut = () =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  });

/** Of a moment: whether it is a call to Slack, whose answer can be replaced; else it is a write to the store. */
export const isCall = (moment: string): boolean =>
  !/^\w+ (?:commit of|claim|freeLeases|settling) /.test(moment);

/** Of a moment: whether it comes only where two inputs meet, and one of them is decided again. */
export const isConflict = (moment: string): boolean => / again #/.test(moment);

export interface BreakerOptions {
  /** The moment to disturb, by its name; without one nothing is disturbed. */
  at?: string | undefined;
  disturbance?: Disturbance;
  /** What death is: in process, that nothing the Sitrep still does has an effect. */
  die?: () => void;
  /** Hears of each moment before anything comes of it. */
  onMoment?: (moment: string) => void;
}

/**
 * A faulty store and a faulty line to Slack. Moments come before and after every commit and every call to Slack, each named by
 * what happens and how often it has; at the chosen one the Sitrep behind it is killed, or the call gets another answer than
 * Slack's, before or after it took effect.
 */
export class Breaker {
  /** What happened so far, in order: `before commit of UpdatePublished #1`, `after chat.postMessage #3`, `before settling SetTopic as done #1`. */
  readonly moments: string[] = [];
  /** The moment that was disturbed, once it was. */
  met: string | undefined;
  readonly #at: string | undefined;
  readonly #counts = new Map<string, number>();
  readonly #onMoment: (moment: string) => void;
  readonly #disturbance: Disturbance;
  readonly #die: () => void;
  readonly #tripped = Promise.withResolvers<void>();
  #dead = false;

  constructor({ at, disturbance = "killed", die = () => {}, onMoment = () => {} }: BreakerOptions) {
    this.#at = at;
    this.#disturbance = disturbance;
    this.#die = die;
    this.#onMoment = onMoment;
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

  aroundStore = (store: Store): Store => {
    const claimed = new Map<number, string>();
    const tried = new Set<string>();
    const named = ({ settle, incident, message, input }: Write) => {
      if (settle) return `settling ${claimed.get(settle.id)} as ${settle.outcome.as}`;
      const of = incident?.events[0]?.type ?? (message ? "a message" : "something else");
      const [key = ""] = input?.keys ?? [];
      const again = tried.has(key) ? " again" : "";
      if (key !== "") tried.add(key);
      return `commit of ${of}${again}`;
    };
    const writes: Partial<Store> = {
      commit: (write) => this.#around(named(write), () => store.commit(write)),
      claim: async (request) => {
        const rows = await this.#around("claim", () => store.claim(request));
        for (const { id, effect } of rows) claimed.set(id, effect.type);
        return rows;
      },
      freeLeases: (request) => this.#around("freeLeases", () => store.freeLeases(request)),
    };
    return new Proxy(store, {
      get: (target, property) => {
        if (Object.hasOwn(writes, property)) return Reflect.get(writes, property);
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== "function") return value;
        const call = (...parameters: unknown[]): unknown => Reflect.apply(value, target, parameters);
        if (typeof property === "symbol" || property === "onWork") return call;
        return async (...parameters: unknown[]) => {
          this.#refuseWhenDead();
          const result = await call(...parameters);
          this.#refuseWhenDead();
          return result;
        };
      },
    });
  };

  async #around<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
    this.#pass(`before ${name}`);
    const result = await write();
    this.#pass(`after ${name}`);
    return result;
  }

  /** @returns how to disturb the call whose moment it is. */
  #pass(name: string): Exclude<Disturbance, "killed"> | undefined {
    this.#refuseWhenDead();
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const moment = `${name} #${count}`;
    this.moments.push(moment);
    this.#onMoment(moment);
    if (moment !== this.#at) return undefined;
    this.met = moment;
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
