import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { SocketDesk } from "../model.ts";
import { wireTimeout, wireToken } from "../wire-time.ts";
import type { Answer, EventEnvelope, RequestKind, Retry, Wire, WireTimes } from "./wire.ts";

export interface SocketWireOptions {
  appId: string;
  /** `ws://127.0.0.1:PORT`, known once the server listens. */
  address: () => string;
  times: Readonly<WireTimes>;
  /** Told what an app did that Slack would shrug at: an ack for nothing, a frame that is no JSON. */
  onOddity: (text: string) => void;
}

export type DisconnectReason =
  | "warning"
  | "refresh_requested"
  | "link_disabled"
  | "too_many_websockets"
  // Slack's page does not say that these are all.
  | "of_what_may_come";

interface Link {
  socket: WebSocket;
  /** Told to reconnect: gets nothing new. */
  retiring: boolean;
  /** Its other end has died without a word: what it is given goes nowhere. */
  frozen: boolean;
  waiting: Map<string, (answer: Answer) => void>;
}

const MOST_CONNECTIONS = 10;
const Ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode): up to ten links, each payload goes to one. */
export class SocketWire implements Wire, SocketDesk {
  readonly #options: SocketWireOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #listeners: (() => void)[] = [];
  readonly #stopped = new AbortController();
  #patience = new AbortController();
  #links: Link[] = [];
  #turn = 0;
  #envelopes = 0;
  #withoutHello = 0;
  #refused: number[] = [];
  #ghosts = 0;
  #isOff = false;

  constructor(options: SocketWireOptions) {
    this.#options = options;
  }

  issueUrl(): string {
    const ticket = wireToken();
    this.#tickets.add(ticket);
    return `${this.#options.address()}/link/?ticket=${ticket}&app_id=${this.#options.appId}`;
  }

  /** For the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", "ws://workspace");
    const ticket = url.searchParams.get("ticket") ?? "";
    const valid = url.pathname === "/link/" && this.#tickets.delete(ticket);
    const refused = this.#refused.shift() ?? (valid ? undefined : 401);
    if (refused === undefined)
      this.#server.handleUpgrade(request, stream, head, (socket) => this.#connected(socket));
    else stream.end(`HTTP/1.1 ${refused} ${STATUS_CODES[refused] ?? ""}\r\nconnection: close\r\n\r\n`);
  }

  /** As Slack counts them, ghosts included. */
  get connections(): number {
    return this.#links.length + this.#ghosts;
  }

  /** Fault: the next `n` links get no `hello`. */
  omitHello(n = 1): void {
    this.#withoutHello += n;
  }

  /** Fault: the next `n` upgrades are answered 503, or 409 as seen in the field (node-slack-sdk#2094). */
  refuse(n = 1, status: 503 | 409 = 503): void {
    this.#refused.push(...Array<number>(n).fill(status));
  }

  /** Fault: the links' other end dies without closing: no pong, no ping, and what they are given goes nowhere. */
  freeze(): void {
    for (const link of this.#links) {
      link.frozen = true;
      link.socket.pause();
    }
  }

  /**
   * Fault: so many links more that Slack takes for open, of processes that are gone or belong to somebody else
   * (python-slack-sdk#1940). They get their share of what is sent, and answer nothing.
   */
  haunt(ghosts: number): void {
    this.#ghosts = ghosts;
  }

