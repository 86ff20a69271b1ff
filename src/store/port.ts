import type { StoreFault } from "./fault.ts";
import type { Answer } from "../domain/decision.ts";
import type { Outgoing } from "../domain/effect.ts";
import type { IncidentEvent } from "../domain/event.ts";
import type { Incident } from "../domain/incident.ts";
import type { MessageRecord } from "../domain/record.ts";
import type { Severity } from "../domain/vocab.ts";

/** Milliseconds since the epoch. */
type Instant = number;

export interface RecordedEvent {
  incident: number;
  /** Position in the incident's history, from 1; the state's version after it. */
  seq: number;
  recordedAt: Instant;
  event: IncidentEvent;
}

/** A cached Slack person, so that names stand in an export without asking Slack. */
export interface Person {
  id: string;
  /** What people write after `@`. */
  name: string;
  isBot: boolean;
}

/** Whom an effect needs, and so what may hold it back: Slack, another service, or nobody. */
export type EffectKind = "slack" | "webhook" | "timer";

/** An effect that may be claimed. */
export type DueEffect = Pick<ClaimedEffect, "id" | "effect" | "target" | "timer">;

/** An effect that somebody has claimed and must settle with `token`. */
export interface ClaimedEffect extends Outgoing {
  id: number;
  token: string;
  /** When it was asked for, in incident time: `dueAt` moves with each attempt. */
  createdAt: Instant;
  /** How often it was claimed, this time included. */
  attempts: number;
  /** Since when it may have taken effect without our knowing (incident time); null: surely not yet. Look before repeating. */
  suspectSince: Instant | null;
  /** A response URL; gone once settled. */
  secret: string | null;
  /** How often somebody had it tried again after Slack had refused it. */
  retries: number;
}

/** An effect that Slack has definitely refused. */
export interface DeadEffect extends Pick<Outgoing, "key" | "incident" | "effect"> {
  error: string;
  /** When it was refused. */
  since: Instant;
}

/** How an attempt ended. `retry` keeps the row; `sure` says that the attempt certainly had no effect. */
export type SettledAs =
  | { as: "done" }
  /** A part of it is; the rest is due at once, and `Write.meta` says where to go on. */
  | { as: "more" }
  | { as: "skipped"; why: string }
  | { as: "dead"; error: string }
  /** It waits for what is out of reach, until a write releases what is held of its incident. */
  | { as: "held"; why: string }
  | { as: "retry"; error: string; at: Instant; sure: boolean };

export interface Settlement {
  id: number;
  token: string;
  outcome: SettledAs;
}

/** One commit: everything or nothing. */
export interface Write {
  /** Keys of the input that caused it, with the answer that a repeat gets. */
  input?: { keys: readonly string[]; answer: Answer };
  /** `expected` is the version that was decided upon; 0 for a new incident. `state` is the fold after `events`. */
  incident?: { number: number; expected: number; events: IncidentEvent[]; state: Incident };
  /** `expected` 0 for a new record; `message.version` is the new one. Texts of a deleted message are erased. */
  message?: { expected: number; message: MessageRecord };
  /** Ids of texts that are blanked for good, wherever they are quoted. */
  erase?: string[];
  /** A key that stands in the outbox already is not added again. */
  outbox?: (Outgoing & { secret?: string })[];
  settle?: Settlement;
  /** Of the dead, by key: those that are due again at once, and those that something else takes the place of. */
  dead?: { retry: string[]; giveUp: string[] };
  /** Conflicts, as long as the incident has moved on from what was looked at. */
  seen?: { incident: number; version: number };
  /** Whatever is held of this incident is pending again, in its old order. */
  release?: number;
  people?: Person[];
  /** Whether somebody gets each update as a direct message. */
  subscription?: { user: string; on: boolean };
  meta?: Record<string, string>;
  /** Incident time of the commit. */
  at: Instant;
}

export type Committed =
  | { kind: "committed" }
  /** A version moved on, or the lease was lost: nothing was written. Load again, decide again. */
  | { kind: "conflict" }
  /** One of the input's keys was there: nothing was written, this is what was answered then. */
  | { kind: "duplicate"; answer: Answer };

export interface IncidentFilter {
  open?: boolean;
  severity?: Severity;
}

export interface Thread {
  channel: string;
  /** Of the message that opens it. */
  threadTs: string;
}

