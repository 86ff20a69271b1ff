import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import type { Store } from "../../src/store/port.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { RealClock } from "../../src/workspace/clock.ts";
import type { ObservedCall } from "../../src/workspace/api.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { SitrepProcess } from "./a-process.ts";
import { aftermath } from "./aftermath.ts";

const channel = "inc-1-checkout-500s";

/** A workspace here, and Sitrep in processes of its own that come and go, on one database. */
class Machine implements AsyncDisposable {
  readonly ws: Workspace;
  readonly #folder: string;
  readonly #undo = new AsyncDisposableStack();

  private constructor(ws: Workspace, folder: string) {
    this.ws = ws;
    this.#folder = folder;
    this.#undo.defer(() => rm(folder, { recursive: true, force: true }));
    this.#undo.use(ws);
  }

  static async open({
    transport = "http",
    settings,
  }: { transport?: "http" | "socket"; settings?: string } = {}) {
    const folder = await mkdtemp(join(tmpdir(), "sitrep-process-"));
    if (settings !== undefined) await writeFile(join(folder, "sitrep.yml"), settings);
    const ws = await Workspace.start({
      people: ["alice", "bob"],
      manifest: "manifest.yml",
      clock: new RealClock(),
      transport,
    });
    return new Machine(ws, folder);
  }

  /** Without waiting until it is ready. */
  launch(): SitrepProcess {
    const env = { ...this.ws.env(), PORT: "0" };
    return this.#undo.use(new SitrepProcess({ cwd: this.#folder, env }));
  }

  async start(): Promise<SitrepProcess> {
    const process = this.launch();
    this.ws.requestUrl = `http://127.0.0.1:${await process.ready()}/slack/events`;
    return process;
  }

