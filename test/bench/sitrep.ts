import { join } from "node:path";
import Database from "better-sqlite3";
import { SitrepProcess } from "../app/a-process.ts";

/** `sitrep start` on a database file in `folder`, as it is run in earnest. */
export class Sitrep implements AsyncDisposable {
  readonly port: number;
  readonly #process: SitrepProcess;

  private constructor(process: SitrepProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  static async start(folder: string, env: Record<string, string>): Promise<Sitrep> {
    const started = new SitrepProcess({
      cwd: folder,
      env: { ...env, DATABASE_URL: `file:${databaseIn(folder)}`, PORT: "0", ...profiling() },
    });
    try {
      return new Sitrep(started, await started.ready());
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.runs) this.#process.kill("SIGTERM");
    await this.#process.end();
  }
}

/** `NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…"` reaches the one that is measured. */
const profiling = (): Record<string, string> =>
  process.env["SITREP_NODE_OPTIONS"] === undefined
    ? {}
    : { NODE_OPTIONS: process.env["SITREP_NODE_OPTIONS"] };

export const databaseIn = (folder: string): string => join(folder, "sitrep.db");

/** One number of what is committed, read by another connection. */
export function counted(folder: string, select: string): number {
  const client = new Database(databaseIn(folder), { readonly: true });
  try {
    return client.prepare<[], number>(select).pluck().get() ?? Number.NaN;
  } finally {
    client.close();
  }
}

/** Waits until `holds`, looking ten times a second. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  within = 60_000,
): Promise<void> {
  const giveUp = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error(`It never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Nothing that people would see is left to be sent. */
export const isQuiet = (folder: string): boolean =>
  counted(folder, "select count(*) from outbox where settled_at is null and timer = 0") === 0;