  /** Socket Mode is switched off or on for the app: every link, and every new one, is told `link_disabled`. */
  switch(state: "on" | "off"): void {
    this.#isOff = state === "off";
    if (this.#isOff) this.disconnect("link_disabled");
  }

  /** Sends the frame to every link. They get nothing new and are closed soon after, by `link_disabled` at once. */
  disconnect(reason: DisconnectReason): void {
    for (const link of this.#links) this.#retire(link, reason);
  }

  /** Fault: every link breaks without a closing handshake. */
  cut(): void {
    for (const link of this.#links) link.socket.terminate();
  }

  deliverEvent(envelope: EventEnvelope, retry?: Retry): Promise<Answer> {
    return this.#send({
      type: "events_api",
      accepts_response_payload: false,
      retry_attempt: retry?.num ?? 0,
      retry_reason: retry ? (retry.reason === "http_timeout" ? "timeout" : retry.reason) : "",
      payload: envelope,
    });
  }

  async deliverRequest(kind: RequestKind, payload: Record<string, unknown>): Promise<Answer> {
    return this.#send({ type: kind, accepts_response_payload: true, payload });
  }

  // Whether Slack tells of dropped events over a link is not documented.
  async deliverNotice(): Promise<void> {}

  onReachable(listener: () => void): void {
    this.#listeners.push(listener);
  }

  giveUp(): void {
    this.#patience.abort();
    this.#patience = new AbortController();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connected(socket: WebSocket): void {
    const link: Link = { socket, retiring: false, frozen: false, waiting: new Map() };
    socket.on("error", () => socket.terminate());
    const refusal = this.#isOff
      ? "link_disabled"
      : this.connections >= MOST_CONNECTIONS
        ? "too_many_websockets"
        : undefined;
    if (refusal) {
      this.#retire(link, refusal);
      socket.close();
      return;
    }
    this.#links.push(link);
    socket.on("message", (data) => this.#received(link, data));
    socket.on("close", () => {
      this.#links = this.#links.filter((other) => other !== link);
      for (const answer of link.waiting.values()) answer({ ok: false, reason: "connection_failed" });
    });
    void this.#keepAlive(link);
    if (this.#withoutHello > 0) {
      this.#withoutHello -= 1;
      link.retiring = true;
      return;
    }
    this.#frame(socket, {
      type: "hello",
      num_connections: this.connections,
      connection_info: { app_id: this.#options.appId },
      debug_info: {
        host: "applink-local",
        started: "1970-01-01 00:00:00.000",
        build_number: 1,
        approximate_connection_time: 18060,
      },
    });
    for (const listener of this.#listeners) listener();
  }

  #received(link: Link, data: RawData): void {
    const ack = Ack.safeParse(jsonOf(textOf(data)));
    if (!ack.success) {
      this.#options.onOddity("A frame without an envelope_id came over the socket.");
      return;
    }
    const answer = link.waiting.get(ack.data.envelope_id);
    if (!answer) {
      this.#options.onOddity(
        `Nobody waits for an ack of envelope ${ack.data.envelope_id}: late, repeated or on another link.`,
      );
      return;
    }
    link.waiting.delete(ack.data.envelope_id);
    const { payload } = ack.data;
    // Bolt 5.1 acks with an empty object where it has nothing to say (measured).
    const empty =
      payload === "" ||
      payload === null ||
      (typeof payload === "object" && Object.keys(payload).length === 0);
    answer({ ok: true, body: empty ? undefined : payload });
  }

  async #send(frame: Record<string, unknown>): Promise<Answer> {
    const open = this.#links.filter((link) => !link.retiring && link.socket.readyState === WebSocket.OPEN);
    const share = open.length + this.#ghosts;
    if (share === 0) return { ok: false, reason: "connection_failed" };
    const link = open[this.#turn++ % share];
    const id = `envelope-${++this.#envelopes}`;
    const answered = new AbortController();
    const answer = await new Promise<Answer>((resolve) => {
      link?.waiting.set(id, resolve);
      if (link && !link.frozen) this.#frame(link.socket, { ...frame, envelope_id: id });
      void wireTimeout(
        this.#options.times.ackTimeout,
        AbortSignal.any([answered.signal, this.#stopped.signal, this.#patience.signal]),
      ).then(() => resolve({ ok: false, reason: "http_timeout" }));
    });
    answered.abort();
    link?.waiting.delete(id);
    return answer;
  }

  #retire(link: Link, reason: DisconnectReason): void {
    link.retiring = true;
    this.#frame(link.socket, { type: "disconnect", reason, debug_info: { host: "applink-local" } });
    if (reason === "link_disabled") link.socket.close();
    else void this.#closeSoon(link);
  }

  async #closeSoon({ socket }: Link): Promise<void> {
    if ((await wireTimeout(this.#options.times.retireAfter, closing(socket))) === "elapsed") socket.close();
  }

  async #keepAlive(link: Link): Promise<void> {
    const closed = closing(link.socket);
    while ((await wireTimeout(this.#options.times.pingEvery, closed)) === "elapsed")
      if (!link.frozen) link.socket.ping();
  }

  #frame(socket: WebSocket, frame: Record<string, unknown>): void {
    socket.send(JSON.stringify(frame), () => {});
  }
}

function closing(socket: WebSocket): AbortSignal {
  const closed = new AbortController();
  socket.once("close", () => closed.abort());
  return closed.signal;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString("utf8");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
