import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processorTime, residentMemory } from "./child.ts";
import { type Bench, ratios } from "./figures.ts";
import { bareBolt } from "./bolt.ts";
import { declareIncidents, fill, openRecord, settleAll } from "./record.ts";
import { databaseIn, isQuiet, Sitrep, until } from "./sitrep.ts";
import { Slack } from "./slack.ts";

const talkers = ["alice", "bob"];
const open = ["checkout answers 500", "search is slow", "mails are late"];

/** Whether a long history weighs on a bot that only just started. */
export const memory: Bench = {
  name: "memory",
  says: "a bot started on 1,000,000 timeline entries of 400 incidents, three of them open, beside one started on an empty database, and beside bare Bolt",
  async run({ quick, folder, say }) {
    await using slack = await Slack.start({ people: talkers });
    const folders = { full: join(folder, "full"), empty: join(folder, "empty") };
    for (const each of Object.values(folders)) mkdirSync(each);
    copyFileSync(await history(quick ? 2000 : 1_000_000, quick ? 4 : 400, say), databaseIn(folders.full));
    say("three incidents are declared and talked in");
    await inhabited(slack, folders.full, quick ? 20 : 1000);
    const measured = { full: empty(), empty: empty(), bolt: empty() };
    const rounds = quick ? 1 : 7;
    for (let round = 1; round <= rounds; round++) {
      for (const side of ["full", "empty"] as const)
        await measure(measured[side], () => Sitrep.start(folders[side], slack.installed.env), quick);
      await measure(measured.bolt, () => bareBolt(slack.installed), quick);
      if (!quick) say(`${round} of ${rounds}`);
    }
    const { full, empty: none, bolt } = measured;
    return [
      { name: "resident memory with the history", unit: "MiB", rounds: full.memory },
      { name: "with an empty database", unit: "MiB", rounds: none.memory },
      { name: "bare Bolt", unit: "MiB", rounds: bolt.memory },
      {
        name: "ratio of the first two",
        unit: "",
        rounds: ratios(full.memory, none.memory),
        aim: { atMost: 1.2 },
      },
      { name: "until it is ready, with the history", unit: "ms", rounds: full.ready },
      { name: "with an empty database", unit: "ms", rounds: none.ready },
      { name: "bare Bolt", unit: "ms", rounds: bolt.ready },
      {
        name: "ratio of the first two",
        unit: "",
        rounds: ratios(full.ready, none.ready),
        aim: { atMost: 1.5 },
      },
      { name: "processor time until then, with the history", unit: "ms", rounds: full.cost },
      { name: "with an empty database", unit: "ms", rounds: none.cost },
      { name: "ratio of the last two", unit: "", rounds: ratios(full.cost, none.cost) },
    ];
  },
};

interface Measured {
  memory: number[];
  ready: number[];
  /** Processor time until it was ready. */
  cost: number[];
}

const empty = (): Measured => ({ memory: [], ready: [], cost: [] });

/** Long enough that what follows a start has been done. */
const calm = 3000;

async function measure(
  into: Measured,
  start: () => Promise<{ pid: number; port: number } & AsyncDisposable>,
  quick: boolean,
): Promise<void> {
  const begun = Date.now();
  await using started = await start();
  if (started instanceof Sitrep) await until("ready", () => isReady(started.port));
  into.ready.push(Date.now() - begun);
  into.cost.push(processorTime(started.pid));
  await new Promise((resolve) => setTimeout(resolve, quick ? 200 : calm));
  into.memory.push(residentMemory(started.pid));
}

const isReady = async (port: number): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;

/** Whole, from the bottom: made once, kept for the next time, named after what it is made of. */
async function history(entries: number, incidents: number, say: (line: string) => void): Promise<string> {
  const tables = readdirSync("drizzle/sqlite")
    .filter((name) => name.endsWith(".sql"))
    .toSorted()
    .at(-1);
  const path = join(tmpdir(), `sitrep-bench-${entries}-${tables}.db`);
  if (existsSync(path)) return path;
  say(`${entries} entries are written to ${path}, which is kept`);
  const making = `${path}.${process.pid}`;
  const numbers = await closedIncidents(making, incidents);
  settleAll(making);
  for (const incident of numbers) fill(making, { incident, many: entries / incidents, markEvery: 20 });
  rmSync(`${making}.lock`, { force: true });
  renameSync(making, path);
  return path;
}

async function closedIncidents(path: string, many: number): Promise<number[]> {
  await using record = await openRecord(path);
  return await declareIncidents(record, many, { over: true });
}

/** Of the same workspace as the bot that is measured, so that it finds their channels as it left them. */
async function inhabited(slack: Slack, folder: string, many: number): Promise<void> {
  await using sitrep = await Sitrep.start(folder, slack.installed.env);
  await slack.meets(sitrep.port);
  for (const title of open) await slack.types("alice", "#general", `/incident declare sev3 ${title}`);
  await until("quiet", () => isQuiet(folder));
  for (const channel of (await slack.channels()).filter((name) => name.startsWith("inc-")))
    await slack.talks("alice", `#${channel}`, many);
}
