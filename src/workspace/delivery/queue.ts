import { type Duration, milliseconds, type Participant } from "../clock.ts";
import { InFlight } from "../in-flight.ts";
import type { Happening, IncidentClock, Installation } from "../model.ts";
import { Ids } from "../state/ids.ts";
import { Allowance } from "./allowance.ts";
import type { Answer, EventEnvelope, FailureReason, RequestKind, Retry, Wire } from "./wire.ts";

export interface DeliveryFault {
  /** So many copies more, right after the first that was acknowledged. */
  duplicate?: number;
  /** Copies get an `event_id` of their own, as seen in the field (node-slack-sdk#2141). */
  newEventId?: boolean;
  /** First tried only so much later, in incident time. */
  late?: Duration;
  /** Tried after the event that follows it, at the latest a minute later. */
  outOfOrder?: boolean;
  /** So many tries are lost on the way (`connection_failed`); 4 lose an event for good. */
  drop?: number;
  /** Of so many tries the answer is lost, though they arrive; of events only. */
  unheard?: number;
}

/** One try and how it ended. `id` is the event id; requests have none. */
export interface DeliveryRecord {
  kind: "events_api" | RequestKind;
  type: string;
  id?: string;
  retry?: Retry;
  outcome: "acknowledged" | FailureReason;
}

export interface DeliveryOptions {
  clock: IncidentClock;
  wire: Wire;
  installation: Installation;
  seed: number;
  /** Whether the app sees what happens in this conversation. */
  isMember: (channel: string) => boolean;
  /** False once the app's token was revoked: it hears of that and of nothing else. */
  isInstalled?: () => boolean;
  /** First tries under way at the same time. Slack promises no order; 1 keeps runs repeatable. */
  concurrency?: number;
  /** While true every try fails on the way. */
  isAway?: () => boolean;
  eventsAnHour?: number;
}

// docs.slack.dev/apis/events-api: at once, after a minute, after five minutes.
const RETRY_DELAYS = [0, 60_000, 300_000] as const;
const FAREWELLS = new Set(["app_uninstalled", "tokens_revoked"]);
const HELD_AT_MOST = 60_000;
const EVENTS_AN_HOUR = 30_000;

interface Waiting {
  id: string;
  type: string;
  until?: number;
}

/** Everything on its way to the app, whichever wire carries it. Waiting for a retry time counts as idle. */
export class Deliveries implements Participant {
  readonly #options: DeliveryOptions;
  readonly #inFlight = new InFlight();
  readonly #ids: Ids;
  readonly #faults: { type: string; fault: DeliveryFault }[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #stopped = new AbortController();
  #reachable = new AbortController();
  #free: number;
  readonly #allowance: Allowance;
  #line: (() => void)[] = [];
  #held: AbortController[] = [];

  /** What happens to each delivery for which nothing was planned by `next`; `id` is the event's. */
  plan: (of: { type: string; id?: string }) => DeliveryFault = () => ({});

