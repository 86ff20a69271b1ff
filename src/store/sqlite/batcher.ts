import type { Database } from "better-sqlite3";
import { retryWhileBusy, type Sleep } from "./busy.ts";

interface Job {
  /** Gives what to call once everything is safely on disk. Runs again when what it did had to be undone. */
  run: () => () => void;
  fail: (error: unknown) => void;
}

interface Attempted {
  kept: boolean;
  tell: () => void;
}

interface BatcherOptions {
  sleep: Sleep;
  /** Called after each flush, once every job in it was answered, with how many were kept. */
  flushed: (kept: number) => void;
  /** Called when what jobs have written was taken back. */
  undone: () => void;
  /** Says in the store's words what the driver met. */
  failed: (error: unknown) => unknown;
  /** Throws when nothing may be written. */
  guard: () => void;
}

/** A flush does not wait for more than this: by then it costs each of them next to nothing. */
const plenty = 64;

/**
 * Group commit: writes that arrive together share a transaction, and so one flush to disk, which waits as long as each turn
 * of the event loop brings more. What one throws harms no other.
 */
export class Batcher {
  readonly #client: Database;
  readonly #sleep: Sleep;
  readonly #flushed: (kept: number) => void;
  readonly #undone: () => void;
  readonly #failed: (error: unknown) => unknown;
  readonly #guard: () => void;
  #waiting: Job[] = [];
  #inFlight = 0;
  #flushing: Promise<void> | undefined;

  constructor(client: Database, { sleep, flushed, undone, failed, guard }: BatcherOptions) {
    this.#client = client;
    this.#sleep = sleep;
    this.#flushed = flushed;
    this.#undone = undone;
    this.#failed = failed;
    this.#guard = guard;
  }

  get pending(): number {
    return this.#waiting.length + this.#inFlight;
  }

  /** Runs `job` in the next flush. What it throws undoes it alone and rejects; it must be synchronous. */
  run<Value>(job: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        run: () => {
          const value = job();
          return () => resolve(value);
        },
        fail: reject,
      });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gathered();
      await this.#flush();
    }
    this.#flushing = undefined;
  }

  async #gathered(): Promise<void> {
    let before: number;
    do {
      before = this.#waiting.length;
      await new Promise(setImmediate);
    } while (this.#waiting.length > before && this.#waiting.length < plenty);
  }

  async #flush(): Promise<void> {
    try {
      this.#guard();
      await retryWhileBusy(this.#sleep, () => this.#client.exec("begin immediate"));
    } catch (error) {
      for (const job of this.#take()) job.fail(this.#failed(error));
      this.#inFlight = 0;
      return;
    }
    // From here to the commit nothing may wait: no read sees a half-written flush.
    const jobs = this.#take();
    let answers: Attempted[];
    try {
      answers = this.#together(jobs) ?? jobs.map((job) => this.#alone(job));
      this.#client.exec("commit");
    } catch (error) {
      if (this.#client.inTransaction) this.#client.exec("rollback");
      this.#undone();
      this.#inFlight = 0;
      for (const job of jobs) job.fail(this.#failed(error));
      return;
    }
    this.#inFlight = 0;
    for (const { tell } of answers) tell();
    this.#flushed(answers.filter(({ kept }) => kept).length);
  }

  #take(): Job[] {
    const jobs = this.#waiting;
    this.#waiting = [];
    this.#inFlight = jobs.length;
    return jobs;
  }

  /**
   * All under one savepoint, since each one copies every page that is changed under it. Undefined: one has thrown, and
   * nothing is done.
   * @throws when SQLite gave up the whole transaction (disk full, I/O error).
   */
  #together(jobs: Job[]): Attempted[] | undefined {
    this.#client.exec("savepoint jobs");
    try {
      const answers = jobs.map((job) => ({ kept: true, tell: job.run() }));
      this.#client.exec("release jobs");
      return answers;
    } catch (error) {
      if (!this.#client.inTransaction) throw error;
      this.#client.exec("rollback to jobs; release jobs");
      this.#undone();
      return undefined;
    }
  }

  /** @throws as `together` does */
  #alone(job: Job): Attempted {
    this.#client.exec("savepoint job");
    try {
      const tell = job.run();
      this.#client.exec("release job");
      return { kept: true, tell };
    } catch (error) {
      if (!this.#client.inTransaction) throw error;
      this.#client.exec("rollback to job; release job");
      this.#undone();
      return { kept: false, tell: () => job.fail(this.#failed(error)) };
    }
  }
}
