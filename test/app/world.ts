import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AppOptions, type Sitrep, startApp } from "../../src/app.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import type { WorkspaceOptions } from "../../src/workspace/assembly.ts";
import type { Actor } from "../../src/workspace/people.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { impatient } from "./impatient.ts";

export interface WorldOptions {
  transport?: "http" | "socket";
  people?: WorkspaceOptions["people"];
  channels?: string[];
  /** User groups by handle; without them the plan has none. */
  groups?: Record<string, string[]>;
  /** With their members. */
  privateChannels?: Record<string, string[]>;
  /** Incident time at which it begins. */
  start?: string;
  /** `sitrep.yml`, in YAML; a function is told the ids of people by their names. */
  settings?: string | ((id: (name: string) => string) => string);
  env?: Record<string, string>;
  app?: Partial<Omit<AppOptions, "config" | "log">>;
  /** What else differs about the workspace. */
  workspace?: Partial<WorkspaceOptions>;
  /** True: what Slack sends comes once, whatever `DELIVERIES` says. */
  once?: boolean;
  /** False: the test starts Sitrep itself. */
  started?: boolean;
}

/** Wire milliseconds. A machine that is busy must look neither like a slow Slack nor like a slow Sitrep. */
const patience = 20_000;
const apiToken = "api-token-of-the-tests";

/** A workspace with people and a Sitrep in it, on a database file of its own, both on one virtual clock. */
export class World implements AsyncDisposable {
  readonly ws: Workspace;
  readonly folder: string;
  readonly #options: WorldOptions;
  #app: Sitrep | undefined;
  #leaveClock: () => void = () => {};
  readonly #impatient: typeof globalThis.fetch;

  private constructor(ws: Workspace, folder: string, options: WorldOptions) {
    this.ws = ws;
    this.folder = folder;
    this.#options = options;
    this.#impatient = impatient(ws.faults);
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "sitrep-world-"));
    const ws = await Workspace.start({
      people: options.people ?? ["alice", "bob"],
      manifest: "manifest.yml",
      start: options.start ?? "2024-02-15T14:36:00Z",
      transport: options.transport ?? "http",
      ...(options.channels && { channels: options.channels }),
      ...(options.groups && { groups: options.groups }),
      ...(options.privateChannels && { privateChannels: options.privateChannels }),
      ...options.workspace,
      wire: { ackTimeout: patience, triggerLife: patience, ...options.workspace?.wire },
    });
    // `DELIVERIES=twice`: so that no story depends on being told once.
    if (process.env["DELIVERIES"] === "twice" && !options.once) ws.deliveries.plan = () => ({ duplicate: 1 });
    const world = new World(ws, folder, options);
    const { settings } = options;
    if (settings !== undefined)
      await writeFile(
        join(folder, "sitrep.yml"),
        typeof settings === "string" ? settings : settings((name) => ws.idOf(name)),
      );
    if (options.started !== false) await world.startApp();
    return world;
  }

  config(): Config {
    const loaded = loadConfig({ env: this.env(), cwd: this.folder });
    if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
    return loaded.config;
  }

  get isRunning(): boolean {
    return this.#app !== undefined;
  }

  get app(): Sitrep {
    if (!this.#app) throw new Error("Sitrep does not run");
    return this.#app;
  }

  /** What people call the bot's address, for the HTTP API. */
  get url(): string {
    return `http://127.0.0.1:${this.app.port}`;
  }

  env(): Record<string, string> {
    return {
      ...this.ws.env(),
      DATABASE_URL: `file:${join(this.folder, "sitrep.db")}`,
      PORT: "0",
      LOG_LEVEL: "silent",
      SITREP_API_TOKEN: apiToken,
      ...this.#options.env,
    };
  }

  async startApp(more: Partial<AppOptions> = {}): Promise<void> {
    const config = this.config();
    const app = await startApp({
      config,
      log: createLog({ level: config.logLevel }),
      clock: this.ws.clock,
      fetch: this.#impatient,
      ...this.#options.app,
      ...more,
      wire: { ackBudget: patience, reconnectAfter: 50, ...this.#options.app?.wire, ...more.wire },
    });
    if ("fault" in app) throw new Error(app.fault);
    this.#app = app;
    this.#leaveClock = this.ws.clock.join(app);
    this.ws.requestUrl = `${this.url}/slack/events`;
  }

  /** `within` 0: nothing is waited for, as when the process is killed. */
  async stopApp(within?: number): Promise<void> {
    this.#leaveClock();
    this.ws.requestUrl = undefined;
    await this.#app?.stop(within);
    this.#app = undefined;
  }

  /** People go on acting while Sitrep is at work: else they wait until it has come to rest. */
  async unwaited(acts: () => Promise<void>): Promise<void> {
    this.#leaveClock();
    try {
      await acts();
    } finally {
      this.#leaveClock = this.ws.clock.join(this.app);
    }
  }

  as(name: string): Actor {
    return this.ws.as(name);
  }

  /** As a person reads it, once everything under way has come to rest. */
  async transcript(channel: string): Promise<string> {
    await this.ws.settle();
    return this.ws.channel(channel).transcript();
  }

  async api(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${apiToken}` } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopApp();
    await this.ws.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
