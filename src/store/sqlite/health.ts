import type { Log } from "../../log.ts";
import { StoreFault } from "../fault.ts";

/** Seconds. */
const longestWait = 60;

/** Whether commits are kept. The log hears of each change once, however many fail meanwhile. */
export class Health {
  readonly #log: Pick<Log, "info" | "error"> | undefined;
  #fault: StoreFault | null = null;
  #refused = 0;
  #wait = 1;
  #left = 1;

  constructor(log: Pick<Log, "info" | "error"> | undefined) {
    this.#log = log;
  }

  get fault(): StoreFault | null {
    return this.#fault;
  }

  /** Takes note of what a commit met, or a read that met damage, and gives it back. */
  told(error: unknown): unknown {
    if (!(error instanceof StoreFault)) return error;
    this.#refused += 1;
    if (this.#fault?.kind === error.kind || this.#isDamaged) return error;
    const { sentence: fault, todo } = error;
    this.#log?.error({ fault, todo }, "the database fails: nothing is taken in until it works again");
    this.#fault = error;
    return error;
  }

  worked(): void {
    if (this.#fault === null || this.#isDamaged) return;
    this.#log?.info({ refused: this.#refused }, "the database works again");
    this.#fault = null;
    this.#refused = 0;
    this.#wait = 1;
    this.#left = 1;
  }

  /** Asked once a second: tries come less and less often, once a minute at last. */
  isToBeTried(): boolean {
    if (this.#fault === null || this.#isDamaged || --this.#left > 0) return false;
    this.#wait = Math.min(longestWait, this.#wait * 2);
    this.#left = this.#wait;
    return true;
  }

  /** What is damaged stays so, whatever else goes wrong or works. */
  get #isDamaged(): boolean {
    return this.#fault?.kind === "not_ours";
  }
}
