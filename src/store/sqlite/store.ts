import type { Database, Statement } from "better-sqlite3";
import type { Log } from "../../log.ts";
import { decodeAnswer } from "../codec.ts";
import type { ClaimedEffect, Committed, IncidentFilter, Person, Store, Thread, Write } from "../port.ts";
import { Batcher } from "./batcher.ts";
import type { Sleep } from "./busy.ts";
import { faultOf } from "./connect.ts";
import { eventsIn, type Events } from "./events.ts";
import { incidentsIn, type Incidents } from "./incidents.ts";
import { messagesIn, type Messages } from "./messages.ts";
import { ormOf } from "./orm.ts";
import { claimingIn, type Claiming } from "./claiming.ts";
import { outboxIn, type Outbox } from "./outbox.ts";
import { sidesIn, type Sides } from "./sides.ts";
import { type Texts, textsIn } from "./texts.ts";

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
  log?: Pick<Log, "error">;
}

/** The store on a database that is open and up to date. Opened by `openSqliteStore`. */
export class SqliteStore implements Store {
  readonly #client: Database;
  readonly #letGo: (() => void) | undefined;
  readonly #batcher: Batcher;
  readonly #events: Events;
  readonly #incidents: Incidents;
  readonly #messages: Messages;
  readonly #texts: Texts;
  readonly #outbox: Outbox;
  readonly #wireNow: () => number;
  readonly #claiming: Claiming;
  readonly #sides: Sides;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #dataVersion: Statement;
  #othersVersion: unknown;
  #news = false;

