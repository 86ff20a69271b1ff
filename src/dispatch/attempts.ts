import { type Clock, endsWithin } from "../clock.ts";
import { type Effect, isTimer, isWebhook } from "../domain/effect.ts";
import { anybody, isVisibleTo } from "../domain/policy/visibility.ts";
import type { Log } from "../log.ts";
import type { ClaimedEffect, Store } from "../store/port.ts";
import type { Activity } from "./activity.ts";
import { backOff } from "./back-off.ts";
import type { Brakes } from "./brakes.ts";
import { faultOf } from "./fault.ts";
import { type Party, partyOf } from "./party.ts";
import type { Performed, Performer, WebhookPerformer } from "./performer.ts";
import { isSlackThere } from "./restraint.ts";
import { type Ended, type Handle, type Settled, settle } from "./settling.ts";

/** An attempt that was settled; `seconds` of wire time. */
export interface Attempt {
  type: Effect["type"];
  outcome: Settled["as"];
  seconds: number;
}

export interface AttemptsOptions {
  store: Store;
  handle: Handle;
  clock: Clock;
  performer: Performer;
  webhooks: WebhookPerformer;
  wireNow: () => number;
  log: Pick<Log, "debug" | "info" | "warn" | "error">;
  observe?: (attempt: Attempt) => void;
}

export interface AttemptsStatus {
  inFlight: number;
  /** Performed, but the store did not take the result yet; oldest first. */
  unsettled: Unsettled[];
}

export interface Unsettled extends Pick<ClaimedEffect, "key" | "incident"> {
  since: number;
  error: string;
}

/** What is claimed and under way, from the claim to the commit that settles it. */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #activity: Activity;
  readonly #brakes: Brakes;
  readonly #freed: () => void;
  readonly #runs = new Set<Promise<void>>();
  /** Target by row. */
  readonly #claimed = new Map<number, string>();
  readonly #stopping = new AbortController();
  readonly #performing = new Map<Party, number>();
  /** By row. */
  readonly #unsettled = new Map<number, Unsettled>();
  #abandoned = false;

  /** `freed` is called whenever one may take the place of another. */
  constructor(options: AttemptsOptions, activity: Activity, brakes: Brakes, freed: () => void) {
    this.#options = options;
    this.#activity = activity;
    this.#brakes = brakes;
    this.#freed = freed;
  }

  /** What only waits for the store does not count: it must not keep others from Slack. */
  performingWith(party: Party): number {
    return this.#performing.get(party) ?? 0;
  }

  #count(party: Party, more: 1 | -1): void {
    this.#performing.set(party, this.performingWith(party) + more);
  }

  /** Of all that is claimed, unsettled ones included. */
  get targets(): string[] {
    return [...this.#claimed.values()];
  }

  status(): AttemptsStatus {
    const inFlight = [...this.#performing.values()].reduce((sum, each) => sum + each, 0);
    return { inFlight, unsettled: [...this.#unsettled.values()] };
  }

  begin(row: ClaimedEffect): void {
    this.#count(partyOf(row.effect), 1);
    this.#claimed.set(row.id, row.target);
    const run = this.#activity.during(() => this.#run(row));
    this.#runs.add(run);
    void run.finally(() => this.#runs.delete(run));
  }

  /** Resolves to how many were left after `within` milliseconds of wire time; whatever they bring is dropped. */
  async drain(within: number): Promise<number> {
    this.#stopping.abort();
    await endsWithin(within, Promise.all(this.#runs));
    this.#abandoned = true;
    return this.#runs.size;
  }

  async #run(row: ClaimedEffect): Promise<void> {
    const { wireNow, observe } = this.#options;
    const begun = wireNow();
    const { effect } = row;
    const ended = await this.#end(row);
    const settled = await this.#settle(row, ended);
    if (!settled) return;
    await this.#tell(row, settled);
    observe?.({ type: effect.type, outcome: settled.as, seconds: (wireNow() - begun) / 1000 });
  }

  async #end(row: ClaimedEffect): Promise<Ended> {
    const { clock, performer, webhooks } = this.#options;
    const { effect } = row;
    if (isTimer(effect)) return { as: "due", timer: effect };
    const performed = await outcomeOf(() =>
      isWebhook(effect) ? webhooks.perform({ ...row, effect }) : performer.perform({ ...row, effect }),
    );
    const isDown =
      this.#brakes.noteBroken(performed) && !(await isSlackThere(performer, this.#brakes, clock.now()));
    return this.#brakes.heed(row, performed, clock.now(), isDown);
  }

  /** Performed is performed: what the store does not take now is kept, and brought again until it does. */
  async #settle(row: ClaimedEffect, ended: Ended): Promise<Settled | undefined> {
    const { clock, log } = this.#options;
    const party = partyOf(row.effect);
    for (let failures = 0; !this.#abandoned;) {
      try {
        const settled = await settle(this.#options, row, ended, clock.now());
        if (!this.#unsettled.delete(row.id)) this.#count(party, -1);
        this.#claimed.delete(row.id);
        this.#freed();
        return settled;
      } catch (error) {
        failures += 1;
        const { key, incident } = row;
        const fault = faultOf(error);
        const since = this.#unsettled.get(row.id)?.since ?? clock.now();
        this.#unsettled.set(row.id, { key, incident, since, error: fault });
        if (failures === 1) {
          this.#count(party, -1);
          this.#freed();
        }
        log[failures === 1 ? "error" : "debug"](
          { ...namesOf(row, await this.#isSecret(row)), fault, failures },
          "a result cannot be stored; trying again",
        );
        if (this.#stopping.signal.aborted) return undefined;
        await this.#activity.rest(clock.now() + backOff(failures, row.id), "dispatch", this.#stopping.signal);
      }
    }
    return undefined;
  }

  async #isSecret({ incident: number }: ClaimedEffect): Promise<boolean> {
    // What belongs to no incident is a person's name, and whoever is in a private one is not told either.
    if (number === null) return true;
    try {
      const incident = await this.#options.store.incident(number);
      return incident !== undefined && !isVisibleTo(incident, anybody);
    } catch {
      return true;
    }
  }

  async #tell(row: ClaimedEffect, { as, why }: Settled): Promise<void> {
    const { log } = this.#options;
    const isSecret = await this.#isSecret(row);
    const fields = { ...namesOf(row, isSecret), outcome: as, ...(why ? { why } : {}) };
    if (as === "dead") log.error(fields, "effect refused");
    else if (as === "more") log.debug(fields, "effect goes on");
    else if (as === "done" || as === "skipped" || as === "held")
      log[isSecret ? "debug" : "info"](fields, `effect ${as}`);
    else log.warn(fields, as === "retry" ? "effect will be tried again" : "effect settled by somebody else");
  }
}

/** The log does not tell that there is a private incident: of its effects it knows the type alone. */
const namesOf = ({ incident, key, attempts, effect }: ClaimedEffect, isSecret: boolean): object =>
  isSecret ? { effect: effect.type, attempts } : { incident, effect: key, attempts };

async function outcomeOf(perform: () => Promise<Performed>): Promise<Performed> {
  try {
    return await perform();
  } catch (error) {
    return { as: "retry", error: faultOf(error), sure: false, pause: "row" };
  }
}
