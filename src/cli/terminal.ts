import type { Clock } from "../clock.ts";
import type { Environment } from "../config.ts";
import type { Sleep } from "../store/sqlite/busy.ts";

/** 0: done. 1: it could not be done. 2: it was asked in a way that is not understood. */
export type ExitCode = 0 | 1 | 2;

/** What a command sees of the world it was started in. */
export interface Terminal {
  env: Environment;
  cwd: string;
  /** Incident time; the machine's unless given. */
  clock?: Clock;
  /** How a lock on the database is waited for; by the machine's time unless given. */
  sleep?: Sleep;
  stdin: NodeJS.ReadableStream;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** One line each on standard error, then the exit code of a failure. */
export function fail(terminal: Terminal, ...faults: string[]): ExitCode {
  for (const fault of faults) terminal.err(`sitrep: ${fault}\n`);
  return 1;
}

/** The first signal asks to end in order, a second one ends at once. Returns how to stop listening. */
export function onStopSignal(stop: () => void): () => void {
  let asked = false;
  const heard = () => {
    // 130: ended by the person at the keyboard.
    if (asked) process.exit(130);
    asked = true;
    stop();
  };
  process.on("SIGTERM", heard).on("SIGINT", heard);
  return () => process.off("SIGTERM", heard).off("SIGINT", heard);
}