  /** Every try so far, oldest first. */
  readonly log: DeliveryRecord[] = [];

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#free = options.concurrency ?? 1;
    this.#allowance = new Allowance(options.eventsAnHour ?? EVENTS_AN_HOUR);
    this.#ids = new Ids(options.seed);
    options.wire.onReachable(() => {
      this.#reachable.abort();
      this.#reachable = new AbortController();
    });
  }

  /** What happens to the next event of this type (`message`, `message/message_changed`, `message.im`) or request kind. */
  next(type: string, fault: DeliveryFault): void {
    this.#faults.push({ type, fault });
  }

  /** Events that are not acknowledged yet; `until` is when the next try is due, unset while one is under way. */
  waiting(): readonly Readonly<Waiting>[] {
    return [...this.#waiting];
  }

  isIdle(): boolean {
    return this.#inFlight.isIdle();
  }

  idle(): Promise<void> {
    return this.#inFlight.idle();
  }

  /** Delivers what the app subscribed to and can see; forgets the rest. */
  offer(happening: Happening): void {
    const { installation, isMember, isInstalled } = this.#options;
    if (isInstalled?.() === false && !FAREWELLS.has(happening.subscription)) return;
    if (!installation.botEvents.has(happening.subscription)) return;
    if (happening.channel !== undefined && !isMember(happening.channel)) return;
    if (!this.#allowance.take(this.#options.clock.now())) return void this.#tellOfDropped();
    const envelope = this.#envelope(happening);
    void this.#carry(envelope, this.#faultFor(happening, envelope.event_id));
  }

  /** A command or interaction: tried once. */
  async request(kind: RequestKind, payload: Record<string, unknown>): Promise<Answer> {
    return this.#inFlight.during(async () => {
      const at = this.#faults.findIndex(({ type }) => type === kind || type === payload.type);
      const fault = this.#faults.splice(at, at < 0 ? 0 : 1)[0]?.fault ?? this.plan({ type: kind });
      const lost = (fault.drop ?? 0) > 0 || this.#options.isAway?.() === true;
      const answer: Answer = lost
        ? { ok: false, reason: "connection_failed" }
        : await this.#options.wire.deliverRequest(kind, payload);
      const type = typeof payload.type === "string" ? payload.type : kind;
      this.log.push({ kind, type, outcome: answer.ok ? "acknowledged" : answer.reason });
      for (let n = fault.duplicate ?? 0; n > 0; n--) await this.#options.wire.deliverRequest(kind, payload);
      return answer;
    });
  }

  /** Slack waits no longer for what is under way: each try ends as after three seconds, but now. */
  giveUp(): void {
    this.#options.wire.giveUp();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#options.wire.stop();
    await this.#inFlight.idle();
  }

  async #carry(envelope: EventEnvelope, fault: DeliveryFault): Promise<void> {
    const entry: Waiting = { id: envelope.event_id, type: envelope.event.type };
    this.#waiting.add(entry);
    let leave = this.#inFlight.enter();
    const pause = async (ms: number, wake: AbortSignal): Promise<void> => {
      entry.until = this.#options.clock.now() + ms;
      leave();
      await this.#options.clock.sleepUntil(
        entry.until,
        "timer",
        AbortSignal.any([wake, this.#stopped.signal]),
      );
      leave = this.#inFlight.enter();
      delete entry.until;
    };
    try {
      if (fault.late !== undefined) await pause(milliseconds(fault.late), this.#stopped.signal);
      if (fault.outOfOrder) await pause(HELD_AT_MOST, this.#holdUntilNext());
      await this.#attempts(envelope, fault, pause);
    } finally {
      this.#waiting.delete(entry);
      leave();
    }
  }

  async #attempts(
    envelope: EventEnvelope,
    fault: DeliveryFault,
    pause: (ms: number, wake: AbortSignal) => Promise<void>,
  ): Promise<void> {
    let lost = fault.drop ?? 0;
    let unheard = fault.unheard ?? 0;
    const giveBack = await this.#takeTurn();
    try {
      let retry: Retry | undefined;
      for (;;) {
        if (this.#stopped.signal.aborted) return;
        let answer: Answer =
          lost-- > 0 ? { ok: false, reason: "connection_failed" } : await this.#try(envelope, retry);
        if (answer.ok && unheard-- > 0) answer = { ok: false, reason: "connection_failed" };
        this.#record(envelope, retry, answer);
        if (answer.ok) break;
        const delay = RETRY_DELAYS[retry?.num ?? 0];
        if (answer.noRetry || delay === undefined) return;
        retry = { num: (retry?.num ?? 0) + 1, reason: answer.reason };
        if (delay > 0) {
          giveBack();
          await pause(delay, this.#reachable.signal);
        }
      }
      for (let n = fault.duplicate ?? 0; n > 0; n--) {
        const copy = fault.newEventId ? { ...envelope, event_id: this.#eventId() } : envelope;
        this.#record(copy, undefined, await this.#try(copy));
      }
    } finally {
      giveBack();
    }
  }

  async #tellOfDropped(): Promise<void> {
    const { clock, installation, wire } = this.#options;
    const minute = this.#allowance.minuteToTell(clock.now());
    if (minute === undefined || this.#options.isAway?.() === true) return;
    await this.#inFlight.during(() =>
      wire.deliverNotice({
        token: "verification-token",
        type: "app_rate_limited",
        team_id: installation.teamId,
        minute_rate_limited: minute / 1000,
        api_app_id: installation.appId,
      }),
    );
  }

  #try(envelope: EventEnvelope, retry?: Retry): Promise<Answer> {
    if (this.#options.isAway?.() === true) return Promise.resolve({ ok: false, reason: "connection_failed" });
    return this.#options.wire.deliverEvent(envelope, retry);
  }

  #record(envelope: EventEnvelope, retry: Retry | undefined, answer: Answer): void {
    this.log.push({
      kind: "events_api",
      type: envelope.event.type,
      id: envelope.event_id,
      ...(retry && { retry }),
      outcome: answer.ok ? "acknowledged" : answer.reason,
    });
  }

  /** Resolves in the order asked; the returned function gives the turn to the next and frees what was held for it. */
  async #takeTurn(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    const held = this.#held.splice(0);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      for (const hold of held) hold.abort();
      const next = this.#line.shift();
      if (next) next();
      else this.#free += 1;
    };
  }

  #holdUntilNext(): AbortSignal {
    const hold = new AbortController();
    this.#held.push(hold);
    return hold.signal;
  }

  #faultFor({ event, subscription }: Happening, id: string): DeliveryFault {
    const names = [event.type, `${event.type}/${String(event.subtype)}`, subscription];
    const at = this.#faults.findIndex(({ type }) => names.includes(type));
    return this.#faults.splice(at, at < 0 ? 0 : 1)[0]?.fault ?? this.plan({ type: event.type, id });
  }

  #eventId(): string {
    return `Ev0${this.#ids.hex("event", 8).toUpperCase()}`;
  }

  #envelope({ event }: Happening): EventEnvelope {
    const { installation, clock } = this.#options;
    const id = this.#eventId();
    return {
      token: "verification-token",
      team_id: installation.teamId,
      context_team_id: installation.teamId,
      context_enterprise_id: null,
      api_app_id: installation.appId,
      event,
      type: "event_callback",
      event_id: id,
      event_time: Math.floor(clock.now() / 1000),
      event_context: `4-${id}`,
      is_ext_shared_channel: false,
      authorizations: [
        {
          enterprise_id: null,
          team_id: installation.teamId,
          user_id: installation.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    };
  }
}
