import { type Logger, SocketModeReceiver } from "@slack/bolt";
import type { FetchFunction } from "@slack/web-api";
import { endsWithin, wireSleep } from "../clock.ts";
import { arrivedOver } from "./arrival.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { appTokenFault, type StartFault } from "./token-faults.ts";
import { type LinkNews, newsIn, reasonOf, severalConnections, switchedOff } from "./link-news.ts";
import { askToOpen } from "./link-opening.ts";
import { nothingSaved } from "./nothing-saved.ts";
import type { SlackWire } from "./wire.ts";

export interface SocketLinkOptions {
  appToken: string;
  apiUrl: string | undefined;
  fetch: FetchFunction;
  logger: Logger;
  log: SlackLog;
  wire: SlackWire;
  /** Resolves once all that has come in is answered. */
  answered: () => Promise<void>;
  /** The link is lost for good; only a new process helps. Called at most once. */
  onFatal: (message: string) => void;
}

/** How long the end of a link may take, in wire milliseconds. */
const ending = 1000;
/** https://developer.mozilla.org/docs/Web/API/WebSocket/readyState */
const connecting = 0;

/**
 * Socket Mode with what Bolt leaves open (all measured with Bolt 5.1): its client gives up for ever after a definite refusal
 * when it reconnects, by an unhandled rejection; it waits for ever when no `hello` comes; a refusal that it does not know
 * is asked again for ever; a link that Slack renews is closed before what came over it is answered.
 */
export class SocketLink {
  readonly receiver: SocketModeReceiver;
  readonly #options: SocketLinkOptions;
  readonly #stopped = new AbortController();
  readonly #ended = new AbortController();
  #change = new AbortController();
  /** Aborted when the link that is open now is gone. */
  #link = new AbortController();
  #isConnected = false;
  #isStarting = true;
  #wasConnected = false;
  #connections = 1;
  /** Why it is not connected, as far as that is known. */
  #reason = "";
  /** Only a person can help, or time. */
  #isExcused = false;
  readonly #again: (() => void)[] = [];
  readonly #refused = Promise.withResolvers<StartFault>();

