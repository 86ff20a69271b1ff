import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** One of the bench's own processes, which answers each message with one. */
export class Child implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(script: string, args: string[]) {
    this.#child = fork(script, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#closed = once(this.#child, "close");
  }

  get pid(): number {
    return pidOf(this.#child);
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  /** The next message. */
  async hears<Message>(): Promise<Message> {
    const ended = this.#closed.then(() => {
      throw new Error(`${this.#child.spawnargs.join(" ")} has ended`);
    });
    const [message] = await Promise.race([once(this.#child, "message"), ended]);
    return message;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill();
    await this.#closed;
  }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("A process did not start");
  return pid;
}

/** MiB that a process keeps in memory. */
export function residentMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

// Linux counts processor time in hundredths of a second for whoever asks.
const tick = 10;

/** Milliseconds of processor time that a process has used, the kernel's for it included. */
export function processorTime(pid: number): number {
  const [, fields = ""] = /.*\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  const [user, system] = fields.split(" ").slice(11, 13).map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) * tick;
}
