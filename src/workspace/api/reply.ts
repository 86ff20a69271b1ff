import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Fault, Faults } from "../faults.ts";
import type { Answer } from "../methods/contract.ts";

/** Resolves when the answer has left, or when nobody is there any more to take it. */
export async function send(
  res: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<void> {
  if (res.destroyed || res.closed) return;
  res.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  await new Promise<void>((resolve) => {
    res.once("close", resolve);
    res.end(body, () => resolve());
  });
}

export async function sendBytes(res: ServerResponse, bytes: Uint8Array, type: string): Promise<void> {
  if (res.destroyed || res.closed) return;
  res.writeHead(200, { "content-type": type, "content-length": bytes.byteLength });
  await new Promise<void>((resolve) => {
    res.once("close", resolve);
    res.end(bytes, () => resolve());
  });
}

export function sendAnswer(
  res: ServerResponse,
  answer: Answer,
  headers?: Record<string, string>,
): Promise<void> {
  return send(res, 200, JSON.stringify(answer), headers);
}

/** `retryAfter` in whole seconds. */
export function sendRateLimited(res: ServerResponse, retryAfter: number): Promise<void> {
  const body = JSON.stringify({ ok: false, error: "ratelimited" });
  return send(res, 429, body, { "retry-after": String(retryAfter) });
}

export function cut(res: ServerResponse): void {
  res.socket?.destroy();
}

/** Gives a fault for an answer. A silence lasts until the client gives up or the faults are cleared, then it is cut. */
export async function sendFault(res: ServerResponse, fault: Fault, faults: Faults): Promise<void> {
  switch (fault.answer) {
    case 429:
      return sendRateLimited(res, fault.retryAfter ?? 1);
    case 500:
      return send(res, 500, "Internal Server Error", { "content-type": "text/plain" });
    case "cut":
      cut(res);
      return;
    case "silence":
      faults.fallSilent(res.req.headers);
      if (!res.closed) await once(res, "close", { signal: faults.cleared }).catch(() => {});
      cut(res);
      return;
    default:
      return sendAnswer(res, { ok: false, ...fault.answer });
  }
}
