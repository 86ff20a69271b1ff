import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LogLevel, WebClient } from "@slack/web-api";
import { type Api, createApi } from "../../../src/workspace/api.ts";
import { validateMessage } from "../../../src/workspace/block-kit/message.ts";
import { validateView } from "../../../src/workspace/block-kit/view.ts";
import { Faults } from "../../../src/workspace/faults.ts";
import { methodScopes, methodTable } from "../../../src/workspace/methods.ts";
import type { Channel, Happening, Installation, Person } from "../../../src/workspace/model.ts";
import { WorkspaceState } from "../../../src/workspace/state.ts";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Triggers } from "../../../src/workspace/triggers.ts";

const START = Date.parse("2024-02-15T14:30:00Z");

/** Every scope that the table names, so that a test takes away what it is about. */
const allScopes: readonly string[] = [
  ...new Set(
    [...methodTable.keys()].flatMap((method) => {
      const { also, ...lists } = methodScopes(method);
      return [...Object.values(lists).flat(), ...Object.keys(also)];
    }),
  ),
];

export interface BenchOptions {
  without?: readonly string[];
  rateLimits?: true;
  triggerLife?: number;
}

export type Body = { ok: boolean; error?: string } & Record<string, unknown>;

/**
 * A workspace behind real HTTP: alice and bob, `ops` (public, the bot is in it), `lounge` (public, it is not),
 * `vault` (private, it is not) and `den` (private, it is), all made by alice.
 */
export class Bench implements AsyncDisposable {
  readonly clock = {
    at: START,
    now(): number {
      return this.at;
    },
    sleepUntil: () => Promise.resolve(),
  };
  readonly state = new WorkspaceState({ clock: this.clock, seed: 7 });
  readonly faults = new Faults();
  readonly happenings: Happening[] = [];
  readonly installation: Installation;
  readonly triggers: Triggers;
  readonly api: Api;
  readonly alice: Person;
  readonly bob: Person;
  readonly ops: Channel;
  readonly lounge: Channel;
  readonly vault: Channel;
  readonly den: Channel;
  readonly #server = createServer();

  constructor(options: BenchOptions = {}) {
    const { state, faults } = this;
    this.installation = state.install({
      name: "Sitrep",
      botName: "Sitrep",
      scopes: new Set(allScopes.filter((scope) => options.without?.includes(scope) !== true)),
      botEvents: new Set(),
      commands: new Map(),
      shortcuts: new Map(),
      interactive: true,
      homeTab: true,
      messagesTab: true,
    });
    this.triggers = new Triggers({ ids: state.ids, life: options.triggerLife ?? 60_000 });
    this.alice = state.addPerson({ name: "alice" });
    this.bob = state.addPerson({ name: "bob", tz: "Europe/Berlin" });
    const make = (name: string, isPrivate: boolean) =>
      must(state.createChannel({ name, creator: this.alice.id, isPrivate }));
    this.ops = make("ops", false);
    this.lounge = make("lounge", false);
    this.vault = make("vault", true);
    this.den = make("den", true);
    for (const channel of [this.ops, this.den]) must(state.invite(channel.id, [this.bot], this.alice.id));
    this.api = createApi({
      state,
      clock: this.clock,
      faults,
      triggers: this.triggers,
      sockets: { issueUrl: () => "ws://127.0.0.1:1/link?ticket=1" },
      baseUrl: () => this.url,
      validateMessage,
      validateView,
      ...(options.rateLimits ? {} : { rateLimits: false }),
    });
    this.#server.on("request", (req, res) => void this.api.handle(req, res));
    state.onHappening((happening) => this.happenings.push(happening));
  }

  static async open(options?: BenchOptions): Promise<Bench> {
    const bench = new Bench(options);
    await new Promise<void>((resolve) => bench.#server.listen(0, "127.0.0.1", resolve));
    return bench;
  }

  get bot(): string {
    return this.installation.botUserId;
  }

  get url(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is never a string
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The real client, with its own retries off. */
  client(token = this.installation.botToken): WebClient {
    return new WebClient(token, {
      slackApiUrl: `${this.url}/api/`,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logLevel: LogLevel.ERROR,
    });
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { method: "POST", ...init });
  }

  /** A form post with the bot's token. */
  async call(method: string, args: Record<string, unknown> = {}): Promise<Body> {
    const form = new URLSearchParams({ token: this.installation.botToken });
    for (const [name, value] of Object.entries(args)) {
      form.set(name, typeof value === "string" ? value : JSON.stringify(value));
    }
    return bodyOf(await this.fetch(`/api/${method}`, { body: form }));
  }

  /** As `call`, of the answer only what tells success from refusal. */
  async verdict(method: string, args: Record<string, unknown> = {}): Promise<string> {
    const { ok, error } = await this.call(method, args);
    return ok ? "ok" : String(error);
  }

  says(channel: Channel, text: string, threadTs?: string): string {
    const post = { channel: channel.id, user: this.alice.id, text };
    return must(this.state.postMessage(threadTs === undefined ? post : { ...post, threadTs })).ts;
  }

  /** The bot's own message, by the API. */
  async posts(channel: Channel, args: Record<string, unknown>): Promise<string> {
    return String((await this.call("chat.postMessage", { channel: channel.id, ...args }))["ts"]);
  }

  /** Events since the last time. */
  drained(): Happening[] {
    return this.happenings.splice(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.faults.clear();
    const undocumented = this.state.loud.filter((line) => line.includes("its table does not name"));
    if (undocumented.length > 0) throw new Error(undocumented.join("\n"));
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

export async function bodyOf(response: Response): Promise<Body> {
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null || !("ok" in body))
    throw new Error("not an answer of Slack's");
  return { ...body, ok: body.ok === true };
}
