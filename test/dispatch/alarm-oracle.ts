import type { EventOf, IncidentEvent } from "../../src/domain/event.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { isWorse, type LiveStatus, type Severity } from "../../src/domain/vocab.ts";

/** A stretch of incident time: from and to are the same while somebody acts, and where the clock was set. */
export interface Stretch {
  from: number;
  to: number;
  /** `cut short`: Sitrep was killed in the middle of it, whatever it had begun. */
  runs: boolean | "cut short";
  /** What the incident's history has grown by. */
  events: IncidentEvent[];
  /** Promised by hand in this stretch, if anything. */
  byHand: number | null;
}

const minute = 60_000;

/** Minutes to the first and to each further update, as the contract's fifth section says. */
const intervals: Record<Severity, [first: number, every: number] | null> = {
  SEV1: [10, 15],
  SEV2: [15, 30],
  SEV3: [30, 60],
  SEV4: null,
};

/**
 * Reads an incident's history beside what the clock did, and says what people would hold against it. It keeps an account of its
 * own, from the contract: who was promised what, and when somebody had to be reminded of it.
 */
export class Watcher {
  readonly complaints: string[] = [];
  readonly #rules: Rules;
  #severity: Severity = "SEV2";
  #status: LiveStatus | "RESOLVED" = "INVESTIGATING";
  #since = 0;
  #promise: { due: number; notBefore: number } | null = null;
  #reminded: { due: number; graceUntil: number | null } | null = null;
  #automatic = 0;
  reminders = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  see({ from, to, runs, events, byHand }: Stretch): void {
    let now = from;
    for (const event of events) {
      const expected = runs === true ? this.#next(now) : null;
      if (expected !== null && expected.at < event.at) this.#miss(expected, event);
      this.#take(event, now, byHand);
      now = Math.max(now, event.at);
    }
    const expected = runs === true ? this.#next(now) : null;
    if (expected !== null && expected.at <= to) this.#miss(expected);
  }

  /** What must come next, and when, if nobody does anything. */
  #next(now: number): { what: string; at: number } | null {
    const { whenMissed } = this.#rules.updates;
    const act = this.#severity === "SEV3" ? "remind" : whenMissed;
    if (this.#promise && act !== "off")
      return {
        what: "a reminder",
        at: this.#workTime(Math.max(now, this.#promise.due, this.#promise.notBefore)),
      };
    const graceUntil = this.#reminded?.graceUntil ?? null;
    return graceUntil === null ? null : { what: "what comes after the grace", at: Math.max(now, graceUntil) };
  }

