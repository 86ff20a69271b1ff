import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import { wireNow, wireSleep } from "../clock.ts";
import { InFlight } from "../in-flight.ts";
import { answerOver } from "./arrival.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { Dropped } from "./dropped.ts";
import { nothingSaved } from "./nothing-saved.ts";
import {
  ackFailure,
  isEvent,
  type Later,
  type Request,
  requestIn,
  stillSaving,
  tellFailure,
  tellOutcome,
} from "./late-answer.ts";
import { usualWire } from "./wire.ts";

/** Something that Slack sent, once it is dealt with. */
export interface Taken {
  kind: "event" | "command" | "action" | "form" | "other";
  /** `refused`: it came while Sitrep was stopping. `failed`: a listener has thrown. `late`: its answer was. */
  outcome: "ok" | "refused" | "failed" | "late";
  /** Of wire time, from arrival to acknowledgement; null: it was not acknowledged. */
  seconds: number | null;
  /** When it came to pass, where Slack had tried before: what else did may not have come at all. */
  missedAt?: number;
}

export interface IntakeOptions {
  /** Wire milliseconds within which the answer must be there. */
  ackBudget?: number;
  /** How the outcome reaches people whose answer came too late. */
  later: Later;
  log: SlackLog;
  observe?: (taken: Taken) => void;
}

type Process = (event: ReceiverEvent) => Promise<void>;

/**
 * Stands between a Bolt receiver and its app, so that Slack hears *yes* only after the commit. Bolt itself acknowledges
 * events before any listener runs, and never learns that one has thrown (measured with Bolt 5.1).
 */
export class Intake {
  readonly #budget: number;
  readonly #later: Later;
  readonly #log: SlackLog;
  readonly #observe: (taken: Taken) => void;
  readonly #inFlight = new InFlight();
  /** By what tells one event from another, what is at work. */
  readonly #events = new Map<string, Promise<void>>();
  readonly #dropped: Dropped;
  #isClosed = false;

  constructor({ ackBudget = usualWire.ackBudget, later, log, observe = () => {} }: IntakeOptions) {
    this.#budget = ackBudget;
    this.#later = later;
    this.#log = log;
    this.#observe = observe;
    this.#dropped = new Dropped(log);
  }

  /** What a person should know of what comes in; undefined: all is well. */
  get trouble(): string | undefined {
    return this.#dropped.trouble;
  }

  onDropped(listener: () => void): void {
    this.#dropped.on(listener);
  }

  /** Before the receiver is given to an `App`. */
  wrap(receiver: Receiver): void {
    const init = receiver.init.bind(receiver);
    receiver.init = (app: App) => {
      const process = app.processEvent.bind(app);
      app.processEvent = (event) => this.#take(process, event);
      init(app);
    };
  }

  isIdle(): boolean {
    return this.#inFlight.isIdle();
  }

  idle(): Promise<void> {
    return this.#inFlight.idle();
  }

  /** What comes from now on is refused, unacknowledged: Slack repeats an event, a person sees an error. */
  close(): void {
    this.#isClosed = true;
  }

