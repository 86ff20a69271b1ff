import type { Outgoing } from "../../domain/effect.ts";
import { decodeEffect } from "../codec.ts";
import type { DeadEffect, Settlement, Store, Write } from "../port.ts";
import { and, desc, eq, sql } from "./drizzle.ts";
import { bound, boundSql, type Orm } from "./orm.ts";
import {
  isClaimed,
  isDead,
  isForSlack,
  isHeld,
  isNoTimer,
  isOpen,
  isPending,
  isWaiting,
  unsettled,
} from "./outbox-conditions.ts";
import { countsIn } from "./outbox-counts.ts";
import { outbox } from "./tables.ts";

/**
 * Effects and timers. Of several pending rows of one `collapse` all but the newest are skipped as soon as there are several,
 * so that none of them ever stands in a target's way.
 */
export function outboxIn(orm: Orm) {
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
        isWaiting,
      ),
    )
    .prepare();
  const hasNewer = sql`exists (select 1 from outbox newer where newer.collapse = ${outbox.collapse}
    and newer.id > ${outbox.id} and newer.settled_at is null and newer.state in ('pending', 'held'))`;
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

  const mine = and(eq(outbox.id, bound("id")), isClaimed, eq(outbox.leaseToken, bound("token")));
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
  const suspicion = {
    suspectSince: sql`case when ${cleared} then null else ${outbox.suspectSince} end`,
    suspectAttempt: sql`case when ${cleared} then null else ${outbox.suspectAttempt} end`,
  };
  const putBack = orm
    .update(outbox)
    .set({
      ...noLease,
      state: "pending",
      lastError: boundSql("error"),
      dueAt: boundSql("dueAt"),
      ...suspicion,
    })
    .where(mine)
    .prepare();
  const goOn = orm
    .update(outbox)
    .set({
      ...noLease,
      state: "pending",
      attempts: 0,
      lastError: sql`null`,
      dueAt: boundSql("at"),
      suspectSince: sql`null`,
      suspectAttempt: sql`null`,
    })
    .where(mine)
    .prepare();
  const hold = orm
    .update(outbox)
    .set({
      ...noLease,
      state: "held",
      lastError: boundSql("error"),
      ...suspicion,
    })
    .where(mine)
    .prepare();
  const release = orm
    .update(outbox)
    // What waited for its channel did not wait for Slack: it is asked for again.
    .set({ state: "pending", dueAt: boundSql("at"), createdAt: boundSql("at") })
    .where(and(unsettled, isHeld, eq(outbox.incident, bound("incident"))))
    .prepare();
  const heldOf = orm
    .select({ incident: outbox.incident })
    .from(outbox)
    .where(and(unsettled, isHeld))
    .prepare();
  const waiting = orm
    .select({ since: outbox.createdAt })
    .from(outbox)
    .where(and(unsettled, isNoTimer, isOpen, eq(outbox.target, bound("target"))))
    .orderBy(desc(outbox.id))
    .limit(1)
    .prepare();
  // When a repeated attempt began nobody knows, and the clock may have been set back since.
  const begun = sql`case when ${outbox.suspectAttempt} = ${outbox.attempts}
    then min(${outbox.suspectSince}, ${boundSql("now")}) else ${boundSql("now")} end`;
  const free = orm
    .update(outbox)
    .set({
      ...noLease,
      state: "pending",
      dueAt: sql`case when ${isForSlack}
        then max(${outbox.dueAt}, ${begun} + ${boundSql("lingersFor")}) else ${outbox.dueAt} end`,
    })
    .where(and(unsettled, isClaimed))
    .prepare();

  // The attempt that was refused did nothing; an earlier one whose end nobody knows is still looked for.
  const wasSure = sql`${outbox.suspectAttempt} = ${outbox.attempts}`;
  const retry = orm
    .update(outbox)
    .set({
      state: "pending",
      dueAt: boundSql("at"),
      settledAt: sql`null`,
      suspectSince: sql`case when ${wasSure} then null else ${outbox.suspectSince} end`,
      suspectAttempt: sql`case when ${wasSure} then null else 0 end`,
      attempts: sql`0`,
      retries: sql`${outbox.retries} + 1`,
    })
    .where(and(eq(outbox.key, bound("key")), isDead))
    .returning({ id: outbox.id })
    .prepare();
  const giveUp = orm
    .update(outbox)
    .set({ state: "skipped", settledAt: boundSql("at") })
    .where(and(eq(outbox.key, bound("key")), isDead))
    .prepare();
  const dead = orm
    .select()
    .from(outbox)
    .where(isDead)
    .orderBy(desc(outbox.id))
    .limit(bound("limit"))
    .prepare();
  const hasten = orm
    .update(outbox)
    .set({ dueAt: boundSql("now") })
    .where(and(unsettled, isPending, isNoTimer, sql`${outbox.dueAt} > ${boundSql("after")}`))
    .prepare();

  const counts = countsIn(orm);

  /** Keys of people's names that stand there: every message asks for its author's again. */
  const asked = new Set<string>();
  let isChanged = false;

  return {
    /** Whether there is work that was not there when this was last asked. */
    hasNews(): boolean {
      const hadNews = isChanged;
      isChanged = false;
      return hadNews;
    },
    add(effects: (Outgoing & { secret?: string })[], at: number): void {
      for (const { effect, secret, ...envelope } of effects) {
        if (asked.has(envelope.key)) continue;
        const row = {
          ...envelope,
          type: effect.type,
          effect: JSON.stringify(effect),
          secret: secret ?? null,
          at,
        };
        const { changes, lastInsertRowid: id } = add.run(row);
        isChanged ||= changes > 0;
        if (changes > 0 && envelope.collapse !== null) skipOlder.run({ collapse: envelope.collapse, id, at });
        if (changes === 0 && effect.type === "LearnPerson") asked.add(envelope.key);
      }
    },
    /** What stood there may have been undone. */
    forget: (): void => asked.clear(),
    /** Whether the lease is still this one's. */
    holds: ({ id, token }: Settlement): boolean => held.get({ id, token }) !== undefined,
    settle({ id, token, outcome }: Settlement, at: number): void {
      isChanged = true;
      switch (outcome.as) {
        case "done":
          finish.run({ id, token, at, state: "done", error: null });
          return;
        case "more":
          goOn.run({ id, token, at });
          skipIfSuperseded.run({ id, at });
          return;
        case "skipped":
          finish.run({ id, token, at, state: "skipped", error: outcome.why });
          return;
        case "dead":
          finish.run({ id, token, at, state: "dead", error: outcome.error });
          return;
        case "held":
          hold.run({ id, token, error: outcome.why, sure: 1 });
          skipIfSuperseded.run({ id, at });
          return;
        case "retry":
          putBack.run({ id, token, error: outcome.error, dueAt: outcome.at, sure: outcome.sure ? 1 : 0 });
          skipIfSuperseded.run({ id, at });
          return;
        default:
          return outcome satisfies never;
      }
    },
    revive({ retry: keys, giveUp: others }: NonNullable<Write["dead"]>, at: number): void {
      isChanged = true;
      for (const key of others) giveUp.run({ key, at });
      for (const key of keys) for (const { id } of retry.all({ key, at })) skipIfSuperseded.run({ id, at });
    },
    /** Newest first. */
    dead: (limit = -1): DeadEffect[] =>
      dead.all({ limit }).map(({ key, incident, effect, lastError, settledAt, dueAt }) => ({
        key,
        incident,
        effect: decodeEffect(effect),
        error: lastError ?? "",
        since: settledAt ?? dueAt,
      })),
    freeLeases(request: Parameters<Store["freeLeases"]>[0]): number {
      const { changes } = free.run(request);
      if (changes > 0) skipSuperseded.run({ at: request.now });
      isChanged ||= changes > 0;
      return changes;
    },
    hasten: (request: Parameters<Store["hasten"]>[0]): number => hasten.run(request).changes,
    release(incident: number, at: number): void {
      isChanged = release.run({ incident, at }).changes > 0 || isChanged;
    },
    waitingSince: (target: string): number | undefined => waiting.get({ target })?.since,
    incidentsHeld: (): number[] =>
      heldOf.all().flatMap(({ incident }) => (incident === null ? [] : [incident])),
    counts,
  };
}

export type Outbox = ReturnType<typeof outboxIn>;