/** What is waiting, for `/readyz` and metrics. */
export interface OutboxCounts {
  /** Timers aside. */
  pending: number;
  claimed: number;
  /** Waits for a channel or a person out of reach. */
  held: number;
  dead: number;
  /**
   * Since when the oldest of what is due has been waiting, tried in vain or not, under way or not; but for webhooks that are down,
   * timers that wait for Slack, and catching up, which takes as long as there is to read.
   */
  oldestDue: Instant | null;
}

/**
 * What can be loaded and committed. Asynchronous throughout, and data only, so that commits can share a flush and another
 * database can take its place. Reads see every commit that was answered.
 */
export interface Store extends AsyncDisposable {
  commit(write: Write): Promise<Committed>;

  /** The answer stored with any of these keys. */
  answerOf(keys: readonly string[]): Promise<Answer | undefined>;
  /** The number that the next incident takes, unless another one is quicker: then its commit conflicts. */
  nextNumber(): Promise<number>;
  incident(number: number): Promise<Incident | undefined>;
  incidentOfChannel(channel: string): Promise<number | undefined>;
  /** Newest first. */
  incidents(filter?: IncidentFilter): Promise<Incident[]>;
  events(incident: number): Promise<RecordedEvent[]>;
  message(channel: string, ts: string): Promise<MessageRecord | undefined>;
  /** In order of ts, then arrival. `marked`: only those that carry a present mark. */
  messages(incident: number, only?: { marked?: boolean }): Promise<MessageRecord[]>;
  /** The `ts` of the newest thing said in it, deleted or not. */
  lastSaid(incident: number): Promise<string | undefined>;
  /** Those that stand in the channel itself, newest first; deleted ones too. */
  messagesBefore(channel: string, range: { before: string; limit: number }): Promise<MessageRecord[]>;
  /** Those in a thread, oldest first. */
  repliesAfter(thread: Thread, range: { after: string; limit: number }): Promise<MessageRecord[]>;
  /** Threads from `from` on, but not from `before`, in which something stands. */
  threads(channel: string, range: { from: string; before: string }): Promise<string[]>;
  people(ids: string[]): Promise<Map<string, Person>>;
  /** User ids of those who get each update. */
  subscribers(): Promise<string[]>;
  meta(key: string): Promise<string | undefined>;

  /**
   * What may be claimed now, not yet leased, so that pacing can choose: urgent before ornamental, then oldest first; one a
   * target, never one whose target has an older one pending or in flight, unless that one is older of the same `collapse`.
   */
  due(request: {
    now: Instant;
    limit: number;
    /** Targets that are held back just now. */
    exceptTargets?: string[];
    /** Kinds of effects and timers that are held back just now. */
    exceptTypes?: readonly string[];
    /** Of these kinds alone; of all unless given. */
    kinds?: readonly EffectKind[];
  }): Promise<DueEffect[]>;
  /**
   * Leases those of `ids` that `due` would still name, in its order. Older pending rows of the same `collapse` are settled
   * as skipped on the way.
   */
  claim(request: {
    now: Instant;
    token: string;
    /** Wire time until which the lease holds. */
    leasedUntil: Instant;
    ids: number[];
  }): Promise<ClaimedEffect[]>;
  /**
   * When the next unclaimed effect falls due, and whether a timer does at that instant. Past instants included, unless
   * `after` is given: then only what falls due later than it.
   */
  nextDue(after?: Instant): Promise<{ at: Instant; timer: boolean } | undefined>;
  /** What would wait until later than `after`, timers aside, falls due `now`: the clock that said so was wrong. */
  hasten(request: { now: Instant; after: Instant }): Promise<number>;
  /**
   * Gives back every lease: the holder before us is gone. Those effects are suspects. What goes to Slack is due no sooner than
   * `lingersFor` ms after its attempt began.
   */
  freeLeases(request: { now: Instant; lingersFor: number }): Promise<number>;
  /** Newest first. */
  deadEffects(limit?: number): Promise<DeadEffect[]>;
  outboxCounts(now: Instant): Promise<OutboxCounts>;
  /** When the newest was asked for of what goes to this target and is pending or under way. */
  waitingSince(target: string): Promise<Instant | undefined>;
  /** Incidents of which something is held. */
  incidentsHeld(): Promise<number[]>;
  /**
   * Called after each flush of commits from here that may let somebody claim what could not be claimed before, and after any by
   * another process on the same database. Returns how to stop.
   */
  onWork(listener: () => void): () => void;
  /** Why commits are not kept just now; null when the last one was. */
  readonly fault: StoreFault | null;
  /** Commits not yet flushed. */
  readonly pendingCommits: number;
}
