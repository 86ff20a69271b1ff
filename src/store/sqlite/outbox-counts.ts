import { nudges } from "../../domain/nudges.ts";
import type { OutboxCounts } from "../port.ts";
import { and, asc, notInArray, sql } from "./drizzle.ts";
import { boundSql, type Orm } from "./orm.ts";
import {
  isClaimed,
  isDead,
  isForSlack,
  isHeld,
  isNoTimer,
  isOpen,
  isPending,
  isTimer,
  unsettled,
} from "./outbox-conditions.ts";
import { outbox } from "./tables.ts";

/** What is waiting, at an instant. */
export function countsIn(orm: Orm): (now: number) => OutboxCounts {
  // However much there is to read, nobody waits for it.
  const isShort = sql`${outbox.type} <> 'CatchUp'`;
  const many = sql<number>`count(*)`;
  const isDue = sql`${outbox.dueAt} <= ${boundSql("now")}`;
  // Those wait for Slack, and say nothing that what goes there does not.
  const isNoNudge = notInArray(outbox.type, [...nudges]);
  const wasTried = sql`${outbox.attempts} > (${outbox.state} = 'claimed')`;
  const counts = {
    pending: orm
      .select({ many })
      .from(outbox)
      .where(and(unsettled, isPending, isNoTimer))
      .prepare(),
    claimed: orm.select({ many }).from(outbox).where(and(unsettled, isClaimed)).prepare(),
    held: orm.select({ many }).from(outbox).where(and(unsettled, isHeld)).prepare(),
    dead: orm.select({ many }).from(outbox).where(isDead).prepare(),
    oldest: orm
      .select({ at: outbox.dueAt })
      .from(outbox)
      .where(and(unsettled, isPending, isForSlack, isDue, isShort))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
    oldestTimer: orm
      .select({ at: outbox.dueAt })
      .from(outbox)
      .where(and(unsettled, isPending, isTimer, isDue, isNoNudge))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
    // It may have been done long ago, and the store does not take what came of it.
    oldestClaimed: orm
      .select({ at: sql<number | null>`min(${outbox.dueAt})` })
      .from(outbox)
      .where(and(unsettled, isClaimed, isDue, isShort))
      .prepare(),
    // What has failed is due later each time, and under way in between, but it has waited ever since it was asked for.
    oldestTried: orm
      .select({ at: sql<number | null>`min(${outbox.createdAt})` })
      .from(outbox)
      .where(and(unsettled, isOpen, isForSlack, wasTried, isShort))
      .prepare(),
  };
  // Of one moment: another process may claim in between.
  return orm.$client.transaction((now: number) => ({
    pending: counts.pending.get()?.many ?? 0,
    claimed: counts.claimed.get()?.many ?? 0,
    held: counts.held.get()?.many ?? 0,
    dead: counts.dead.get()?.many ?? 0,
    oldestDue: earlier(
      counts.oldest.get({ now })?.at,
      counts.oldestTimer.get({ now })?.at,
      counts.oldestClaimed.get({ now })?.at,
      counts.oldestTried.get()?.at,
    ),
  }));
}

const earlier = (...instants: (number | null | undefined)[]): number | null => {
  const known = instants.filter((at) => typeof at === "number");
  return known.length === 0 ? null : Math.min(...known);
};
