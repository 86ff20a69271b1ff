import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";

/** What comes of a call: a status, no answer, or a cut line. `after`: it took effect all the same. */
type Trouble = { answer: number | "silence" | "cut"; retryAfter?: number; after?: boolean };

export interface Taken {
  act: string;
  key: string;
  /** The whole body, parsed where it is JSON. */
  body: unknown;
  headers: IncomingMessage["headers"];
}

const pagerdutySchema = z
  .strictObject({
    routing_key: z.string().length(32),
    event_action: z.enum(["trigger", "acknowledge", "resolve"]),
    dedup_key: z.string().min(1).max(255),
    payload: z
      .strictObject({
        summary: z.string().min(1).max(1024),
        source: z.string().min(1),
        severity: z.enum(["critical", "error", "warning", "info"]),
        timestamp: z.iso.datetime(),
        component: z.string().optional(),
        custom_details: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string() })).optional(),
  })
  .refine(({ event_action, payload }) => (event_action === "trigger") === (payload !== undefined));

const mostBytes = 512 * 1024;

/** PagerDuty's Events API v2 and a receiver of signed calls, as strict as they are documented to be, on a port of its own. */
export class Receiver implements AsyncDisposable {
  readonly routingKey = "R0123456789abcdef0123456789abcde";
  readonly secret = "the secret of the receiver";
  /** Calls that took effect, repeats included. */
  readonly taken: Taken[] = [];
  /** Every call that came, with what became of it. */
  readonly calls: string[] = [];
  /** Why a call was refused as malformed. */
  readonly complaints: string[] = [];
  readonly #server: Server;
  #troubles: Trouble[] = [];
  #always: Trouble | undefined;
  #silent: { path: string; meet: () => void } | undefined;
  #grown = Promise.withResolvers<void>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async listen(): Promise<Receiver> {
    const server = createServer((request, response) => void receiver.#take(request, response));
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  }

  /** What `sitrep.yml` says of it, and the environment. */
  get settings(): string {
    return `webhooks:
  pagerduty: { type: pagerduty, routingKey: { env: PD_KEY }, url: "${this.url}/v2/enqueue" }
  pager: { type: http, secret: { env: PAGER_SECRET }, url: "${this.url}/pager" }
`;
  }

  get env(): Record<string, string> {
    return { PD_KEY: this.routingKey, PAGER_SECRET: this.secret };
  }

  /** For the next calls, in order; then it is well again. */
  next(...troubles: Trouble[]): void {
    this.#troubles.push(...troubles);
  }

  /** For every call until it is called without one. */
  always(trouble?: Trouble): void {
    this.#always = trouble;
  }

  /** No call to this path is answered until `end`. */
  silences(path: string): { met: Promise<void>; end: () => void } {
    const met = Promise.withResolvers<void>();
    this.#silent = { path, meet: met.resolve };
    return { met: met.promise, end: () => (this.#silent = undefined) };
  }

  get acts(): string[] {
    return this.taken.map(({ act }) => act);
  }

  /** Resolves when so many calls have come. */
  async came(count: number): Promise<void> {
    while (this.calls.length < count) await this.#grown.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    if (request.url === this.#silent?.path) return this.#silent?.meet();
    const trouble = this.#always ?? this.#troubles.shift();
    const told = this.#toldBy(request, body);
    this.calls.push(`${told?.act ?? "malformed"} ${trouble?.answer ?? (told ? 202 : 400)}`);
    if (told && (!trouble || trouble.after)) this.taken.push(told);
    const { resolve } = this.#grown;
    this.#grown = Promise.withResolvers();
    resolve();
    switch (trouble?.answer) {
      case "silence":
        return;
      case "cut":
        request.socket.destroy();
        return;
      case undefined:
        response.writeHead(told ? 202 : 400).end();
        return;
      default:
        if (trouble?.retryAfter !== undefined) response.setHeader("retry-after", trouble.retryAfter);
        if (trouble?.answer === 302) response.setHeader("location", `${this.url}/elsewhere`);
        response.writeHead(Number(trouble?.answer)).end();
    }
  }

  #toldBy(request: IncomingMessage, body: string): Taken | undefined {
    try {
      if (request.method !== "POST") throw new Error(`${request.method}`);
      if (Buffer.byteLength(body) > mostBytes) throw new Error("too large");
      const { act, key } =
        request.url === "/v2/enqueue" ? this.#event(request, body) : this.#signed(request, body);
      return { act, key, body: jsonOf(body), headers: request.headers };
    } catch (error) {
      this.complaints.push(error instanceof Error ? error.message : "?");
      return undefined;
    }
  }

  #event({ headers }: IncomingMessage, body: string): { act: string; key: string } {
    if (!headers["content-type"]?.startsWith("application/json")) throw new Error("no JSON");
    const event = pagerdutySchema.parse(JSON.parse(body));
    if (event.routing_key !== this.routingKey) throw new Error("unknown routing_key");
    return { act: event.event_action, key: event.dedup_key };
  }

  /** As docs/configuration.md says. */
  #signed({ headers, url }: IncomingMessage, body: string): { act: string; key: string } {
    if (url !== "/pager") throw new Error(`nothing is at ${url}`);
    const timestamp = String(headers["x-sitrep-timestamp"]);
    const signature = String(headers["x-sitrep-signature"]);
    const expected = `v1=${createHmac("sha256", this.secret).update(`v1:${timestamp}:${body}`).digest("hex")}`;
    if (Buffer.byteLength(signature) !== Buffer.byteLength(expected)) throw new Error("not signed");
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw new Error("signed by another");
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error("too old");
    const key = headers["idempotency-key"];
    if (typeof key !== "string") throw new Error("no idempotency-key");
    const told = z.object({ act: z.string() }).safeParse(jsonOf(body));
    return { act: told.success ? told.data.act : body, key };
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
