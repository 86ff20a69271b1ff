import type { Outgoing } from "../../domain/effect.ts";
import { decodeEffect } from "../codec.ts";
import type { ClaimedEffect, DueEffect, OutboxCounts, Settlement, Store } from "../port.ts";
import { and, asc, eq, sql } from "./drizzle.ts";
import { bound, boundSql, inJson, type Orm } from "./orm.ts";
import { outbox } from "./tables.ts";

type Row = typeof outbox.$inferSelect;
type Request<Name extends "due" | "claim"> = Parameters<Store[Name]>[0];

// Spelt out where a partial index must be seen to apply: SQLite does not for a bound value.
const unsettled = sql`${outbox.settledAt} is null`;
const isTimer = sql`${outbox.timer} = 1`;
const isNoTimer = sql`${outbox.timer} = 0`;
const isPending = sql`${outbox.state} = 'pending'`;
/** Timers call nobody, so they neither wait for others nor hold them up. */
const isFirstOfTarget = sql`not exists (
  select 1 from outbox older where older.target = ${outbox.target} and older.id < ${outbox.id}
    and older.settled_at is null and older.timer = 0)`;
const isClaimable = sql`${outbox.state} in ('pending', 'claimed') and (${outbox.state} = 'pending' or ${outbox.leasedUntil} <= ${boundSql("wireNow")}) and ${outbox.dueAt} <= ${boundSql("now")}`;
const inOrder = [asc(outbox.urgency), asc(outbox.id)] as const;

/**
 * Effects and timers. Of several pending rows of one `collapse` all but the newest are skipped as soon as there are several,
 * so that none of them ever stands in a target's way.
 * @param wireNow what leases are held against
 */
