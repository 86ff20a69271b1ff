import type { FetchFunction } from "@slack/web-api";
import { endsWithin, wireNow } from "../clock.ts";
import { failureOf } from "./errors.ts";

/** How long whoever wants to know waits for Slack, in wire milliseconds: probes have little patience. */
export const patience = 2000;

/** Whether Slack answered when it was last asked. */
export class Reach {
  #fault: string | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<unknown> | undefined;
  readonly #onTrouble: () => void;

  /** @param onTrouble told whenever a call brought no answer */
  constructor(onTrouble: () => void = () => {}) {
    this.#onTrouble = onTrouble;
  }

  /** `fetch`, observed. */
  watch(fetch: FetchFunction): FetchFunction {
    return async (url, init) => {
      this.#askedAt = wireNow();
      try {
        const response = await fetch(url, init);
        this.#fault = response.status >= 500 ? `HTTP ${response.status}` : undefined;
        if (this.#fault !== undefined) this.#onTrouble();
        return response;
      } catch (error) {
        this.#fault = failureOf(error)?.error ?? "the call failed";
        this.#onTrouble();
        throw error;
      }
    };
  }

  /** Asks by `ask`, a call through the observed `fetch`, unless Slack was asked in the last `within` wire milliseconds. */
  async check(within: number, ask: () => Promise<unknown>): Promise<void> {
    if (!this.#asking && wireNow() - this.#askedAt < within) return;
    // What goes wrong with it is seen by the observed fetch.
    this.#asking ??= ask()
      .catch(() => undefined)
      .finally(() => (this.#asking = undefined));
    if (!(await endsWithin(patience, this.#asking))) this.#fault = `no answer within ${patience / 1000} s`;
  }

  state(): { reachable: boolean; says: string } {
    return this.#fault === undefined
      ? { reachable: true, says: "Slack answers" }
      : { reachable: false, says: `Slack does not answer (${this.#fault})` };
  }
}
