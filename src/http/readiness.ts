import { anybody, isVisibleTo } from "../domain/policy/visibility.ts";
import { formatShortDuration } from "../domain/time.ts";
import type { OutboxCounts, Store } from "../store/port.ts";
import type { Readiness } from "./server.ts";

type Check = Readiness["checks"][number];

/** What is known of the parts; undefined: not there yet. */
interface Parts {
  store: Store;
  now: number;
  slack: { reachable: boolean; says: string };
  dispatcher: { storeFault: string | null; unsettled: readonly Unsettled[] } | undefined;
  configuration: string | undefined;
  /** Webhooks that took nothing when they were last called, by name. */
  webhooks?: ReadonlyMap<string, { since: number; error: string }>;
}

/** What was done and is not recorded yet. */
interface Unsettled extends Named {
  since: number;
  error: string;
}

interface Named {
  key: string;
  incident: number | null;
}

/** Since then something must stand in the way of an effect that is due. */
export const stuckAfter = 5 * 60_000;

/** How many of what was refused are named; `sitrep doctor` names them all. */
const named = 3;

/** What must hold before people can rely on the bot, each with what is wrong. */
export async function readinessOf({
  store,
  now,
  slack,
  dispatcher,
  configuration,
  webhooks = new Map(),
}: Parts): Promise<Readiness> {
  const counts = await store.outboxCounts(now).catch(() => undefined);
  const fault = store.fault?.message ?? dispatcher?.storeFault ?? null;
  const checks: Check[] = [
    {
      name: "database",
      ok: counts !== undefined && fault === null,
      says: fault ?? (counts ? "the database answers" : "the database cannot be read"),
    },
    { name: "slack", ok: slack.reachable, says: slack.says },
    await queueOf(store, counts, now, dispatcher?.unsettled),
    { name: "refused", ok: true, says: await refusalsOf(store, counts).catch(() => "not known") },
    // Somebody else is called in their stead.
    { name: "webhooks", ok: true, says: webhooksSay(webhooks) },
    // What is not there is skipped, with a loud note: no reason to take the bot out of service.
    { name: "configuration", ok: true, says: configuration ?? "not yet compared with Slack" },
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

function webhooksSay(troubles: NonNullable<Parts["webhooks"]>): string {
  const down = [...troubles].map(
    ([name, { since, error }]) => `${name} takes no call since ${new Date(since).toISOString()} (${error})`,
  );
  return down.length === 0 ? "nothing is known to be wrong with them" : down.join("; ");
}

async function queueOf(
  store: Store,
  counts: OutboxCounts | undefined,
  now: number,
  unsettled: readonly Unsettled[] | undefined,
): Promise<Check> {
  const waiting = now - (counts?.oldestDue ?? now);
  const [oldest] = unsettled ?? [];
  const isStuck = waiting > stuckAfter || (oldest !== undefined && now - oldest.since > stuckAfter);
  const says = [
    `${counts?.pending ?? "?"} pending, ${counts?.held ?? "?"} held for a channel or a person out of reach`,
    `the oldest waits ${Math.round(waiting / 1000)} s`,
    ...(oldest
      ? [`${unsettled?.length} that the record does not take, ${await saysOf(store, oldest, now)}`]
      : []),
  ];
  return { name: "queue", ok: unsettled !== undefined && !isStuck, says: says.join(", ") };
}

async function saysOf(store: Store, oldest: Unsettled, now: number): Promise<string> {
  const waits = `for ${formatShortDuration(now - oldest.since)}`;
  const isNamed = await mayBeNamed(store, oldest).catch(() => false);
  return isNamed ? `${oldest.key} ${waits} (${oldest.error})` : `one ${waits}`;
}

/** It is told, but a bot that is otherwise well must not be taken out of service for it. */
async function refusalsOf(store: Store, counts: OutboxCounts | undefined): Promise<string> {
  const many = counts?.dead ?? 0;
  if (many === 0) return "nothing was refused";
  const newest = await store.deadEffects(named);
  const shown: string[] = [];
  for (const dead of newest) if (await mayBeNamed(store, dead)) shown.push(`${dead.key} (${dead.error})`);
  const others = many - shown.length;
  const list = [...shown, ...(shown.length > 0 && others > 0 ? [`${others} more`] : [])].join(", ");
  return `${many} refused${list === "" ? "" : `: ${list}`}; \`sitrep doctor\` says what to do`;
}

/** What belongs to no incident names a person, and whoever is in a private one is not told either. */
async function mayBeNamed(store: Store, { incident: number }: Named): Promise<boolean> {
  const incident = number === null ? undefined : await store.incident(number);
  return incident !== undefined && isVisibleTo(incident, anybody);
}
