import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { slackUser } from "../../src/domain/actor.ts";
import { handle } from "../../src/handle.ts";
import { Child, processorTime } from "./child.ts";
import { type Bench, type Figure, quantile, ratios } from "./figures.ts";
import { declareIncidents, openRecord } from "./record.ts";
import { databaseIn, Sitrep } from "./sitrep.ts";
import { Slack } from "./slack.ts";
import type { TimersTold } from "./timers-process.ts";

/** The second in which they are due. */
const dueFrom = Date.UTC(2024, 1, 20, 9);

/** Whether timers come in time when many come at once, and whether those that only wait cost anything. */
export const timers: Bench = {
  name: "timers",
  says: "1,000 reminders of 1,000 incidents due in one second, with no other timer pending and with 99,000 others; and a bot that only waits with 100,000",
  async run({ quick, folder, say }) {
    const due = quick ? 20 : 1000;
    const sizes = { few: due, many: quick ? 200 : 100_000 };
    const templates = { few: join(folder, "few.db"), many: join(folder, "many.db") };
    say(`${due} incidents are declared`);
    await withReminders(templates.few, due);
    copyFileSync(templates.few, templates.many);
    addTimers(templates.many, sizes.many - sizes.few);
    const measured = { few: empty(), many: empty() };
    const rounds = quick ? 1 : 7;
    for (let round = 1; round <= rounds; round++) {
      for (const size of ["few", "many"] as const) {
        const { handed, committed, cost } = await measure(
          templates[size],
          join(folder, `${size}-${round}.db`),
          due,
        );
        measured[size].handed.push(p99(handed));
        measured[size].committed.push(p99(committed));
        measured[size].cost.push((cost * 1000) / due);
      }
      if (!quick) say(`${round} of ${rounds}`);
    }
    const { few, many } = measured;
    return [
      {
        name: `p99 until handed over, ${sizes.many} pending`,
        unit: "ms",
        rounds: many.handed,
        aim: { atMost: 1000 },
      },
      { name: `p99 until committed, ${sizes.many} pending`, unit: "ms", rounds: many.committed },
      { name: `p99 until handed over, ${sizes.few} pending`, unit: "ms", rounds: few.handed },
      { name: `processor time for a timer, ${sizes.many} pending`, unit: "µs", rounds: many.cost },
      { name: `processor time for a timer, ${sizes.few} pending`, unit: "µs", rounds: few.cost },
      { name: "ratio of the last two", unit: "", rounds: ratios(many.cost, few.cost), aim: { atMost: 1.2 } },
      await idle(folder, sizes.many, quick, say),
    ];
  },
};

const empty = () => ({ handed: [] as number[], committed: [] as number[], cost: [] as number[] });

const p99 = (values: readonly number[]): number =>
  quantile(
    values.toSorted((one, other) => one - other),
    0.99,
  );

async function measure(template: string, path: string, many: number): Promise<TimersTold> {
  await using child = new Child("test/bench/timers-process.ts", [
    template,
    path,
    String(dueFrom),
    String(many),
  ]);
  return await child.hears<TimersTold>();
}

/** What a bot uses of a core while nothing happens, in percent. */
async function idle(
  folder: string,
  pending: number,
  quick: boolean,
  say: (line: string) => void,
): Promise<Figure> {
  const home = join(folder, "idle");
  mkdirSync(home);
  await using slack = await Slack.start({ people: ["alice"] });
  await (await openRecord(databaseIn(home)))[Symbol.asyncDispose]();
  addTimers(databaseIn(home), pending);
  await using sitrep = await Sitrep.start(home, slack.installed.env);
  const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await wait(quick ? 0.2 : 10);
  const used: number[] = [];
  for (let round = 0; round < (quick ? 1 : 6); round++) {
    const [before, from] = [processorTime(sitrep.pid), Date.now()];
    await wait(quick ? 0.2 : 10);
    used.push(((processorTime(sitrep.pid) - before) / (Date.now() - from)) * 100);
  }
  if (!quick) say("a minute of waiting is over");
  return { name: `of a core while ${pending} timers wait`, unit: "%", rounds: used, aim: { atMost: 1 } };
}

/** So many open incidents whose next update is due in the one second, and nothing else in the outbox. */
async function withReminders(path: string, many: number): Promise<void> {
  const kept = join(tmpdir(), `sitrep-bench-reminders-${many}-${tables()}.db`);
  if (!existsSync(kept)) {
    const making = `${kept}.${process.pid}`;
    await promised(making, many);
    renameSync(making, kept);
  }
  copyFileSync(kept, path);
}

const tables = (): string =>
  readdirSync("drizzle/sqlite")
    .filter((name) => name.endsWith(".sql"))
    .toSorted()
    .at(-1) ?? "";

async function promised(path: string, many: number): Promise<void> {
  {
    await using record = await openRecord(path);
    for (const incident of await declareIncidents(record, many, { over: false })) {
      const nextUpdate = dueFrom + (incident % 1000);
      const by = { at: dueFrom - 3_600_000, actor: slackUser("U0SPEAKER1") };
      const outcome = await handle(record, { type: "PublishUpdate", ...by, incident, nextUpdate });
      if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    }
  }
  const client = new Database(path);
  client
    .prepare("delete from outbox where not (type = 'RemindUpdate' and due_at between ? and ?)")
    .run(dueFrom, dueFrom + 999);
  client.pragma("wal_checkpoint(truncate)");
  client.close();
}

/** Timers that fall due in a hundred years. */
function addTimers(path: string, many: number): void {
  const client = new Database(path);
  const add = client.prepare(
    `insert into outbox (key, incident, type, effect, target, urgency, due_at, timer, created_at)
     values (@key, null, 'RemindUpdate', @effect, @key, 0, @due, 1, 0)`,
  );
  client.transaction(() => {
    for (let n = 1; n <= many; n++) {
      const due = Date.UTC(2124, 0, 1) + n * 1000;
      const effect = JSON.stringify({ type: "RemindUpdate", incident: 1_000_000 + n, due });
      add.run({ key: `pending:${n}`, effect, due });
    }
  })();
  client.pragma("wal_checkpoint(truncate)");
  client.close();
}
