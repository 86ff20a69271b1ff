import type { Database } from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { claimingIn } from "../../src/store/sqlite/claiming.ts";
import { connect } from "../../src/store/sqlite/connect.ts";
import { eventsIn } from "../../src/store/sqlite/events.ts";
import { incidentsIn } from "../../src/store/sqlite/incidents.ts";
import { messagesIn } from "../../src/store/sqlite/messages.ts";
import { readMigrations } from "../../src/store/sqlite/migrate.ts";
import { ormOf } from "../../src/store/sqlite/orm.ts";
import { outboxIn } from "../../src/store/sqlite/outbox.ts";
import { sidesIn } from "../../src/store/sqlite/sides.ts";
import { textsIn } from "../../src/store/sqlite/texts.ts";

interface Plan {
  sql: string;
  steps: string[];
}

/** The plan of each statement that the store prepares, inserts aside. */
function plans(): Plan[] {
  const client = connect(":memory:");
  readMigrations(client, ":memory:").apply();
  const prepared: string[] = [];
  const recording: Database = new Proxy(client, {
    get(target, name) {
      if (name !== "prepare") return Reflect.get(target, name);
      return (sql: string) => {
        prepared.push(sql);
        return target.prepare(sql);
      };
    },
  });
  const orm = ormOf(recording);
  const texts = textsIn(orm);
  incidentsIn(orm, texts, eventsIn(orm, texts));
  messagesIn(orm, texts);
  sidesIn(orm);
  outboxIn(orm);
  claimingIn(orm, () => 0);
  const read = prepared.filter((sql) => !sql.startsWith("insert"));
  const found = read.map((sql) => ({ sql, steps: stepsOf(client, sql) }));
  client.close();
  return found;
}

function stepsOf(client: Database, sql: string): string[] {
  const parameters = Array.from(sql.matchAll(/\?/g), () => null);
  return client
    .prepare<null[], { detail: string }>(`explain query plan ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail);
}

const all = plans();

/** Reads that go through a whole table or index on purpose. */
const wholeOnPurpose = [
  // The list of all incidents, and the greatest number, which SQLite takes from the end.
  "SCAN incidents",
  // In order of urgency up to the limit; the index holds only what is unsettled and no timer.
  "SCAN outbox USING INDEX outbox_ready",
  // The same; it holds only webhooks.
  "SCAN outbox USING INDEX outbox_webhooks",
  // Counts the dead; the index holds nothing else.
  "SCAN outbox USING COVERING INDEX outbox_dead",
  // Tells what they are.
  "SCAN outbox USING INDEX outbox_dead",
  // Everybody who asked for every update: all of them are wanted.
  "SCAN subscriptions USING COVERING INDEX sqlite_autoindex_subscriptions_1",
];

describe("the store's queries", () => {
  it("are looked at here, every one", () => {
    expect(all.length).toBeGreaterThan(35);
  });

  it("go through no table from end to end", () => {
    const scans = all.flatMap(({ steps }) => steps.filter((step) => step.startsWith("SCAN")));
    const ours = scans.filter((step) => !step.startsWith("SCAN json_each"));
    expect([...new Set(ours)].toSorted()).toEqual(wholeOnPurpose.toSorted());
  });

  it("sort nothing but the few timers that are due and the rows that were chosen", () => {
    const sorting = all.filter(({ steps }) => steps.some((step) => step.includes("TEMP B-TREE")));
    expect(sorting).toHaveLength(2);
    const [timers, chosen] = sorting;
    expect(timers?.steps).toContain(
      "SEARCH outbox USING INDEX outbox_due (state=? AND timer=? AND due_at<?)",
    );
    expect(chosen?.steps).toContain("SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)");
  });

  it("find what is next and what stands before a row without passing by the timers", () => {
    const next = all.filter(({ sql }) => /order by "outbox"."due_at" asc limit/.test(sql));
    expect(next).toHaveLength(4);
    for (const { steps } of next)
      expect(steps[0]).toMatch(/^SEARCH outbox USING INDEX outbox_due \(state=\? AND timer=\?/);
    const heads = all.filter(({ sql }) => sql.includes("outbox older"));
    expect(heads).toHaveLength(4);
    for (const { steps } of heads)
      expect(steps).toContain("SEARCH older USING INDEX outbox_target (target=? AND id<?)");
  });

  it("read a timeline by its incident, in order", () => {
    const timeline = all.filter(({ sql }) => /^select .* from "(events|messages)" .*order by/.test(sql));
    expect(timeline.map(({ steps }) => steps)).toEqual([
      ["SEARCH events USING INDEX sqlite_autoindex_events_1 (incident=?)"],
      ["SEARCH messages USING INDEX messages_incident (incident=?)"],
      ["SEARCH messages USING INDEX messages_marked (incident=?)"],
      // The newest that was said.
      ["SEARCH messages USING INDEX messages_incident (incident=?)"],
      // Pages of what stands in a channel, and in a thread.
      ["SEARCH messages USING INDEX messages_thread (channel=? AND thread_ts=? AND ts<?)"],
      ["SEARCH messages USING INDEX messages_thread (channel=? AND thread_ts=? AND ts>?)"],
    ]);
  });
});
