import type { IncomingHttpHeaders } from "node:http";

/**
 * What goes wrong with a call: HTTP 429 with `Retry-After`, HTTP 500, no answer until the client gives up, a cut
 * connection, or an answer of `ok: false` (which is HTTP 200).
 */
export type FaultAnswer = 429 | 500 | "silence" | "cut" | ({ error: string } & Record<string, unknown>);

export interface Fault {
  /**
   * `before`: the call has no effect. `after`: it took effect, and only the answer is lost or false. `later`: it takes effect when the
   * answer is lost or false already, whatever has happened in between, and nobody hears what came of it.
   */
  when: "before" | "after" | "later";
  answer: FaultAnswer;
  /** Seconds, for 429; 1 unless given. */
  retryAfter?: number;
  /** Seconds of incident time, for `later`; 5 unless given. */
  laterBy?: number;
}

interface Planned extends Fault {
  matches: (method: string) => boolean;
  left: number;
}

/** Faults on demand for the Web API; the addresses of files go by the names `upload` and `download`. */
export class Faults {
  #planned: Planned[] = [];
  #away = false;
  #cleared = new AbortController();
  readonly #awayListeners = new Set<(away: boolean) => void>();
  readonly #silenceListeners = new Set<(headers: IncomingHttpHeaders) => void>();

  /** For the next matching call, or the next `times`. */
  next(method: string | RegExp, fault: Fault & { times?: number }): void {
    const { times, ...rest } = fault;
    this.#planned.push({ ...rest, matches: matcher(method), left: times ?? 1 });
  }

  /** For every matching call until `clear()`. */
  always(method: string | RegExp, fault: Fault): void {
    this.#planned.push({ ...fault, matches: matcher(method), left: Number.POSITIVE_INFINITY });
  }

  /** Forgets every fault, brings Slack back, and cuts what was left in silence. What was to take effect later never does. */
  clear(): void {
    this.#planned = [];
    this.#cleared.abort();
    this.#cleared = new AbortController();
    this.setAway(false);
  }

  /** Faults of `next` that no call has met yet: a test that planned them can tell that they were met. */
  get unmet(): number {
    return this.#planned.filter(({ left }) => Number.isFinite(left)).reduce((sum, { left }) => sum + left, 0);
  }

  /** While away, every connection is cut before its call takes effect. */
  setAway(away: boolean): void {
    if (this.#away === away) return;
    this.#away = away;
    for (const listener of this.#awayListeners) listener(away);
  }

  get away(): boolean {
    return this.#away;
  }

  /** @returns a function that stops listening */
  onAway(listener: (away: boolean) => void): () => void {
    this.#awayListeners.add(listener);
    return () => this.#awayListeners.delete(listener);
  }

  /** Told of each silence as it begins, by the headers of the call that meets it. */
  onSilence(listener: (headers: IncomingHttpHeaders) => void): void {
    this.#silenceListeners.add(listener);
  }

  fallSilent(headers: IncomingHttpHeaders): void {
    for (const listener of this.#silenceListeners) listener(headers);
  }

  /** Aborts when `clear()` is called: the end of a silence, and of what is still to take effect. */
  get cleared(): AbortSignal {
    return this.#cleared.signal;
  }

  /** The earliest planned fault that fits; using it counts. */
  take(method: string, when: Fault["when"]): Fault | undefined {
    const fault = this.#planned.find((planned) => planned.when === when && planned.matches(method));
    if (!fault) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) this.#planned = this.#planned.filter((planned) => planned !== fault);
    return fault;
  }
}

function matcher(method: string | RegExp): (name: string) => boolean {
  if (typeof method === "string") return (name) => name === method;
  // A global or sticky expression would remember its place between calls.
  const fresh = new RegExp(method.source, method.flags.replace(/[gy]/g, ""));
  return (name) => fresh.test(name);
}
