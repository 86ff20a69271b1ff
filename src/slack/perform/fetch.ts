import { timed } from "../../clock.ts";
import { failureOf, statusFailure } from "../errors.ts";
import { CallFailed } from "../calls.ts";
import type { Stage } from "./stage.ts";

/**
 * POSTs to an address that Slack gave out. `what` stands for it in errors and logs, because such addresses are secrets.
 * @returns the status, below 500 and not 429. @throws CallFailed
 */
export async function post(
  { fetch, timeout }: Pick<Stage, "fetch" | "timeout">,
  what: string,
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<number> {
  try {
    return await timed(timeout, async (late) => {
      const response = await fetch(url, { method: "POST", redirect: "error", signal: late, ...request });
      await response.text();
      if (response.status === 429 || response.status >= 500)
        throw new CallFailed(what, statusFailure(response.status, response.headers.get("retry-after")));
      return response.status;
    });
  } catch (error) {
    const failure = error instanceof CallFailed ? undefined : failureOf(error);
    throw failure ? new CallFailed(what, failure, error) : error;
  }
}
