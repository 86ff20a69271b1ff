import type { Faults } from "../../src/workspace/faults.ts";

const tag = "x-call-of-the-tests";

/** As `AbortSignal.timeout` ends a call. */
export const timedOut = (): DOMException =>
  new DOMException("The operation was aborted due to timeout", "TimeoutError");

/**
 * A `fetch` that gives a call up as soon as Slack is silent about it: no test waits for a time-out, and none is so short
 * that a busy machine could be taken for a silent Slack.
 */
export function impatient(faults: Faults): typeof globalThis.fetch {
  const open = new Map<string, AbortController>();
  let calls = 0;
  faults.onSilence((headers) => open.get(String(headers[tag]))?.abort(timedOut()));
  return async (input, init) => {
    const id = String(++calls);
    const silence = new AbortController();
    open.set(id, silence);
    const headers = new Headers(init?.headers);
    headers.set(tag, id);
    const signal = init?.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal;
    try {
      return await globalThis.fetch(input, { ...init, headers, signal });
    } finally {
      open.delete(id);
    }
  };
}
