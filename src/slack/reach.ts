import type { FetchFunction } from "@slack/web-api";
import { failureOf } from "./errors.ts";

/** Whether Slack answered when it was last asked. */
export class Reach {
  #fault: string | undefined;

  /** `fetch`, observed. */
  watch(fetch: FetchFunction): FetchFunction {
    return async (url, init) => {
      try {
        const response = await fetch(url, init);
        this.#fault = response.status >= 500 ? `HTTP ${response.status}` : undefined;
        return response;
      } catch (error) {
        this.#fault = failureOf(error)?.error ?? "the call failed";
        throw error;
      }
    };
  }

  state(): { reachable: boolean; says: string } {
    return this.#fault === undefined
      ? { reachable: true, says: "Slack answers" }
      : { reachable: false, says: `Slack does not answer (${this.#fault})` };
  }
}
