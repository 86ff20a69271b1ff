import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { type Sitrep, startApp } from "../../app.ts";
import { CleanUp } from "../../clean-up.ts";
import { wireSleep } from "../../clock.ts";
import { loadConfig } from "../../config.ts";
import { createLog } from "../../log.ts";
import { exportPostmortem } from "../../postmortem/export.ts";
import { VirtualClock } from "../../workspace/clock.ts";
import {
  parseScenario,
  playScenario,
  type Scenario,
  ScenarioError,
  settingsOf,
} from "../../workspace/script.ts";
import { Workspace } from "../../workspace/workspace.ts";
import { packageRoot } from "../package-root.ts";
import { transcriptPrinter } from "../transcript.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";

export interface DemoOptions {
  /** Path of a scenario; the payment service outage unless given. */
  scenario?: string;
  out?: string;
  /** Times real time. */
  speed: number;
}

const ownScenario = join(packageRoot, "scenarios/payment-service-outage.yml");

/** Plays a scenario: bot and workspace in one process, talking over HTTP, on a clock that runs ahead of the real one. */
export async function demo(terminal: Terminal, options: DemoOptions): Promise<ExitCode> {
  const scenario = await readScenario(terminal, options.scenario);
  if ("faults" in scenario) return fail(terminal, ...scenario.faults);
  const cleanUp = new CleanUp();
  try {
    return await play(terminal, options, scenario, cleanUp);
  } finally {
    await cleanUp.run();
  }
}

async function play(
  terminal: Terminal,
  options: DemoOptions,
  scenario: Scenario,
  cleanUp: CleanUp,
): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), "sitrep-demo-"));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const clock = new VirtualClock({ start: scenario.start });
  const ws = await Workspace.start({
    people: scenario.people,
    channels: scenario.channels,
    ...(scenario.groups && { groups: scenario.groups }),
    manifest: join(packageRoot, "manifest.yml"),
    clock,
  });
  cleanUp.defer(() => ws.stop());
  const settings = settingsOf(scenario, (name) => ws.idOf(name));
  // Called like the scenario, by whose lines its faults are named.
  const configFile = basename(options.scenario ?? ownScenario);
  if (settings !== undefined) await writeFile(join(folder, configFile), settings);
  const loaded = loadConfig({
    env: {
      ...ws.env(),
      ...(settings !== undefined && { SITREP_CONFIG: configFile }),
      DATABASE_URL: `file:${join(folder, "demo.db")}`,
      PORT: "0",
      LOG_LEVEL: "error",
    },
    cwd: folder,
  });
  if (!loaded.ok) return fail(terminal, ...loaded.faults);
  const { config } = loaded;
  const app = await startApp({ config, log: createLog({ level: config.logLevel }), clock, concurrency: 1 });
  if ("fault" in app) return fail(terminal, app.fault);
  cleanUp.defer(() => app.stop());
  cleanUp.defer(clock.join(app));
  ws.requestUrl = `http://127.0.0.1:${app.port}/slack/events`;

  const announcements = config.rules.channels.announcements ?? "";
  terminal.out(`${scenario.title}, at ${options.speed} times real speed.\n`);
  terminal.out(
    `Stakeholders read the updates in #${announcements} as well, which is not shown, nor are the forms and answers\n` +
      "that one person alone sees.\n\n",
  );
  // What only repeats what stands in the incident's channel.
  const hides = (place: string, line: string) =>
    place === `#${announcements}` || (place.startsWith("@") && / \(app\) edited /.test(line));
  const unwatch = ws.watch(undefined, transcriptPrinter(terminal.out, { hides, longest: 14 }));
  try {
    await playScenario(ws, scenario, { reach: (at) => paced(clock, at, options.speed) });
  } catch (error) {
    return fail(terminal, error instanceof Error ? error.message : String(error));
  }
  await ws.settle();
  unwatch();
  return handOver(terminal, app, { rules: config.rules, out: options.out });
}

const slice = 30_000;

/** Moves incident time in slices, so that it is exact on a slow machine and can be watched on a fast one. */
async function paced(clock: VirtualClock, target: number, times: number): Promise<void> {
  while (clock.now() < target) {
    const next = Math.min(target, clock.now() + slice);
    await wireSleep((next - clock.now()) / times);
    await clock.advanceTo(next);
  }
  await clock.settle();
}

/** Prints the newest incident's post-mortem and writes it to a file. */
async function handOver(
  terminal: Terminal,
  { store }: Sitrep,
  { rules, out }: Pick<Parameters<typeof exportPostmortem>[0], "rules"> & { out: string | undefined },
): Promise<ExitCode> {
  const [newest] = await store.incidents();
  const postmortem = newest && (await exportPostmortem({ store, rules }, newest.number));
  if (!postmortem) return fail(terminal, "The scenario declared no incident, so there is no post-mortem.");
  const file = resolve(terminal.cwd, out ?? postmortem.filename);
  try {
    await writeFile(file, postmortem.markdown);
  } catch (error) {
    return fail(
      terminal,
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  terminal.out(`\n${"-".repeat(72)}\n\n${postmortem.markdown}\n${"-".repeat(72)}\nWritten to ${file}\n`);
  return 0;
}

async function readScenario(
  { cwd }: Terminal,
  path: string | undefined,
): Promise<Scenario | { faults: readonly string[] }> {
  const file = path === undefined ? ownScenario : resolve(cwd, path);
  const source = await readFile(file, "utf8").catch(() => undefined);
  if (source === undefined) return { faults: [`The scenario ${path ?? file} cannot be read.`] };
  try {
    return parseScenario(source);
  } catch (error) {
    if (error instanceof ScenarioError)
      return { faults: error.faults.map((fault) => `${path ?? file}: ${fault}`) };
    throw error;
  }
}
