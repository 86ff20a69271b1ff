import { createReadStream } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { wireNow } from "../../clock.ts";
import { RealClock } from "../../workspace/clock.ts";
import { parseLine, promptHelp } from "../../workspace/prompt.ts";
import { act } from "../../workspace/script.ts";
import { Workspace } from "../../workspace/workspace.ts";
import { packageRoot } from "../package-root.ts";
import { transcriptPrinter } from "../transcript.ts";
import { type ExitCode, fail, onStopSignal, type Terminal } from "../terminal.ts";

export interface WorkspaceArguments {
  env?: string;
  transport: "http" | "socket";
  port: number;
  requestUrl: string;
  script?: string;
  people: string;
  channels: string;
}

/** Runs until a signal, or until `quit` is typed. */
export async function workspace(terminal: Terminal, options: WorkspaceArguments): Promise<ExitCode> {
  const { transport, port, requestUrl, env, script } = options;
  const people = namesIn(options.people);
  const channels = [...new Set(["general", "incidents", ...namesIn(options.channels)])];
  const scriptFile = script === undefined ? undefined : resolve(terminal.cwd, script);
  if (scriptFile !== undefined && !(await isReadable(scriptFile)))
    return fail(terminal, `The script ${script} cannot be read.`);
  const stop = Promise.withResolvers<void>();
  const stopListening = onStopSignal(stop.resolve);
  const ws = await started({ transport, port, people, channels });
  if ("fault" in ws) {
    stopListening();
    return fail(terminal, ws.fault);
  }
  try {
    ws.requestUrl = requestUrl;
    const said = await tellVariables(terminal, variablesOf(ws), env);
    if (said !== undefined) return fail(terminal, said);
    if (script === undefined)
      terminal.out(
        "Then type here, such as: alice #general types /incident declare sev2 checkout 500s\n" +
          "`help` shows what people can do, `quit` ends.\n\n",
      );
    const unwatch = ws.watch(undefined, transcriptPrinter(terminal.out), { personal: true });
    await lived(terminal, ws, { script: scriptFile, stop });
    unwatch();
    return 0;
  } finally {
    stopListening();
    await ws.stop();
  }
}

/** `alice, bob` or `#support,#leadership` */
const namesIn = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim().replace(/^[@#]/, ""))
    .filter((name) => name !== "");

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function started(options: {
  transport: "http" | "socket";
  port: number;
  people: string[];
  channels: string[];
}): Promise<Workspace | { fault: string }> {
  try {
    return await Workspace.start({
      ...options,
      // Tokens and ids of its own: an earlier workspace's database must not seem to be about this one's channels.
      seed: wireNow(),
      manifest: join(packageRoot, "manifest.yml"),
      clock: new RealClock(),
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    return { fault: `Port ${options.port} cannot be taken (${code}): choose another with --port.` };
  }
}

/** What `sitrep start` needs here. The other transport's variable is emptied, since a shell may still hold it. */
function variablesOf(ws: Workspace): Record<string, string> {
  return {
    SLACK_APP_TOKEN: "",
    SLACK_SIGNING_SECRET: "",
    ...ws.env(),
    DATABASE_URL: `file:./data/workspace-${ws.state.ids.hex("database", 8)}.db`,
    SITREP_API_TOKEN: ws.state.ids.hex("api-token", 24),
  };
}

/** Returns what went wrong. */
async function tellVariables(
  terminal: Terminal,
  variables: Record<string, string>,
  file: string | undefined,
): Promise<string | undefined> {
  const text = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
  if (file === undefined) {
    terminal.out(`Start Sitrep with these variables:\n${text}\n`);
    return undefined;
  }
  try {
    // It holds tokens, even if only of this workspace.
    await writeFile(resolve(terminal.cwd, file), text, { mode: 0o600 });
  } catch (error) {
    return `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
  terminal.out(`The variables are in ${file}. In another terminal: set -a; . ./${file}; npm start\n`);
  return undefined;
}

/** Does what is typed, a line after the other, until `quit` or `stop`. The end of the input ends nothing. */
async function lived(
  terminal: Terminal,
  ws: Workspace,
  { script, stop }: { script: string | undefined; stop: PromiseWithResolvers<void> },
): Promise<void> {
  const lines = createInterface({ input: script === undefined ? terminal.stdin : createReadStream(script) });
  const read = async () => {
    for await (const line of lines) if (!(await done(terminal, ws, line.trim()))) return stop.resolve();
  };
  read().catch(stop.reject);
  await stop.promise;
  lines.close();
  // An open terminal would hold the process.
  if (script === undefined) terminal.stdin.pause();
}

/** False for `quit`. */
async function done(terminal: Terminal, ws: Workspace, line: string): Promise<boolean> {
  if (line === "quit" || line === "exit") return false;
  if (line === "" || line.startsWith("#")) return true;
  if (line === "help") {
    const people = [...ws.state.people.values()].filter(({ isBot }) => !isBot);
    const ids = people.map(({ name, id }) => `${name} is ${id}`).join(", ");
    terminal.out(
      `${promptHelp}\n\n  wait 10s\n  save FILENAME       a file that was shared, to this folder\n  quit\n\nFor a sitrep.yml: ${ids}\n`,
    );
    return true;
  }
  const wait = /^wait (\d+(?:ms|s|m))$/.exec(line)?.[1];
  if (wait !== undefined) {
    await ws.clock.advance(wait);
    return true;
  }
  const wanted = /^save (\S+)$/.exec(line)?.[1];
  if (wanted !== undefined) {
    await save(terminal, ws, wanted);
    return true;
  }
  const parsed = parseLine(line);
  if (!parsed.ok) {
    terminal.err(`sitrep: ${parsed.error}\n`);
    return true;
  }
  try {
    const seen = await act(ws, parsed);
    for (const [label, error] of Object.entries(seen.errors ?? {}))
      terminal.out(`  ${parsed.who} sees under “${label}”: ${error}\n`);
  } catch (error) {
    terminal.err(`sitrep: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return true;
}

/** Writes the newest file so named, as whoever downloads it from Slack would have it. */
async function save(terminal: Terminal, ws: Workspace, name: string): Promise<void> {
  const shared = ws.files.filter((each) => each.completed);
  const file = shared.findLast((each) => each.name === name);
  if (!file) {
    const there = [...new Set(shared.map((each) => each.name))].join(", ") || "none";
    fail(terminal, `No file called ${name} was shared. There are: ${there}.`);
    return;
  }
  // What an app names a file may not lead out of this folder.
  const path = join(terminal.cwd, basename(name));
  try {
    await writeFile(path, file.content);
    terminal.out(`Saved as ${path}\n`);
  } catch (error) {
    fail(terminal, `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
