import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const command = resolve("bin/sitrep.js");

// Of a log line, only what tests wait for.
const toldSchema = z.looseObject({ msg: z.string(), port: z.number().optional() });
export type Told = z.infer<typeof toldSchema>;

/** `sitrep start` as a supervisor runs it: a process of its own with these variables alone, seen by its log and its end. */
export class SitrepProcess implements AsyncDisposable {
  /** Standard output so far, a line each. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #err = "";
  #grown = Promise.withResolvers<void>();

  constructor(options: { cwd: string; env: Record<string, string> }) {
    const child = spawn(process.execPath, [command, "start"], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    // Close comes once both outputs have been read to their ends.
    this.#closed = once(child, "close").then(() => this.#grow());
    child.stderr.on("data", (chunk: Buffer) => (this.#err += chunk.toString()));
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.lines.push(line);
      this.#grow();
    });
  }

  get told(): Told[] {
    return this.lines.map((line) => toldSchema.parse(JSON.parse(line)));
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with the next line, or with the end. */
  get grown(): Promise<void> {
    return this.#grown.promise;
  }

  /** The first line of its log that says so, be it said already. */
  async says(msg: string): Promise<Told> {
    for (;;) {
      const { grown, runs } = this;
      const found = this.told.find((told) => told.msg === msg);
      if (found) return found;
      if (!runs) throw new Error(`It ended without saying “${msg}”: ${this.lines.join("\n")}${this.#err}`);
      await grown;
    }
  }

  /** The port that it serves on. */
  async ready(): Promise<number> {
    const { port } = await this.says("Sitrep is ready");
    return z.number().parse(port);
  }

  kill(signal: "SIGTERM" | "SIGKILL"): void {
    this.#child.kill(signal);
  }

  /** How it ended; `err` is all of standard error. */
  async end(): Promise<{ code: number | null; signal: string | null; err: string }> {
    await this.#closed;
    const { exitCode: code, signalCode: signal } = this.#child;
    return { code, signal, err: this.#err };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.runs) this.kill("SIGKILL");
    await this.#closed;
  }

  #grow(): void {
    const { resolve: tell } = this.#grown;
    this.#grown = Promise.withResolvers();
    tell();
  }
}
