import { timed } from "../clock.ts";

export interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export type Answered =
  | { as: "taken" }
  /** It understood and said no; or it sends elsewhere, which is not followed: the body is secret. */
  | { as: "refused"; error: string }
  /** `sure`: nothing arrived. `after`: ms that it asks to wait. `error` is a code, never an address. */
  | { as: "failed"; error: string; sure: boolean; after?: number };

/** POSTs it once. `timeout` in wire ms. */
export async function send(
  { url, headers, body }: Sent,
  { fetch, timeout }: { fetch: typeof globalThis.fetch; timeout: number },
): Promise<Answered> {
  return timed(timeout, async (late) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "user-agent": "Sitrep", ...headers },
        body,
        signal: late,
      });
      await response.body?.cancel();
      return answerOf(response);
    } catch (error) {
      if (late.aborted) return { as: "failed", error: `no answer within ${timeout / 1000} s`, sure: false };
      const code = codeOf(error);
      return { as: "failed", error: code ?? "connection lost", sure: code !== undefined && unmet.has(code) };
    }
  });
}

/** Nobody was there to take it. */
const unmet = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function answerOf({ status, headers }: Response): Answered {
  const error = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { as: "taken" };
  if (status === 429) {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    return { as: "failed", error, sure: true, ...(Number.isFinite(seconds) && { after: seconds * 1000 }) };
  }
  if (status >= 500 || status === 408) return { as: "failed", error, sure: false };
  return { as: "refused", error };
}

/** The code of what `fetch` threw; it stands somewhere down its chain of causes. */
function codeOf(thrown: unknown): string | undefined {
  for (let each = thrown, depth = 0; each instanceof Error && depth < 10; each = each.cause, depth++)
    if ("code" in each && typeof each.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(each.code))
      return each.code;
  return undefined;
}
