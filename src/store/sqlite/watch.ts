import type { Database, Statement } from "better-sqlite3";
import type { Log } from "../../log.ts";
import { StoreFault } from "../fault.ts";
import type { Sleep } from "./busy.ts";
import { probe } from "./probe.ts";

/** Commits of other connections: https://www.sqlite.org/pragma.html#pragma_data_version */
export class OtherCommits {
  readonly #version: Statement;
  #seen: unknown;

  constructor(client: Database) {
    this.#version = client.prepare("pragma data_version").pluck();
    this.#seen = this.#version.get();
  }

  /** Whether there were any since it was last asked. */
  areNew(): boolean {
    const version = this.#version.get();
    if (version === this.#seen) return false;
    this.#seen = version;
    return true;
  }
}

interface Watch {
  sleep: Sleep;
  /** Wire milliseconds. */
  every: number;
  signal: AbortSignal;
  log: Pick<Log, "error"> | undefined;
  /** Looks for other processes' commits. */
  look: () => void;
  isToBeTried: () => boolean;
  /** Keeps a note of our own. */
  note: (meta: Record<string, string>) => Promise<unknown>;
}

/** What nobody would notice where nothing else is asked or committed: others' commits, and that a database takes some again. */
export async function watch({ sleep, every, signal, log, look, isToBeTried, note }: Watch): Promise<void> {
  for (;;) {
    await sleep(every, signal);
    if (signal.aborted) return;
    try {
      look();
    } catch (err) {
      if (!(err instanceof StoreFault)) log?.error({ err }, "the database could not be looked at");
    }
    // The store takes note of what it meets.
    if (isToBeTried()) await probe(note).catch(() => {});
  }
}
