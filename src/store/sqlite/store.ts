import type { Database } from "better-sqlite3";
import type { Log } from "../../log.ts";
import { decodeAnswer } from "../codec.ts";
import { StoreFault } from "../fault.ts";
import type { ClaimedEffect, Committed, IncidentFilter, Person, Store, Thread, Write } from "../port.ts";
import { Batcher } from "./batcher.ts";
import type { Sleep } from "./busy.ts";
import { faultOf } from "./connect.ts";
import { eventsIn, type Events } from "./events.ts";
import { guardOf } from "./file.ts";
import { Health } from "./health.ts";
import { incidentsIn, type Incidents } from "./incidents.ts";
import { messagesIn, type Messages } from "./messages.ts";
import { ormOf } from "./orm.ts";
import { claimingIn, type Claiming } from "./claiming.ts";
import { outboxIn, type Outbox } from "./outbox.ts";
import { sidesIn, type Sides } from "./sides.ts";
import { textsIn } from "./texts.ts";
import { OtherCommits, watch } from "./watch.ts";
import { writingIn } from "./writing.ts";

export interface SqliteOptions {
  /** Path of the file, or `:memory:`. */
  path: string;
  /** Whether this process dispatches: only one may, and it is told of other processes' commits. */
  serve: boolean;
  /** Wire time, in ms: leases are held against it. */
  wireNow: () => number;
  sleep: Sleep;
  /** How often to look for other processes' commits, in ms. */
  pollEvery?: number;
  log?: Pick<Log, "info" | "warn" | "error">;
}

/** The store on a database that is open and up to date. Opened by `openSqliteStore`. */
export class SqliteStore implements Store {
  readonly #client: Database;
  readonly #path: string;
  readonly #health: Health;
  readonly #letGo: (() => void) | undefined;
  readonly #batcher: Batcher;
  readonly #events: Events;
  readonly #incidents: Incidents;
  readonly #messages: Messages;
  readonly #outbox: Outbox;
  readonly #claiming: Claiming;
  readonly #sides: Sides;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #others: OtherCommits;
  readonly #apply: (write: Write) => Committed;