  async #take(process: Process, event: ReceiverEvent): Promise<void> {
    const request = isEvent(event.body) ? null : requestIn(event.body);
    const kind = kindOf(request);
    if (this.#isClosed) {
      this.#observe({ kind, outcome: "refused", seconds: null });
      throw new Error("Sitrep is stopping");
    }
    await this.#inFlight.during(() => this.#takeTimed(process, event, request, kind));
  }

  async #takeTimed(
    process: Process,
    event: ReceiverEvent,
    request: Request | null,
    kind: Taken["kind"],
  ): Promise<void> {
    const arrivedAt = wireNow();
    const taken: Taken = { kind, outcome: "failed", seconds: null, ...missedAt(event) };
    const ack = async (answer?: unknown): Promise<void> => {
      await answerOver(event, answer);
      taken.seconds ??= (wireNow() - arrivedAt) / 1000;
    };
    const timed = { ...event, ack };
    try {
      taken.outcome =
        request === null
          ? await this.#takeEvent(process, timed)
          : await this.#takeRequest(process, timed, request);
    } finally {
      this.#observe(taken);
    }
  }

  async #takeEvent(process: Process, event: ReceiverEvent): Promise<"ok" | "late"> {
    const arrivedAt = wireNow();
    await this.#oneByOne(event, () => process({ ...event, ack: async () => {} }));
    if (wireNow() - arrivedAt < this.#budget)
      return (await this.#acknowledged(() => event.ack())) ? "ok" : "late";
    // Slack has given up or is about to; it repeats the event, whose keys are stored by now.
    this.#log.warn({ retry: event.retryNum }, "an event took too long to be acknowledged");
    return "late";
  }

  /**
   * Slack repeats what is slow while it is at work still, now and then under another `event_id`: the repeat waits, and finds
   * what the first has stored.
   */
  async #oneByOne({ body }: ReceiverEvent, work: () => Promise<void>): Promise<void> {
    const { type, event_ts } = body["event"];
    const id = `${type}:${event_ts ?? body["event_id"]}`;
    const first = this.#events.get(id);
    const mine = first ? first.then(work, work) : work();
    this.#events.set(id, mine);
    try {
      await mine;
    } finally {
      if (this.#events.get(id) === mine) this.#events.delete(id);
    }
  }

  /** False: the line broke meanwhile, or was closed. What was done stays done. */
  async #acknowledged(ack: () => Promise<void>): Promise<boolean> {
    try {
      await ack();
      return true;
    } catch (error) {
      this.#log.warn({ error: messageOf(error) }, "an acknowledgement did not get through");
      return false;
    }
  }

  async #takeRequest(process: Process, event: ReceiverEvent, request: Request): Promise<Taken["outcome"]> {
    if (request.kind === "other") {
      await (this.#dropped.heard(event.body) ? event.ack() : process(event));
      return "ok";
    }
    const answered = new AbortController();
    let isLate = false;
    const spend = async (): Promise<void> => {
      await wireSleep(this.#budget, answered.signal);
      if (answered.signal.aborted) return;
      isLate = true;
      await this.#saySaving(event, request);
    };
    const budget = spend();
    const ack = async (answer?: unknown): Promise<void> => {
      if (answered.signal.aborted) return;
      answered.abort();
      if (isLate) await budget;
      else if (await this.#acknowledged(() => event.ack(answer))) return;
      // Else the person has read of an error, though it was done.
      isLate = true;
      await this.#soften("telling a late outcome", () => tellOutcome(this.#later, request, answer));
    };
    try {
      await process({ ...event, ack });
    } catch (error) {
      const why = nothingSaved(error);
      if (answered.signal.aborted || (!isLate && why === undefined)) throw error;
      answered.abort();
      await budget;
      if (isLate) await this.#soften("telling a late failure", () => tellFailure(this.#later, request, why));
      else if (why !== undefined)
        await this.#soften("telling a failure", () => ackFailure(this.#later, request, event.ack, why));
      // The store has told the log of itself.
      if (why === undefined) throw error;
      return "failed";
    } finally {
      answered.abort();
      await budget;
    }
    return isLate ? "late" : "ok";
  }

  async #saySaving(event: ReceiverEvent, request: Request): Promise<void> {
    this.#log.warn({ kind: request.kind }, "an answer took too long; the person is asked to wait");
    await this.#soften("asking a person to wait", () => stillSaving(this.#later, request, event.ack));
  }

  async #soften(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error({ error: messageOf(error) }, `${what} failed`);
    }
  }
}

function missedAt({ retryNum = 0, body }: ReceiverEvent): Pick<Taken, "missedAt"> {
  const seconds: unknown = body["event_time"];
  return retryNum > 0 && typeof seconds === "number" ? { missedAt: seconds * 1000 } : {};
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function kindOf(request: Request | null): Taken["kind"] {
  if (request === null) return "event";
  return request.kind === "press" ? "action" : request.kind;
}