  constructor(options: SocketLinkOptions) {
    this.#options = options;
    const { appToken, apiUrl, logger, log, wire } = options;
    this.receiver = new SocketModeReceiver({
      appToken,
      logger,
      clientPingTimeout: wire.reconnectAfter,
      serverPingTimeout: wire.serverPingTimeout,
      customPropertiesExtractor: () => {
        const { signal } = this.#link;
        return arrivedOver({ isGone: () => signal.aborted, afterwards: "elsewhere" });
      },
      // Not acknowledged: Slack repeats an event.
      processEventErrorHandler: async ({ error }) => {
        if (nothingSaved(error) === undefined) log.error({ err: error }, "an input could not be taken");
        return false;
      },
      // Options of its own: shared ones make one blip fatal.
      installerOptions: {
        clientOptions: {
          ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
          fetch: (url, init) => this.#open(url, init),
          timeout: wire.clientTimeout,
          retryConfig: {
            forever: true,
            minTimeout: 500,
            factor: 2,
            maxTimeout: 30_000,
            randomize: true,
            unref: true,
          },
        },
      },
    });
    this.#attend();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** What a person should know of it; undefined: all is well. */
  get trouble(): string | undefined {
    if (this.#isConnected) return this.#connections > 1 ? severalConnections(this.#connections) : undefined;
    return `Socket Mode is not connected${this.#because}`;
  }

  get #because(): string {
    return this.#reason === "" ? "" : `: ${this.#reason}`;
  }

  onConnectedAgain(listener: () => void): void {
    this.#again.push(listener);
  }

  /** Resolves when Slack has said `hello`, or with the reason why it never will; also when stopped meanwhile. */
  async start(): Promise<StartFault | undefined> {
    void this.#watch();
    const started = this.receiver.start().then(() => undefined);
    try {
      return await Promise.race([started, this.#refused.promise]);
    } catch (error) {
      if (this.#stopped.signal.aborted) return undefined;
      throw error;
    } finally {
      this.#isStarting = false;
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    const { client } = this.receiver;
    // Ended while it opens, a link leaves a timer of half a minute behind.
    if (client.websocket?.readyState === connecting)
      await endsWithin(
        ending,
        new Promise((resolve) => client.once("connected", resolve).once("close", resolve)),
      );
    // Asked a second time, Bolt's client waits for no handshake.
    if (!(await endsWithin(ending, client.disconnect()))) await endsWithin(ending, client.disconnect());
  }

  /** Listens to Bolt's client, and stands between it and what comes over the link. */
  #attend(): void {
    const { client } = this.receiver;
    const { clientPingTimeout, reconnectAfter } = this.#options.wire;
    // Bolt's client has one number for two patiences: a new link takes it for the pongs, it itself for the way back.
    client.on("authenticated", () => (client["clientPingTimeoutMS"] = clientPingTimeout));
    client.on("connecting", () => (client["clientPingTimeoutMS"] = reconnectAfter));
    // Bolt's client goes on with a reconnection that had begun before it was told to stop.
    client.on("connecting", () => this.#stopped.signal.throwIfAborted());
    client.on("connected", () => this.#became(true));
    for (const event of ["close", "reconnecting", "disconnected"] as const)
      client.on(event, () => this.#became(false));
    client.on("error", () => (this.#reason = "the connection is refused, or broke"));
    const readers = client.listeners("ws_message");
    client.removeAllListeners("ws_message");
    client.on("ws_message", (...frame: unknown[]) => {
      void this.#take(frame[0], async () => {
        for (const read of readers) await Promise.resolve<unknown>(Reflect.apply(read, client, frame));
      });
    });
    const start = client.start.bind(client);
    let isFirst = true;
    client.start = async () => {
      if (isFirst) {
        isFirst = false;
        return start();
      }
      // Nobody waits for a reconnection; its fault was reported by #open.
      return start().catch(() => ({ ok: false }));
    };
  }

  async #take(frame: unknown, read: () => Promise<void>): Promise<void> {
    const news = newsIn(frame);
    if (news) this.#note(news);
    if (news?.type === "disconnect" && !(await this.#stillThereOnceAnswered())) return;
    try {
      await read();
    } catch (error) {
      this.#options.log.error({ err: error }, "what came over Socket Mode could not be read");
    }
  }

  /** Bolt's client closes a link at once; whoever waits for an answer over it would read of an error. */
  async #stillThereOnceAnswered(): Promise<boolean> {
    const { answered, wire } = this.#options;
    const link = this.#link.signal;
    const done = new AbortController();
    const patience = wireSleep(wire.ackBudget, AbortSignal.any([link, done.signal, this.#stopped.signal]));
    await Promise.race([answered().finally(() => done.abort()), patience]);
    done.abort();
    return !link.aborted;
  }

  #note(news: LinkNews): void {
    const { log } = this.#options;
    if (news.type === "hello") {
      this.#connections = news.num_connections;
      if (this.#connections > 1)
        log.warn({ connections: this.#connections }, severalConnections(this.#connections));
      return;
    }
    const { reason } = news;
    this.#reason = reasonOf(reason);
    this.#isExcused = reason === switchedOff;
    const isRoutine = reason === "warning" || reason === "refresh_requested";
    log[isRoutine ? "info" : "warn"]({ reason }, `Socket Mode: ${this.#reason}`);
  }

  /** `apps.connections.open`. What passes is asked again by Bolt's client, what does not ends it. */
  async #open(...call: Parameters<FetchFunction>): ReturnType<FetchFunction> {
    const opening = await askToOpen(this.#options.fetch, ...call);
    if (this.#stopped.signal.aborted) return forGood();
    switch (opening.as) {
      case "opened":
        this.#reason = "Slack has not said hello yet";
        return opening.answer;
      case "away":
        return this.#away(opening);
      case "refused":
        this.#lost(appTokenFault(opening.error));
        return forGood();
      default:
        return opening satisfies never;
    }
  }

  /** Slack is ill, away or asks for patience: no reason to start anew. */
  async #away({ why, after }: { why: string; after: number }): Promise<Response> {
    this.#reason = `Slack opens no connection (${why})`;
    this.#options.log.warn({ error: why, again: after }, `Socket Mode: ${this.#reason}`);
    this.#isExcused = true;
    this.#changed();
    await wireSleep(after, this.#stopped.signal);
    this.#isExcused = false;
    this.#changed();
    // Bolt's client would count a 429 among what it does not know.
    return this.#stopped.signal.aborted ? forGood() : new Response(null, { status: 503 });
  }

  #lost(fault: StartFault): void {
    if (this.#isStarting) this.#refused.resolve(fault);
    else this.#fatal(fault.fault);
  }

  #became(isConnected: boolean): void {
    if (!isConnected) {
      this.#link.abort();
      this.#link = new AbortController();
    }
    if (this.#isConnected === isConnected) return;
    this.#isConnected = isConnected;
    const says = isConnected ? "Socket Mode is connected" : `Socket Mode is not connected${this.#because}`;
    this.#options.log.info({}, says);
    this.#changed();
    if (!isConnected) return;
    this.#reason = "";
    this.#isExcused = false;
    if (this.#wasConnected) for (const listener of this.#again) listener();
    this.#wasConnected = true;
  }

  #changed(): void {
    this.#change.abort();
    this.#change = new AbortController();
  }

  async #watch(): Promise<void> {
    const { helloTimeout } = this.#options.wire;
    const over = AbortSignal.any([this.#stopped.signal, this.#ended.signal]);
    while (!over.aborted) {
      const change = AbortSignal.any([this.#change.signal, over]);
      if (this.#isConnected) await aborted(change);
      else await wireSleep(helloTimeout, change);
      if (!change.aborted && !this.#isExcused)
        this.#fatal(
          `Slack answers, but Socket Mode has not been connected for ${helloTimeout / 1000} seconds${this.#because}.`,
        );
    }
  }

  #fatal(message: string): void {
    if (this.#ended.signal.aborted || this.#stopped.signal.aborted) return;
    this.#ended.abort();
    this.#options.onFatal(message);
  }
}

/** The one kind of answer after which Bolt's client does not ask again. */
const forGood = (): Response => Response.json({ ok: false, error: "invalid_auth" });

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