  constructor(client: Database, options: SqliteOptions, letGo: (() => void) | undefined) {
    this.#client = client;
    this.#path = options.path;
    this.#health = new Health(options.log);
    this.#letGo = letGo;
    const orm = ormOf(client);
    const texts = textsIn(orm);
    this.#events = eventsIn(orm, texts);
    this.#incidents = incidentsIn(orm, texts, this.#events);
    this.#messages = messagesIn(orm, texts);
    this.#outbox = outboxIn(orm);
    this.#claiming = claimingIn(orm, options.wireNow);
    this.#sides = sidesIn(orm);
    this.#apply = writingIn({
      incidents: this.#incidents,
      messages: this.#messages,
      texts,
      outbox: this.#outbox,
      sides: this.#sides,
    });
    this.#batcher = new Batcher(client, {
      sleep: options.sleep,
      flushed: (kept) => {
        if (kept > 0) this.#health.worked();
        if (this.#outbox.hasNews()) this.#tell();
      },
      undone: () => this.#outbox.forget(),
      failed: (error) => this.#health.told(faultOf(error, options.path)),
      guard: guardOf(options.path),
    });
    this.#others = new OtherCommits(client);
    if (options.serve) void this.#watch(options);
  }

  get pendingCommits(): number {
    return this.#batcher.pending;
  }

  commit(write: Write): Promise<Committed> {
    return this.#write(() => this.#apply(write));
  }

  async answerOf(keys: string[]) {
    const json = this.#read(() => this.#sides.answerOf(keys));
    return json === undefined ? undefined : decodeAnswer(json);
  }

  async nextNumber() {
    return this.#read(() => this.#incidents.nextNumber());
  }

  async incident(number: number) {
    return this.#read(() => this.#incidents.get(number));
  }

  async incidentOfChannel(channel: string) {
    // No other process gives an incident's channel to another one, so that each message need not ask for their commits.
    return this.#incidents.knownOfChannel(channel) ?? this.#read(() => this.#incidents.ofChannel(channel));
  }

  async incidents(filter: IncidentFilter = {}) {
    return this.#read(() => this.#incidents.list(filter));
  }

  async events(incident: number) {
    return this.#read(() => this.#events.of(incident));
  }

  async message(channel: string, ts: string) {
    return this.#read(() => this.#messages.get(channel, ts));
  }

  async messages(incident: number, { marked = false }: { marked?: boolean } = {}) {
    return this.#read(() => this.#messages.list(incident, marked ? "marked" : "all"));
  }

  async lastSaid(incident: number) {
    return this.#read(() => this.#messages.lastSaid(incident));
  }

  async messagesBefore(channel: string, range: { before: string; limit: number }) {
    return this.#read(() => this.#messages.before({ channel, ...range }));
  }

  async repliesAfter(thread: Thread, range: { after: string; limit: number }) {
    return this.#read(() => this.#messages.repliesAfter({ ...thread, ...range }));
  }

  async threads(channel: string, range: { from: string; before: string }) {
    return this.#read(() => this.#messages.threads({ channel, ...range }));
  }

  async people(ids: string[]): Promise<Map<string, Person>> {
    return this.#read(() => this.#sides.people(ids));
  }

  async subscribers() {
    return this.#read(() => this.#sides.subscribers());
  }

  async meta(key: string) {
    return this.#read(() => this.#sides.meta(key));
  }

  async due(request: Parameters<Store["due"]>[0]) {
    return this.#read(() => this.#claiming.due(request));
  }

  async claim(request: Parameters<Store["claim"]>[0]): Promise<ClaimedEffect[]> {
    return this.#write(() => this.#claiming.claim(request));
  }

  async nextDue(after?: number) {
    return this.#read(() => this.#claiming.nextDue(after));
  }

  hasten(request: Parameters<Store["hasten"]>[0]): Promise<number> {
    return this.#write(() => this.#outbox.hasten(request));
  }

  freeLeases(request: Parameters<Store["freeLeases"]>[0]): Promise<number> {
    return this.#write(() => this.#outbox.freeLeases(request));
  }

  async deadEffects(limit?: number) {
    return this.#read(() => this.#outbox.dead(limit));
  }

  async outboxCounts(now: number) {
    return this.#read(() => this.#outbox.counts(now));
  }

  async waitingSince(target: string) {
    return this.#read(() => this.#outbox.waitingSince(target));
  }

  async incidentsHeld() {
    return this.#read(() => this.#outbox.incidentsHeld());
  }

  onWork(listener: () => void): () => void {
    // Wrapped, so that a listener given twice is called, and stopped, twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#batcher.drained();
    this.#client.close();
    this.#letGo?.();
  }

  #write<Value>(job: () => Value): Promise<Value> {
    if (this.#closing.signal.aborted) return Promise.reject(new Error("The store is closed"));
    return this.#batcher.run(job);
  }

  get fault(): StoreFault | null {
    return this.#health.fault;
  }

  /** Every read goes through here, since what is held in memory may have been overtaken by another process. */
  #read<Value>(ask: () => Value): Value {
    if (this.#closing.signal.aborted) throw new Error("The store is closed");
    try {
      this.#noticeOthers();
      return ask();
    } catch (error) {
      const fault = faultOf(error, this.#path, true);
      throw fault instanceof StoreFault && fault.kind === "not_ours" ? this.#health.told(fault) : fault;
    }
  }

  #noticeOthers(): void {
    if (!this.#others.areNew()) return;
    this.#incidents.forget();
    queueMicrotask(() => this.#tell());
  }

  #watch({ sleep, pollEvery = 1000, log }: SqliteOptions): Promise<void> {
    return watch({
      sleep,
      every: pollEvery,
      signal: this.#closing.signal,
      log,
      look: () => this.#read(() => {}),
      isToBeTried: () => this.#health.isToBeTried(),
      note: (meta) => this.#write(() => this.#sides.note(meta)),
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
