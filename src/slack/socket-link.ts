import { type Logger, SocketModeReceiver } from "@slack/bolt";
import type { FetchFunction } from "@slack/web-api";
import { z } from "zod";
import { wireSleep } from "../clock.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { codeFailure } from "./errors.ts";
import { appTokenFault, type StartFault } from "./identity.ts";

export interface SocketLinkOptions {
  appToken: string;
  apiUrl: string | undefined;
  fetch: FetchFunction;
  logger: Logger;
  log: SlackLog;
  /** Wire milliseconds. */
  wire: { clientTimeout: number; clientPingTimeout: number; serverPingTimeout: number; helloTimeout: number };
  /** The link is lost for good; only a new process helps. Called at most once. */
  onFatal: (message: string) => void;
}

const openedSchema = z.object({ ok: z.boolean(), error: z.string().optional() });
/** How long a closing handshake may take, in wire milliseconds. */
const closing = 1000;

/**
 * Socket Mode with what Bolt leaves open (all measured with Bolt 5.1): its client gives up for ever after a definite refusal
 * when it reconnects, by an unhandled rejection; it waits for ever when no `hello` comes; and a refusal it does not know
 * is asked again for ever.
 */
export class SocketLink {
  readonly receiver: SocketModeReceiver;
  readonly #options: SocketLinkOptions;
  readonly #stopped = new AbortController();
  readonly #ended = new AbortController();
  #change = new AbortController();
  #isConnected = false;
  #isStarting = true;
  #wasConnected = false;
  readonly #again: (() => void)[] = [];
  readonly #refused = Promise.withResolvers<StartFault>();

  constructor(options: SocketLinkOptions) {
    this.#options = options;
    const { appToken, apiUrl, logger, log, wire } = options;
    this.receiver = new SocketModeReceiver({
      appToken,
      logger,
      clientPingTimeout: wire.clientPingTimeout,
      serverPingTimeout: wire.serverPingTimeout,
      // Not acknowledged: Slack repeats an event.
      processEventErrorHandler: async ({ error }) => {
        log.error({ err: error }, "an input could not be taken");
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
    const { client } = this.receiver;
    client.on("connected", () => this.#became(true));
    for (const event of ["close", "reconnecting", "disconnected"] as const)
      client.on(event, () => this.#became(false));
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

  get isConnected(): boolean {
    return this.#isConnected;
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
    const done = new AbortController();
    const disconnected = this.receiver.client.disconnect().finally(() => done.abort());
    await Promise.race([disconnected, wireSleep(closing, done.signal)]);
  }

  /** `apps.connections.open`. Sorts its refusals into those that pass, which are tried again, and those that do not. */
  async #open(...[url, init]: Parameters<FetchFunction>): ReturnType<FetchFunction> {
    try {
      const response = await this.#options.fetch(url, init);
      if (response.status !== 200) return this.#away(response.status);
      const text = await response.text();
      if (this.#stopped.signal.aborted) return forGood();
      const opened = openedSchema.safeParse(jsonOf(text));
      if (!opened.success) return this.#away(502);
      if (opened.data.ok) return new Response(text);
      const failure = codeFailure(opened.data.error ?? "");
      if (failure.kind === "limited" || failure.kind === "uncertain") return this.#away(503);
      this.#lost(appTokenFault(failure.error));
      return forGood();
    } catch (error) {
      if (this.#stopped.signal.aborted) return forGood();
      this.#changed();
      throw error;
    }
  }

  /** Slack is ill or away: no reason to start anew, so the watch begins again. */
  #away(status: number): Response {
    if (this.#stopped.signal.aborted) return forGood();
    this.#changed();
    return new Response(null, { status });
  }

  #lost(fault: StartFault): void {
    if (this.#isStarting) this.#refused.resolve(fault);
    else this.#fatal(fault.fault);
  }

  #became(isConnected: boolean): void {
    if (this.#isConnected === isConnected) return;
    this.#isConnected = isConnected;
    this.#options.log.info({}, isConnected ? "Socket Mode is connected" : "Socket Mode is not connected");
    this.#changed();
    if (!isConnected) return;
    if (this.#wasConnected) for (const listener of this.#again) listener();
    this.#wasConnected = true;
  }

  #changed(): void {
    this.#change.abort();
    this.#change = new AbortController();
  }

  async #watch(): Promise<void> {
    const over = AbortSignal.any([this.#stopped.signal, this.#ended.signal]);
    while (!over.aborted) {
      const change = AbortSignal.any([this.#change.signal, over]);
      if (this.#isConnected) await aborted(change);
      else await wireSleep(this.#options.wire.helloTimeout, change);
      if (!change.aborted)
        this.#fatal(
          `Slack answers, but Socket Mode has not been connected for ${this.#options.wire.helloTimeout / 1000} seconds.`,
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