  /** Beside the process, as the command line reads it. */
  async store(): Promise<Store> {
    const path = join(this.#folder, "data/sitrep.db");
    return this.#undo.use(await openSqliteStore({ path, serve: false, wireNow, sleep: wireSleep }));
  }

  /** Resolves when this call is about to be answered, or is about to take effect. */
  meets(method: string, phase: ObservedCall["phase"]): Promise<void> {
    const met = Promise.withResolvers<void>();
    const stop = this.ws.onCall((call) => {
      if (call.method !== method || call.phase !== phase) return;
      stop();
      met.resolve();
    });
    return met.promise;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#undo.disposeAsync();
  }
}

/** Until nothing that is due waits in the outbox; each of its effects that ends is a line of the log. */
async function quiet(process: SitrepProcess, store: Store): Promise<void> {
  for (;;) {
    const { grown } = process;
    const { claimed, oldestDue } = await store.outboxCounts(wireNow());
    if (claimed === 0 && oldestDue === null) return;
    await grown;
  }
}

/** What remains of an incident that was just declared, down to the written post-mortem. */
async function finish(ws: Workspace, process: SitrepProcess, store: Store): Promise<void> {
  const [alice, bob] = [ws.as("alice").in(`#${channel}`), ws.as("bob").in(`#${channel}`)];
  await bob.joins();
  await bob.says("error rate climbing");
  await bob.reacts("pushpin", "error rate");
  await alice.types("/incident log 00:00 Deployed v2.3.2");
  await alice.types("/incident update Rolling back");
  await bob.types("/incident resolve Rolled back to v2.3.1");
  await quiet(process, store);
}

const count = (text: string, part: string) => text.split(part).length - 1;

async function wrongs(ws: Workspace, store: Store): Promise<string[]> {
  const found = await aftermath({ ws, app: { store, isIdle: () => true } });
  const transcript = ws.channel(channel).transcript();
  for (const [part, times] of [
    ["Everything said in this channel is recorded", 1],
    ["alice has joined the channel", 1],
    ["- Deployed v2.3.2", 1],
    ["Update 2 · INC-1", 1],
    ["Update 3 (final) · INC-1", 1],
    ["[file: INC-1-post-mortem.md]", 1],
    [":memo: 1", 1],
  ] as const)
    if (count(transcript, part) !== times) found.push(`“${part}” ${count(transcript, part)} times`);
  const opened = ws.channels().filter((name) => name.startsWith("inc-"));
  if (opened.join() !== channel) found.push(`channels: ${opened.join()}`);
  return found;
}

describe("a Sitrep in a process of its own", () => {
  it.each(["conversations.create", "chat.postMessage"])(
    "is killed in the middle of %s, and loses and repeats nothing when it runs again",
    async (method) => {
      await using machine = await Machine.open();
      const { ws } = machine;
      const first = await machine.start();
      ws.faults.next(method, { when: "after", answer: "silence" });
      const underWay = machine.meets(method, "after");
      await ws.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
      await underWay;
      first.kill("SIGKILL");
      expect(await first.end()).toEqual({ code: null, signal: "SIGKILL", err: "" });
      ws.faults.clear();

      const second = await machine.start();
      const store = await machine.store();
      await quiet(second, store);
      await finish(ws, second, store);
      expect(await wrongs(ws, store)).toEqual([]);
      expect(second.told.map(({ msg }) => msg)).toContain(
        "effects were under way when the last process ended",
      );
    },
  );

  it.each(["http", "socket"] as const)(
    "ends in order at SIGTERM in the middle of an incident over %s, and goes on when it runs again",
    async (transport) => {
      await using machine = await Machine.open({ transport });
      const { ws } = machine;
      const first = await machine.start();
      const underWay = machine.meets("chat.postMessage", "before");
      // The card is on its way when the signal comes, and arrives only after.
      const stopping = first.says("stopping");
      const stop = ws.onCall(async ({ method, phase }) => {
        if (method === "chat.postMessage" && phase === "before") await stopping;
      });
      await ws.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
      await underWay;
      first.kill("SIGTERM");
      expect(await first.end()).toEqual({ code: 0, signal: null, err: "" });
      stop();

      const second = await machine.start();
      const store = await machine.store();
      await quiet(second, store);
      await finish(ws, second, store);
      expect(await wrongs(ws, store)).toEqual([]);
      second.kill("SIGTERM");
      expect(await second.end()).toEqual({ code: 0, signal: null, err: "" });
      // What was under way was brought to its end and needed no looking up.
      expect(second.told.map(({ msg }) => msg)).not.toContain(
        "effects were under way when the last process ended",
      );
    },
  );

  it("ends at once at SIGTERM while Slack has not answered yet", async () => {
    await using machine = await Machine.open();
    machine.ws.faults.setAway(true);
    const process = machine.launch();
    await process.says("Slack does not answer auth.test; asking again");
    process.kill("SIGTERM");
    expect(await process.end()).toEqual({ code: 0, signal: null, err: "" });
  });

  it("reminds once of an update that fell due while it did not run", async () => {
    await using machine = await Machine.open({
      settings: "severities: { SEV2: { firstUpdate: 1s, updateEvery: 1h } }\n",
    });
    const { ws } = machine;
    const first = await machine.start();
    const store = await machine.store();
    await ws.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await first.says("command done");
    first.kill("SIGKILL");
    await first.end();
    const due = (await store.incident(1))?.nextDue ?? Number.NaN;
    await ws.clock.sleepUntil(due, "timer");

    const second = await machine.start();
    await quiet(second, store);
    expect(count(ws.channel(channel).transcript(), "Next update is due")).toBe(1);
  });

  it("logs a line a decision, with nothing that was said and nothing to act with", async () => {
    await using machine = await Machine.open();
    const { ws } = machine;
    const process = await machine.start();
    await ws.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    const store = await machine.store();
    await quiet(process, store);
    await finish(ws, process, store);
    await ws.as("bob").in(`#${channel}`).types("/incident update Too late");
    process.kill("SIGTERM");
    await process.end();

    const commands = process.told.filter((told) => told["command"] !== undefined);
    const [alice, bob] = ["alice", "bob"].map((name) => ws.state.personNamed(name)?.id);
    const done = { incident: 1, why: undefined, msg: "command done" };
    expect(
      commands.map(({ incident, command, by, why, msg }) => ({ incident, command, by, why, msg })),
    ).toEqual([
      { ...done, command: "Declare", by: alice },
      { ...done, command: "LogEntry", by: alice },
      { ...done, command: "PublishUpdate", by: alice },
      { ...done, command: "Resolve", by: bob },
      { incident: 1, command: "PublishUpdate", by: bob, why: "resolved", msg: "command refused" },
    ]);
    const effects = process.told.filter((told) => told.msg === "effect done");
    expect(effects.map((told) => told["effect"])).toEqual(
      expect.arrayContaining(["1:channel:create", "1:post:card", "1:post:announcement"]),
    );
    const log = process.lines.join("\n");
    const secret = Object.values(ws.env()).filter((value) => !value.startsWith("http"));
    for (const part of [...secret, "checkout", "500s", "climbing", "Deployed", "Roll", "late", "/response/"])
      expect(log).not.toContain(part);
  });
});
