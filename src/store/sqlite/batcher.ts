import type { Database } from "better-sqlite3";
import { retryWhileBusy, type Sleep } from "./busy.ts";

interface Job {
  /** Runs in its savepoint; gives what to call once everything is safely on disk. */
  run: () => () => void;
  fail: (error: unknown) => void;
}

/**
 * Group commit: writes that arrive in one turn of the event loop share a transaction, and so one flush to disk. Each has a
 * savepoint of its own: what one throws harms no other.
 */
export class Batcher {
  readonly #client: Database;
  readonly #sleep: Sleep;
  readonly #flushed: () => void;
  readonly #failed: (error: unknown) => unknown;
  #waiting: Job[] = [];
  #inFlight = 0;
  #flushing: Promise<void> | undefined;

  /**
   * @param flushed called after each flush, once every job in it was answered
   * @param failed says in the store's words what the driver met
   */
  constructor(client: Database, sleep: Sleep, flushed: () => void, failed: (error: unknown) => unknown) {
    this.#client = client;
    this.#sleep = sleep;
    this.#flushed = flushed;
    this.#failed = failed;
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
      await new Promise(setImmediate);
      await this.#flush();
    }
    this.#flushing = undefined;
  }

  async #flush(): Promise<void> {
    try {
      await retryWhileBusy(this.#sleep, () => this.#client.exec("begin immediate"));
    } catch (error) {
      for (const job of this.#take()) job.fail(this.#failed(error));
      this.#inFlight = 0;
      return;
    }
    // From here to the commit nothing may wait: no read sees a half-written flush.
    const jobs = this.#take();
    const answers: (() => void)[] = [];
    try {
      for (const job of jobs) answers.push(this.#attempt(job));
      this.#client.exec("commit");
    } catch (error) {
      if (this.#client.inTransaction) this.#client.exec("rollback");
      this.#inFlight = 0;
      for (const job of jobs) job.fail(this.#failed(error));
      return;
    }
    this.#inFlight = 0;
    for (const answer of answers) answer();
    this.#flushed();
  }

  #take(): Job[] {
    const jobs = this.#waiting;
    this.#waiting = [];
    this.#inFlight = jobs.length;
    return jobs;
  }

  /** @throws when SQLite gave up the whole transaction (disk full, I/O error). */
  #attempt(job: Job): () => void {
    this.#client.exec("savepoint job");
    try {
      const answer = job.run();
      this.#client.exec("release job");
      return answer;
    } catch (error) {
      if (!this.#client.inTransaction) throw error;
      this.#client.exec("rollback to job; release job");
      return () => job.fail(this.#failed(error));
    }
  }
}
