import { StoreFault } from "../fault.ts";

/** Waits `ms` of wire time, or until `signal` aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** How long the driver itself waits for a lock, in ms. It blocks the process meanwhile. */
export const busyTimeout = 20;

const pause = 180;
const rounds = 40;

/**
 * Tries again while another connection holds a lock, leaving the process free in between.
 * @throws StoreFault `busy` after some eight seconds.
 */
export async function retryWhileBusy<Value>(sleep: Sleep, attempt: () => Value): Promise<Value> {
  for (let round = 1; ; round++) {
    try {
      return attempt();
    } catch (cause) {
      if (!isBusy(cause)) throw cause;
      if (round === rounds)
        throw new StoreFault("busy", "The database is locked by another process, which does not let go.", {
          cause,
        });
    }
    await sleep(pause);
  }
}

/** What the driver (`SQLITE_…`, extended codes included) or the file system (`E…`) calls it; empty for anything else. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
