import { decodeEffect } from "../codec.ts";
import type { ClaimedEffect, DueEffect, EffectKind, Store } from "../port.ts";
import { and, asc, eq, sql } from "./drizzle.ts";
import { bound, boundSql, inJson, type Orm } from "./orm.ts";
import {
  isForSlack,
  isNoTimer,
  isOpen,
  isPending,
  isTimer,
  isWebhook,
  unsettled,
} from "./outbox-conditions.ts";
import { outbox } from "./tables.ts";

const everyKind: readonly EffectKind[] = ["slack", "webhook", "timer"];

type Row = typeof outbox.$inferSelect;
type Request<Name extends "due" | "claim"> = Parameters<Store[Name]>[0];

/** Timers call nobody, so they neither wait for others nor hold them up. What follows one that is held is held itself. */
const isFirstOfTarget = sql`not exists (
  select 1 from outbox older where older.target = ${outbox.target} and older.id < ${outbox.id}
    and older.settled_at is null and older.timer = 0 and older.state <> 'held')`;
/** Of what is unsettled. */
const isClaimable = sql`(${outbox.state} = 'pending' or ${outbox.leasedUntil} <= ${boundSql("wireNow")}) and ${outbox.dueAt} <= ${boundSql("now")}`;
const inOrder = [asc(outbox.urgency), asc(outbox.id)] as const;

/**
 * What is due, in which order, and who has it.
 * @param wireNow what leases are held against
 */
export function claimingIn(orm: Orm, wireNow: () => number) {
  const notExcepted = sql`${outbox.target} not in (select value from json_each(${boundSql("except")}))
    and ${outbox.type} not in (select value from json_each(${boundSql("exceptTypes")}))`;
  const due = {
    slack: orm
      .select()
      .from(outbox)
      .where(and(unsettled, isForSlack, isClaimable, notExcepted, isFirstOfTarget))
      .orderBy(...inOrder)
      .limit(bound("limit"))
      .prepare(),
    webhook: orm
      .select()
      .from(outbox)
      .where(and(unsettled, isNoTimer, isWebhook, isClaimable, notExcepted, isFirstOfTarget))
      .orderBy(...inOrder)
      .limit(bound("limit"))
      .prepare(),
    timer: orm
      .select()
      .from(outbox)
      .where(and(unsettled, isOpen, isTimer, isClaimable, notExcepted))
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

  return {
    due({
      now,
      limit,
      exceptTargets = [],
      exceptTypes = [],
      kinds = everyKind,
    }: Request<"due">): DueEffect[] {
      const except = { except: JSON.stringify(exceptTargets), exceptTypes: JSON.stringify(exceptTypes) };
      const asked = { now, limit, wireNow: wireNow(), ...except };
      const rows = kinds.flatMap((kind) => due[kind].all(asked));
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
  };
}

export type Claiming = ReturnType<typeof claimingIn>;

function onePerTarget(rows: Row[]): Row[] {
  const seen = new Set<string>();
  return rows
    .toSorted((one, other) => one.urgency - other.urgency || one.id - other.id)
    .filter(({ target }) => !seen.has(target) && seen.add(target));
}

/** `row` as it was before this claim: an earlier attempt's suspicion, not the one that every claim raises. */
function claimed(row: Row, token: string): ClaimedEffect {
  const { id, key, incident, target, collapse, urgency, dueAt, timer } = row;
  const { createdAt, attempts, suspectSince, secret, retries } = row;
  const envelope = { key, incident, target, collapse, urgency, dueAt, timer };
  return {
    id,
    ...envelope,
    effect: decodeEffect(row.effect),
    token,
    createdAt,
    attempts: attempts + 1,
    suspectSince,
    secret,
    retries,
  };
}
