// Dispatch with a database file of its own, whose clock comes to the due second a moment after it started.
import { copyFileSync } from "node:fs";
import { newId, systemClock, wireNow, wireSleep } from "../../src/clock.ts";
import { loadRecordConfig } from "../../src/config.ts";
import { Dispatcher } from "../../src/dispatch/dispatcher.ts";
import { handle } from "../../src/handle.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";

/** What one run tells: of each timer, ms from its due time until it was handed over, and until its commit was on disk. */
export interface TimersTold {
  handed: number[];
  committed: number[];
  /** Milliseconds of processor time from just before the first was due until the last was committed. */
  cost: number;
}

const [template = "", path = "", dueFrom = "", many = ""] = process.argv.slice(2);
const warmUp = 1500;
copyFileSync(template, path);
const loaded = loadRecordConfig({ env: { DATABASE_URL: `file:${path}` }, cwd: "." });
if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
const store = await openSqliteStore({ path, serve: true, wireNow, sleep: wireSleep });
const ahead = Number(dueFrom) - warmUp - wireNow();
const clock = {
  now: () => systemClock.now() + ahead,
  sleepUntil: (at: number, why: "dispatch" | "timer", signal?: AbortSignal) =>
    systemClock.sleepUntil(at - ahead, why, signal),
};
const told: TimersTold = { handed: [], committed: [], cost: Number.NaN };
const done = Promise.withResolvers<void>();
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const dispatcher = new Dispatcher({
  store,
  async handle(command, options) {
    const due = command.type === "RemindUpdate" ? command.due : undefined;
    if (due !== undefined) told.handed.push(clock.now() - due);
    const outcome = await handle({ store, rules: loaded.config.rules }, command, options);
    if (due === undefined) return outcome;
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    told.committed.push(clock.now() - due);
    if (told.committed.length === Number(many)) done.resolve();
    return outcome;
  },
  clock,
  // Slack is not what is measured: whatever is asked of it is done at once.
  performer: {
    perform: async () => ({ as: "done" }),
    isThere: async () => true,
    hears: () => true,
    isBack: () => {},
    paceOf: async () => ({ method: null, lane: null }),
  },
  webhooks: { perform: async () => ({ as: "done" }) },
  tierOf: () => "special",
  newToken: newId,
  wireNow,
  log: silent,
});
await dispatcher.start();
await wireSleep(warmUp - 200);
const before = process.cpuUsage();
await done.promise;
const { user, system } = process.cpuUsage(before);
told.cost = (user + system) / 1000;
await dispatcher.stop();
await store[Symbol.asyncDispose]();
process.send?.(told);
process.disconnect();