export function outboxIn(orm: Orm, wireNow: () => number) {
  const add = orm
    .insert(outbox)
    .values({
      key: bound("key"),
      incident: bound("incident"),
      type: bound("type"),
      effect: bound("effect"),
      target: bound("target"),
      collapse: bound("collapse"),
      urgency: bound("urgency"),
      dueAt: bound("dueAt"),
      timer: bound("timer"),
      secret: bound("secret"),
      createdAt: bound("at"),
    })
    .onConflictDoNothing()
    .prepare();
  const settledAsSkipped = {
    state: "skipped" as const,
    lastError: "superseded",
    settledAt: boundSql("at"),
    secret: sql`null`,
  };
  const skipOlder = orm
    .update(outbox)
    .set(settledAsSkipped)
    .where(
      and(
        eq(outbox.collapse, bound("collapse")),
        sql`${outbox.id} < ${boundSql("id")}`,
        unsettled,
        isPending,
      ),
    )
    .prepare();
  const hasNewer = sql`exists (select 1 from outbox newer where newer.collapse = ${outbox.collapse}
    and newer.id > ${outbox.id} and newer.settled_at is null and newer.state = 'pending')`;
  const skipSuperseded = orm
    .update(outbox)
    .set(settledAsSkipped)
    .where(and(unsettled, isPending, hasNewer))
    .prepare();
  const skipIfSuperseded = orm
    .update(outbox)
    .set(settledAsSkipped)
    .where(and(eq(outbox.id, bound("id")), hasNewer))
    .prepare();

  const notExcepted = sql`${outbox.target} not in (select value from json_each(${boundSql("except")}))`;
  const due = {
    effects: orm
      .select()
      .from(outbox)
      .where(and(unsettled, isNoTimer, isClaimable, notExcepted, isFirstOfTarget))
      .orderBy(...inOrder)
      .limit(bound("limit"))
      .prepare(),
    timers: orm
      .select()
      .from(outbox)
      .where(and(unsettled, isTimer, isClaimable, notExcepted))
      .orderBy(...inOrder)
      .limit(bound("limit"))
      .prepare(),
  };
  const stillDue = orm
    .select()
    .from(outbox)
    .where(and(inJson(outbox.id, "ids"), unsettled, isClaimable, sql`(${isTimer} or ${isFirstOfTarget})`))
    .orderBy(...inOrder)
    .prepare();
  // Until it is settled an attempt is suspect: the process may die in the middle of it.
  const lease = orm
    .update(outbox)
    .set({
      state: "claimed",
      leaseToken: boundSql("token"),
      leasedUntil: boundSql("leasedUntil"),
      attempts: sql`${outbox.attempts} + 1`,
      suspectAttempt: sql`case when ${outbox.suspectSince} is null then ${outbox.attempts} + 1 else ${outbox.suspectAttempt} end`,
      suspectSince: sql`coalesce(${outbox.suspectSince}, ${boundSql("now")})`,
    })
    .where(eq(outbox.id, bound("id")))
    .prepare();
  const later = sql`${outbox.dueAt} > ${boundSql("after")}`;
  const dueAt = { at: outbox.dueAt };
  const next = {
    effect: orm
      .select(dueAt)
      .from(outbox)
      .where(and(unsettled, isPending, isNoTimer, later, isFirstOfTarget))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
    timer: orm
      .select(dueAt)
      .from(outbox)
      .where(and(unsettled, isPending, isTimer, later))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
  };

  const mine = and(
    eq(outbox.id, bound("id")),
    sql`${outbox.state} = 'claimed'`,
    eq(outbox.leaseToken, bound("token")),
  );
  const held = orm.select({ collapse: outbox.collapse }).from(outbox).where(mine).prepare();
  const noLease = { leaseToken: sql`null`, leasedUntil: sql`null` };
  const finish = orm
    .update(outbox)
    .set({
      ...noLease,
      state: boundSql("state"),
      lastError: sql`coalesce(${boundSql("error")}, ${outbox.lastError})`,
      settledAt: boundSql("at"),
      secret: sql`null`,
    })
    .where(mine)
    .prepare();
  // A sure failure clears the suspicion that the same attempt raised, never that of an earlier one.
  const cleared = sql`${boundSql("sure")} = 1 and ${outbox.suspectAttempt} = ${outbox.attempts}`;
  const putBack = orm
    .update(outbox)
    .set({
      ...noLease,
      state: "pending",
      lastError: boundSql("error"),
      dueAt: boundSql("dueAt"),
      suspectSince: sql`case when ${cleared} then null else ${outbox.suspectSince} end`,
      suspectAttempt: sql`case when ${cleared} then null else ${outbox.suspectAttempt} end`,
    })
    .where(mine)
    .prepare();
  const free = orm
    .update(outbox)
    .set({ ...noLease, state: "pending" })
    .where(and(unsettled, sql`${outbox.state} = 'claimed'`))
    .prepare();

  const many = sql<number>`count(*)`;
  const counts = {
    pending: orm
      .select({ many })
      .from(outbox)
      .where(and(unsettled, isPending, isNoTimer))
      .prepare(),
    claimed: orm
      .select({ many })
      .from(outbox)
      .where(and(unsettled, sql`${outbox.state} = 'claimed'`))
      .prepare(),
    dead: orm
      .select({ many })
      .from(outbox)
      .where(sql`${outbox.state} = 'dead'`)
      .prepare(),
    oldest: orm
      .select(dueAt)
      .from(outbox)
      .where(and(unsettled, isPending, isNoTimer, sql`${outbox.dueAt} <= ${boundSql("now")}`))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
  };

  return {
    add(effects: (Outgoing & { secret?: string })[], at: number): void {
      for (const { effect, secret, ...envelope } of effects) {
        const row = {
          ...envelope,
          type: effect.type,
          effect: JSON.stringify(effect),
          secret: secret ?? null,
          at,
        };
        const { changes, lastInsertRowid: id } = add.run(row);
        if (changes > 0 && envelope.collapse !== null) skipOlder.run({ collapse: envelope.collapse, id, at });
      }
    },
    due({ now, limit, exceptTargets = [], timersOnly = false }: Request<"due">): DueEffect[] {
      const asked = { now, limit, wireNow: wireNow(), except: JSON.stringify(exceptTargets) };
      const rows = [...(timersOnly ? [] : due.effects.all(asked)), ...due.timers.all(asked)];
      return onePerTarget(rows)
        .slice(0, limit)
        .map(({ id, effect, target, timer }) => ({ id, effect: decodeEffect(effect), target, timer }));
    },
    claim({ now, token, leasedUntil, ids }: Request<"claim">): ClaimedEffect[] {
      const rows = onePerTarget(stillDue.all({ now, wireNow: wireNow(), ids: JSON.stringify(ids) }));
      for (const { id } of rows) lease.run({ id, now, token, leasedUntil });
      return rows.map((row) => claimed(row, token));
    },
    nextDue(after = Number.MIN_SAFE_INTEGER): { at: number; timer: boolean } | undefined {
      const effect = next.effect.get({ after })?.at ?? Infinity;
      const timer = next.timer.get({ after })?.at ?? Infinity;
      const at = Math.min(effect, timer);
      return at === Infinity ? undefined : { at, timer: timer === at };
    },
    /** Whether the lease is still this one's. */
    holds: ({ id, token }: Settlement): boolean => held.get({ id, token }) !== undefined,
    settle({ id, token, outcome }: Settlement, at: number): void {
      switch (outcome.as) {
        case "done":
          finish.run({ id, token, at, state: "done", error: null });
          return;
        case "skipped":
          finish.run({ id, token, at, state: "skipped", error: outcome.why });
          return;
        case "dead":
          finish.run({ id, token, at, state: "dead", error: outcome.error });
          return;
        case "retry":
          putBack.run({ id, token, error: outcome.error, dueAt: outcome.at, sure: outcome.sure ? 1 : 0 });
          skipIfSuperseded.run({ id, at });
          return;
        default:
          return outcome satisfies never;
      }
    },
    freeLeases(): number {
      const { changes } = free.run();
      if (changes > 0) skipSuperseded.run({ at: wireNow() });
      return changes;
    },
    counts: (now: number): OutboxCounts => ({
      pending: counts.pending.get()?.many ?? 0,
      claimed: counts.claimed.get()?.many ?? 0,
      dead: counts.dead.get()?.many ?? 0,
      oldestDue: counts.oldest.get({ now })?.at ?? null,
    }),
  };
}

export type Outbox = ReturnType<typeof outboxIn>;

function onePerTarget(rows: Row[]): Row[] {
  const seen = new Set<string>();
  return rows
    .toSorted((one, other) => one.urgency - other.urgency || one.id - other.id)
    .filter(({ target }) => !seen.has(target) && seen.add(target));
}

/** `row` as it was before this claim: an earlier attempt's suspicion, not the one that every claim raises. */
function claimed(row: Row, token: string): ClaimedEffect {
  const { id, key, incident, target, collapse, urgency, dueAt, timer, attempts, suspectSince, secret } = row;
  return {
    ...{ id, key, incident, target, collapse, dueAt, timer, suspectSince, secret, token },
    effect: decodeEffect(row.effect),
    urgency,
    attempts: attempts + 1,
  };
}