  constructor(client: Database, options: SqliteOptions, letGo: (() => void) | undefined) {
    this.#client = client;
    this.#wireNow = options.wireNow;
    this.#letGo = letGo;
    const orm = ormOf(client);
    const texts = textsIn(orm);
    this.#texts = texts;
    this.#events = eventsIn(orm, texts);
    this.#incidents = incidentsIn(orm, texts, this.#events);
    this.#messages = messagesIn(orm, texts);
    this.#outbox = outboxIn(orm);
    this.#claiming = claimingIn(orm, options.wireNow);
    this.#sides = sidesIn(orm);
    this.#batcher = new Batcher(client, {
      sleep: options.sleep,
      flushed: () => this.#tell(),
      undone: () => this.#outbox.forget(),
      failed: (error) => faultOf(error, options.path),
    });
    this.#dataVersion = client.prepare("pragma data_version").pluck();
    this.#othersVersion = this.#readOthersVersion();
    if (options.serve) void this.#watchOthers(options);
  }

  get pendingCommits(): number {
    return this.#batcher.pending;
  }

  commit(write: Write): Promise<Committed> {
    return this.#write(() => {
      const committed = this.#refusal(write) ?? this.#apply(write);
      if (committed.kind === "committed") this.#news = true;
      return committed;
    });
  }

  async answerOf(keys: string[]) {
    const json = this.#reading().#sides.answerOf(keys);
    return json === undefined ? undefined : decodeAnswer(json);
  }

  async nextNumber() {
    return this.#reading().#incidents.nextNumber();
  }

  async incident(number: number) {
    return this.#reading().#incidents.get(number);
  }

  async incidentOfChannel(channel: string) {
    return this.#reading().#incidents.ofChannel(channel);
  }

  async incidents(filter: IncidentFilter = {}) {
    return this.#reading().#incidents.list(filter);
  }

  async events(incident: number) {
    return this.#reading().#events.of(incident);
  }

  async message(channel: string, ts: string) {
    return this.#reading().#messages.get(channel, ts);
  }

  async messages(incident: number, { marked = false }: { marked?: boolean } = {}) {
    return this.#reading().#messages.list(incident, marked ? "marked" : "all");
  }

  async lastSaid(incident: number) {
    return this.#reading().#messages.lastSaid(incident);
  }

  async messagesBefore(channel: string, range: { before: string; limit: number }) {
    return this.#reading().#messages.before({ channel, ...range });
  }

  async repliesAfter(thread: Thread, range: { after: string; limit: number }) {
    return this.#reading().#messages.repliesAfter({ ...thread, ...range });
  }

  async threads(channel: string, range: { from: string; before: string }) {
    return this.#reading().#messages.threads({ channel, ...range });
  }

  async people(ids: string[]): Promise<Map<string, Person>> {
    return this.#reading().#sides.people(ids);
  }

  async subscribers() {
    return this.#reading().#sides.subscribers();
  }

  async meta(key: string) {
    return this.#reading().#sides.meta(key);
  }

  async due(request: Parameters<Store["due"]>[0]) {
    return this.#reading().#claiming.due(request);
  }

  async claim(request: Parameters<Store["claim"]>[0]): Promise<ClaimedEffect[]> {
    return this.#write(() => this.#claiming.claim(request));
  }

  async nextDue(after?: number) {
    return this.#reading().#claiming.nextDue(after);
  }

  hasten(request: Parameters<Store["hasten"]>[0]): Promise<number> {
    return this.#write(() => this.#outbox.hasten(request));
  }

  freeLeases(): Promise<number> {
    return this.#write(() => {
      const freed = this.#outbox.freeLeases(this.#wireNow());
      if (freed > 0) this.#news = true;
      return freed;
    });
  }

  async deadEffects(limit?: number) {
    return this.#reading().#outbox.dead(limit);
  }

  async outboxCounts(now: number) {
    return this.#reading().#outbox.counts(now);
  }

  async incidentsHeld() {
    return this.#reading().#outbox.incidentsHeld();
  }

  onCommit(listener: () => void): () => void {
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

  #refusal({ input, incident, message, settle, seen }: Write): Committed | undefined {
    const answered = input && this.#sides.answerOf(input.keys);
    if (answered !== undefined) return { kind: "duplicate", answer: decodeAnswer(answered) };
    if (
      (incident && this.#incidents.version(incident.number) !== incident.expected) ||
      (message && this.#messages.version(message.message.channel, message.message.ts) !== message.expected) ||
      (seen && this.#incidents.version(seen.incident) !== seen.version) ||
      (settle && !this.#outbox.holds(settle))
    )
      return { kind: "conflict" };
    return undefined;
  }

  #apply({
    input,
    incident,
    message,
    erase,
    outbox,
    settle,
    dead,
    release,
    people,
    subscription,
    meta,
    at,
  }: Write): Committed {
    if (input) this.#sides.answer(input.keys, input.answer, at);
    if (incident) this.#incidents.write(incident, at);
    // An erased text may be quoted in any state that is held.
    if (message && this.#messages.write(message, at)) this.#incidents.forget();
    if (erase && erase.length > 0) {
      this.#texts.erase(erase, at);
      this.#incidents.forget();
    }
    if (release !== undefined) this.#outbox.release(release, at);
    if (outbox) this.#outbox.add(outbox, at);
    if (settle) this.#outbox.settle(settle, at);
    if (dead) this.#outbox.revive(dead, at);
    if (people) this.#sides.know(people);
    if (subscription) this.#sides.subscribe(subscription, at);
    if (meta) this.#sides.note(meta);
    return { kind: "committed" };
  }

  #write<Value>(job: () => Value): Promise<Value> {
    if (this.#closing.signal.aborted) return Promise.reject(new Error("The store is closed"));
    return this.#batcher.run(job);
  }

  /** Every read goes through here, since what is held in memory may have been overtaken by another process. */
  #reading(): this {
    if (this.#closing.signal.aborted) throw new Error("The store is closed");
    this.#noticeOthers();
    return this;
  }

  #readOthersVersion(): unknown {
    return this.#dataVersion.get();
  }

  /** https://www.sqlite.org/pragma.html#pragma_data_version: changes with other connections' commits only. */
  #noticeOthers(): void {
    const version = this.#readOthersVersion();
    if (version === this.#othersVersion) return;
    this.#othersVersion = version;
    this.#incidents.forget();
    this.#news = true;
    queueMicrotask(() => this.#tell());
  }

  async #watchOthers({ sleep, pollEvery = 1000, log }: SqliteOptions): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await sleep(pollEvery, signal);
      if (signal.aborted) return;
      try {
        this.#noticeOthers();
      } catch (err) {
        log?.error({ err }, "the database could not be looked at");
      }
    }
  }

  #tell(): void {
    if (!this.#news) return;
    this.#news = false;
    for (const listener of this.#listeners) listener();
  }
}
