import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Participant } from "../../src/workspace/clock.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";
import { calmSchema } from "./remote-clock.ts";

const entry = resolve("test/app/start-disturbed.ts");
/** Thousands of processes load the same code. */
const compiled = resolve("node_modules/.cache/compiled");
const readySchema = z.looseObject({ msg: z.literal("Sitrep is ready"), port: z.number() });

/** A Sitrep in a process of its own that takes part in the workspace's virtual clock, and is killed at a moment. */
export class ClockedProcess implements Participant {
  /** What it wrote to standard error. */
  err = "";
  /** What it says has happened in it; of one that has killed itself, the last is the moment at which. */
  readonly moments: string[] = [];
  readonly closed: Promise<unknown>;
  readonly #ws: Workspace;
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<number>();
  #asked = 0;
  #calmAt: number | undefined;
  #waits = new AbortController();

  constructor(ws: Workspace, options: { cwd: string; env: Record<string, string>; at?: string | undefined }) {
    this.#ws = ws;
    const { cwd, env, at = "never" } = options;
    this.#child = spawn(process.execPath, [entry, at, String(ws.clock.now())], {
      cwd,
      env: { ...env, LOG_LEVEL: "info", NODE_COMPILE_CACHE: compiled },
      stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
    });
    this.closed = this.#close();
    this.#ready.promise.catch(() => {});
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.err += chunk.toString()));
    const [, , , , told] = this.#child.stdio;
    if (told instanceof Readable)
      createInterface({ input: told }).on("line", (moment) => this.moments.push(moment));
    if (this.#child.stdout)
      createInterface({ input: this.#child.stdout }).on("line", (line) => {
        const ready = readySchema.safeParse(JSON.parse(line));
        if (ready.success) this.#ready.resolve(ready.data.port);
      });
  }

  async #close(): Promise<void> {
    await once(this.#child, "close");
    this.#waits.abort();
    this.#ready.reject(new Error(`It ended before it was ready: ${this.err}`));
  }

  get ready(): Promise<number> {
    return this.#ready.promise;
  }

  get signal(): string | null {
    return this.#child.signalCode;
  }

  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async end(): Promise<void> {
    if (this.runs) this.#child.kill("SIGKILL");
    await this.closed;
  }

  isIdle(): boolean {
    return this.runs && this.#calmAt === this.#ws.clock.now();
  }

  /** Asked anew each time, and only while nothing is on its way between the two: what was calm before says nothing. */
  async idle(): Promise<void> {
    this.#calmAt = undefined;
    while (this.runs) {
      await this.#ws.idle();
      const now = this.#ws.clock.now();
      const waits = await this.#ask(now);
      if (!waits || !this.#ws.isIdle()) continue;
      this.#waits.abort();
      this.#waits = new AbortController();
      for (const { at, why } of waits) void this.#ws.clock.sleepUntil(at, why, this.#waits.signal);
      this.#calmAt = now;
      return;
    }
  }

  /** Undefined where it has died meanwhile. */
  async #ask(now: number) {
    const ask = ++this.#asked;
    const child = this.#child;
    const answered = Promise.withResolvers<z.infer<typeof calmSchema>["waits"]>();
    const hear = (raw: unknown) => {
      const { calm, waits } = calmSchema.parse(raw);
      if (calm === ask) answered.resolve(waits);
    };
    child.on("message", hear);
    child.send({ ask, now }, () => {});
    const waits = await Promise.race([answered.promise, this.closed.then(() => undefined)]);
    child.off("message", hear);
    return waits;
  }
}