  #take(event: IncidentEvent, now: number, byHand: number | null): void {
    switch (event.type) {
      case "IncidentDeclared":
        this.#severity = event.data.severity;
        this.#since = event.at;
        return this.#promised(event.data.nextUpdate, this.#first(event.at), event);
      case "SeverityChanged":
        return;
      case "StatusChanged":
        this.#status = event.data.to;
        return;
      case "IncidentReopened":
        this.#status = "INVESTIGATING";
        this.#since = event.at;
        return;
      case "IncidentResolved":
        this.#status = "RESOLVED";
        this.#promise = this.#reminded = null;
        return;
      case "UpdatePublished":
        return this.#published(event, byHand);
      case "UpdateSnoozed":
        this.#promise = { due: event.data.until, notBefore: 0 };
        this.#reminded = null;
        return;
      case "UpdatesPaused":
        if (this.#automatic < this.#rules.updates.maxAutomatic) this.#complain("paused too early", event);
        this.#promise = this.#reminded = null;
        return;
      case "PromptHeldBack":
        if (event.data.timer.type !== "RemindUpdate" || !this.#promise) return;
        if (event.data.until !== this.#workTime(event.at)) this.#complain("held back to a wrong time", event);
        this.#promise.notBefore = event.data.until;
        return;
      case "UpdateReminded":
        return this.#remindedBy(event, now);
      default:
        return;
    }
  }

  #remindedBy({ at, data }: EventOf<"UpdateReminded">, now: number): void {
    this.reminders += 1;
    const expected = this.#promise && this.#next(now);
    if (this.#status === "RESOLVED") this.#complain("reminded after the resolution", { at });
    else if (!this.#promise || !expected) this.#complain("reminded of nothing, or twice", { at });
    else if (data.due !== this.#promise.due) this.#complain("reminded of another promise", { at });
    else if (at !== expected.at) this.#complain(`reminded at another time than ${iso(expected.at)}`, { at });
    if (data.graceUntil !== null && data.graceUntil !== at + this.#rules.updates.grace)
      this.#complain("another grace", { at });
    this.#reminded = { due: data.due, graceUntil: data.graceUntil };
    this.#promise = null;
  }

  #published({ at, data, actor }: EventOf<"UpdatePublished">, byHand: number | null): void {
    const { change, final, lines, automaticSince, answers } = data;
    if (automaticSince !== null) {
      if (actor.kind !== "bot") this.#complain("a person's update called automatic", { at });
      if (!this.#reminded || this.#reminded.due !== answers) this.#complain("posted for nothing", { at });
      else if (at < (this.#reminded.graceUntil ?? Infinity))
        this.#complain("posted within the grace", { at });
      this.#automatic += 1;
      if (this.#automatic > this.#rules.updates.maxAutomatic) this.#complain("posted too often", { at });
    } else this.#automatic = 0;
    const before = this.#promise?.due ?? this.#reminded?.due ?? null;
    const from = this.#severity;
    if (change?.kind === "severity") this.#severity = change.to;
    const raised = change?.kind === "severity" && isWorse(change.to, from);
    const expected = final
      ? null
      : change?.kind === "reopened"
        ? this.#first(at)
        : raised || (change?.kind === "severity" && change.to === from)
          ? this.#earlier(before, at)
          : (byHand ?? this.#regular(at));
    this.#promised(lines.nextUpdate, expected, { at });
  }

  #promised(published: number | null, expected: number | null, event: { at: number }): void {
    if (published !== expected)
      this.#complain(`promised ${iso(published)} instead of ${iso(expected)}`, event);
    this.#promise = published === null ? null : { due: published, notBefore: 0 };
    this.#reminded = null;
  }

  #first(at: number): number | null {
    const interval = intervals[this.#severity];
    return interval && at + interval[0] * minute;
  }

  #earlier(before: number | null, at: number): number | null {
    const first = this.#first(at);
    const open = [before, first].flatMap((each) => (each !== null && each > at ? [each] : []));
    return open.length === 0 ? this.#regular(at) : Math.min(...open);
  }

  #regular(at: number): number | null {
    const interval = intervals[this.#severity];
    if (!interval) return null;
    const { slowAfter } = this.#rules.updates;
    const isSlow = this.#status === "MONITORING" || (slowAfter !== null && at - this.#since >= slowAfter);
    const every = interval[1] * (isSlow ? 2 : 1);
    return at + Math.min(every, this.#severity === "SEV1" ? 60 : every) * minute;
  }

  /** The first quarter of an hour, or `at` itself, that lies in working hours; those of SEV1 and SEV2 are always. */
  #workTime(at: number): number {
    if (this.#severity === "SEV1" || this.#severity === "SEV2") return at;
    const quarter = 15 * minute;
    for (let time = at; ; time = (Math.floor(time / quarter) + 1) * quarter)
      if (isWorkTime(this.#rules, time)) return time;
  }

  #miss({ what, at }: { what: string; at: number }, before?: IncidentEvent): void {
    this.#complain(`${what} did not come${before ? ` before ${before.type} of ${iso(before.at)}` : ""}`, {
      at,
    });
  }

  #complain(what: string, { at }: { at: number }): void {
    this.complaints.push(`${iso(at)}: ${what}`);
  }
}

const iso = (at: number | null): string => (at === null ? "nothing" : new Date(at).toISOString());

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By the zone's own clock, as it hangs on the wall. */
function isWorkTime({ timezone, workingHours: { days, from, to } }: Rules, at: number): boolean {
  const clock =
    clocks.get(timezone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
  clocks.set(timezone, clock);
  const [day = "", time = ""] = clock.format(at).toLowerCase().replace(",", "").split(" ");
  const worked = (name: string) => days.some((each) => each === name);
  if (from < to) return worked(day) && from <= time && time < to;
  const before: Record<string, string> = {
    mon: "sun",
    tue: "mon",
    wed: "tue",
    thu: "wed",
    fri: "thu",
    sat: "fri",
    sun: "sat",
  };
  return (worked(day) && from <= time) || (worked(before[day] ?? "") && time < to);
}
