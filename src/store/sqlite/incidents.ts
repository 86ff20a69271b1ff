import { fold } from "../../domain/evolve.ts";
import { type Incident, incidentShape, isOpen, reference } from "../../domain/incident.ts";
import { roomOf } from "../../domain/opening/thread.ts";
import { decodeIncident, encode } from "../codec.ts";
import type { IncidentFilter, Write } from "../port.ts";
import { and, desc, eq, sql } from "./drizzle.ts";
import type { Events } from "./events.ts";
import { bound, type Orm } from "./orm.ts";
import { incidents } from "./tables.ts";
import type { Texts } from "./texts.ts";

type Row = { number: number; version: number; shape: number; state: string };

/** Enough for every open incident and what people look up; the rest is parsed again. */
const cacheSize = 500;

/** Incidents, with a cache of parsed states that are frozen, since they are shared. */
export function incidentsIn(orm: Orm, texts: Texts, events: Events) {
  const columns = {
    number: incidents.number,
    version: incidents.version,
    shape: incidents.shape,
    state: incidents.state,
  };
  const where = { number: eq(incidents.number, bound("number")) };
  const newestFirst = desc(incidents.number);
  const open = eq(incidents.open, bound("open"));
  const severity = eq(incidents.severity, bound("severity"));
  const version = orm.select({ version: incidents.version }).from(incidents).where(where.number).prepare();
  const one = orm.select(columns).from(incidents).where(where.number).prepare();
  const listed = {
    all: orm.select(columns).from(incidents).orderBy(newestFirst).prepare(),
    open: orm.select(columns).from(incidents).where(open).orderBy(newestFirst).prepare(),
    severity: orm.select(columns).from(incidents).where(severity).orderBy(newestFirst).prepare(),
    both: orm.select(columns).from(incidents).where(and(open, severity)).orderBy(newestFirst).prepare(),
  };
  const last = orm
    .select({ number: sql<number>`coalesce(max(${incidents.number}), 0)` })
    .from(incidents)
    .prepare();
  const ofChannel = orm
    .select({ number: incidents.number })
    .from(incidents)
    .where(eq(incidents.channel, bound("channel")))
    .orderBy(newestFirst)
    .limit(1)
    .prepare();
  const values = {
    version: bound("version"),
    shape: bound("shape"),
    state: bound("state"),
    open: bound("open"),
    severity: bound("severity"),
    channel: bound("channel"),
  };
  const insert = orm
    .insert(incidents)
    .values({ number: bound("number"), ...values })
    .onConflictDoUpdate({
      target: incidents.number,
      set: {
        version: sql`excluded.version`,
        shape: sql`excluded.shape`,
        state: sql`excluded.state`,
        open: sql`excluded.open`,
        severity: sql`excluded.severity`,
        channel: sql`excluded.channel`,
      },
    })
    .prepare();
  const cache = new Map<number, Incident>();
  /** By channel, also those that are no incident's: of every message is asked whether it matters. */
  const channels = new Map<string, number | undefined>();

  function remember(incident: Incident): Incident {
    const oldest = cache.keys().next();
    if (cache.size >= cacheSize && !oldest.done) cache.delete(oldest.value);
    cache.set(incident.number, freeze(incident));
    return incident;
  }

  function foldAgain(number: number): Incident {
    const state = fold(events.of(number).map(({ event }) => event));
    if (!state) throw new Error(`Incident ${number} has a state and no event`);
    return state;
  }

  /** Parses what is not held yet; a state of another shape is folded from its events. */
  function states(rows: Row[]): Incident[] {
    const found = rows.map((row) => {
      const known = cache.get(row.number);
      if (known?.version === row.version) return { known };
      return { number: row.number, stored: row.shape === incidentShape ? parsed(row.state) : undefined };
    });
    texts.hydrate(found.map(({ stored }) => stored));
    return found.map(({ known, number, stored }) => {
      if (known) return known;
      return remember(stored === undefined ? foldAgain(number) : decodeIncident(stored));
    });
  }

  return {
    /** The stored version; 0 when there is no such incident. */
    version: (number: number): number => version.get({ number })?.version ?? 0,
    nextNumber: (): number => (last.get()?.number ?? 0) + 1,
    /** Only what is held in memory. */
    knownOfChannel: (channel: string): number | undefined => channels.get(channel),
    ofChannel(channel: string): number | undefined {
      if (channels.has(channel)) return channels.get(channel);
      const number = ofChannel.get({ channel })?.number;
      if (channels.size >= cacheSize) channels.clear();
      channels.set(channel, number);
      return number;
    },
    get(number: number): Incident | undefined {
      const known = cache.get(number);
      if (known && version.get({ number })?.version === known.version) return known;
      const row = one.get({ number });
      return row && states([row])[0];
    },
    list({ open, severity }: IncidentFilter): Incident[] {
      // drizzle encodes values that are written, not those that are compared.
      const asked = { open: Number(open), severity };
      if (open === undefined)
        return states(severity === undefined ? listed.all.all() : listed.severity.all(asked));
      return states(severity === undefined ? listed.open.all(asked) : listed.both.all(asked));
    },
    write(
      { number, expected, events: news, state }: NonNullable<Write["incident"]>,
      recordedAt: number,
    ): void {
      if (state.number !== number || state.version !== expected + news.length)
        throw new Error(
          `${reference(number)}: ${news.length} events after ${expected} do not give ${state.version}`,
        );
      const encoded = encode(state);
      texts.keep(encoded.bodies);
      insert.run({
        number,
        version: state.version,
        shape: incidentShape,
        state: encoded.json,
        open: isOpen(state),
        severity: state.severity,
        // One that is being entered counts at once: what is said in it is recorded, and it takes no second incident.
        channel: roomOf(state) ?? state.here?.channel ?? null,
      });
      for (const [index, event] of news.entries())
        events.append(number, expected + index + 1, event, recordedAt);
      cache.delete(number);
      channels.clear();
    },
    /** Somebody else wrote, or a text was erased. */
    forget(): void {
      cache.clear();
      channels.clear();
    },
  };
}

export type Incidents = ReturnType<typeof incidentsIn>;

const parsed = (json: string): unknown => JSON.parse(json);

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
