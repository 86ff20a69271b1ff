import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import { wireNow, wireTimeout } from "../wire-time.ts";
import type { Answer, EventEnvelope, RequestKind, Retry, Wire, WireTimes } from "./wire.ts";

export interface HttpWireOptions {
  /** Read at each delivery: the bot may listen later, or elsewhere after a restart. */
  requestUrl: () => string | undefined;
  signingSecret: string;
  times: Readonly<WireTimes>;
}

const MOST_REDIRECTS = 2;

/**
 * `v0=` + HMAC-SHA256 over `v0:<timestamp>:<body>`
 * (docs.slack.dev/authentication/verifying-requests-from-slack).
 */
function signatureOf(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Signed POSTs to the app's request URL. */
export class HttpWire implements Wire {
  readonly #options: HttpWireOptions;
  // No connection is reused: one that the bot closed while restarting would fail a delivery by chance.
  readonly #agent = new Agent({ pipelining: 0 });
  readonly #stopped = new AbortController();
  #patience = new AbortController();

  constructor(options: HttpWireOptions) {
    this.#options = options;
  }

  deliverEvent(envelope: EventEnvelope, retry?: Retry): Promise<Answer> {
    const retryHeaders = retry && {
      "x-slack-retry-num": String(retry.num),
      "x-slack-retry-reason": retry.reason,
    };
    return this.#post("application/json", JSON.stringify(envelope), { ...retryHeaders });
  }

  deliverRequest(kind: RequestKind, payload: Record<string, unknown>): Promise<Answer> {
    const fields = kind === "interactive" ? { payload: JSON.stringify(payload) } : payload;
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
    return this.#post("application/x-www-form-urlencoded", form.toString(), {}, kind);
  }

  async deliverNotice(notice: Record<string, unknown>): Promise<void> {
    await this.#post("application/json", JSON.stringify(notice), {});
  }

  // An HTTP bot announces itself to nobody.
  onReachable(): void {}

  giveUp(): void {
    this.#patience.abort();
    this.#patience = new AbortController();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#agent.destroy();
  }

  async #post(
    contentType: string,
    body: string,
    extra: Record<string, string>,
    kind?: RequestKind,
  ): Promise<Answer> {
    const timeout = new AbortController();
    const answered = new AbortController();
    const patience = this.#patience.signal;
    void wireTimeout(
      this.#options.times.ackTimeout,
      AbortSignal.any([answered.signal, this.#stopped.signal, patience]),
    ).then((end) => (end === "elapsed" || patience.aborted) && timeout.abort());
    try {
      return await this.#follow(
        contentType,
        body,
        extra,
        AbortSignal.any([timeout.signal, this.#stopped.signal]),
        kind,
      );
    } catch {
      return { ok: false, reason: timeout.signal.aborted ? "http_timeout" : "connection_failed" };
    } finally {
      answered.abort();
    }
  }

  async #follow(
    contentType: string,
    body: string,
    extra: Record<string, string>,
    signal: AbortSignal,
    kind?: RequestKind,
  ): Promise<Answer> {
    let url = this.#options.requestUrl();
    if (url === undefined) return { ok: false, reason: "connection_failed" };
    for (let redirects = 0; ; redirects++) {
      const timestamp = Math.floor(wireNow() / 1000);
      const response = await request(url, {
        method: "POST",
        dispatcher: this.#agent,
        signal,
        body,
        headers: {
          "content-type": contentType,
          "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          "x-slack-request-timestamp": String(timestamp),
          "x-slack-signature": signatureOf(this.#options.signingSecret, timestamp, body),
          ...extra,
        },
      });
      const text = await response.body.text();
      const status = response.statusCode;
      const location = header(response.headers, "location");
      if (status >= 300 && status < 400 && location !== undefined) {
        if (redirects === MOST_REDIRECTS) return { ok: false, reason: "too_many_redirects", status };
        url = new URL(location, url).href;
        continue;
      }
      // Events want any 2xx, commands and interactions exactly 200.
      const accepted = kind === undefined ? status >= 200 && status < 300 : status === 200;
      if (accepted) return { ok: true, body: parsed(text, header(response.headers, "content-type")) };
      const noRetry = header(response.headers, "x-slack-no-retry") === "1";
      return { ok: false, reason: "http_error", status, noRetry };
    }
  }
}

function header(headers: Record<string, string | string[] | undefined>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function parsed(text: string, contentType: string | undefined): unknown {
  if (text === "") return undefined;
  if (!contentType?.startsWith("application/json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
