import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { AppOptions } from "../../src/app.ts";
import { currentText } from "../../src/domain/record.ts";
import { StoreFault } from "../../src/store/fault.ts";
import type { Store } from "../../src/store/port.ts";
import { aftermath } from "./aftermath.ts";
import { mayMount, SmallDisk } from "./a-small-disk.ts";
import { withCommit } from "./around-store.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

interface Line {
  level: string;
  says: string;
}

/** An incident of a Sitrep whose log is kept. */
async function declared(options: WorldOptions & { more?: Partial<AppOptions> } = {}) {
  const lines: Line[] = [];
  const at = (level: string) => (_fields: object, says: string) => void lines.push({ level, says });
  const log = { debug: () => {}, info: at("info"), warn: at("warn"), error: at("error"), fatal: at("fatal") };
  const world = await World.open({ ...options, started: false });
  await world.startApp({ log, ...options.more });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const alice = world.as("alice").in(`#${channel}`);
  const bob = world.as("bob").in(`#${channel}`);
  await bob.joins();
  await alice.says("any news?");
  await world.ws.settle();
  return { world, alice, bob, lines };
}

const errors = (lines: readonly Line[]) =>
  lines.filter(({ level }) => level === "error").map(({ says }) => says);

async function health(world: World) {
  const ready = await world.api("/readyz");
  const text = await ready.text();
  const metrics = await (await world.api("/metrics")).text();
  return {
    alive: (await world.api("/healthz")).status,
    ready: ready.status,
    text,
    up: /^sitrep_store_up (\d)$/m.exec(metrics)?.[1],
  };
}

const recorded = async (world: World) =>
  (await world.app.store.messages(1)).map((message) => currentText(message)?.body);

/** Everything that people can do meets the fault: it is answered in words, and nothing of it is kept. */
async function everythingIsRefused(
  { world, alice, bob }: Pick<Awaited<ReturnType<typeof declared>>, "world" | "alice" | "bob">,
  { fail, why }: { fail: () => void; why: string },
): Promise<void> {
  const { ws } = world;
  await alice.clicks("Log");
  await alice.fills({ "What happened": "Deployed v2.3.2" });
  fail();
  const version = (await world.app.store.incident(1))?.version;
  const said = `Nothing was saved, because I cannot write my record: ${why}`;
  expect((await bob.types("/incident log 14:30 Deployed")).answer).toContain(said);
  await alice.submits();
  expect(JSON.stringify(alice.modal()?.errors)).toContain("Nothing was saved");
  expect(alice.modal()?.values["What happened"]).toBe("Deployed v2.3.2");
  await bob.clicks("Ack");
  expect(bob.sees().at(-1)).toContain(said);
  await bob.uses("Add to timeline", "any news?");
  expect(bob.sees().at(-1)).toContain(said);
  await bob.says("Found it");
  await bob.replies("any news?", "@sitrep log 14:31 Reverted");
  await expect.poll(() => ws.channel(channel).transcript()).toContain("Slack brings it here again");
  expect(ws.channel(channel).transcript()).toContain(said);
  const state = await world.app.store.incident(1);
  expect({ version: state?.version, entries: state?.entries.length }).toEqual({ version, entries: 0 });
  expect(await recorded(world)).toEqual(["any news?"]);
}

/** Once the cause is gone: by itself, everything that Slack repeats once, and what people submit again. */
async function everythingGoesOn({
  world,
  alice,
  bob,
}: Pick<Awaited<ReturnType<typeof declared>>, "world" | "alice" | "bob">): Promise<void> {
  await expect.poll(async () => (await health(world)).ready, { timeout: 15_000, interval: 100 }).toBe(200);
  await world.ws.clock.advance("10m");
  expect(await recorded(world)).toEqual([
    "any news?",
    "Found it",
    expect.stringContaining("log 14:31 Reverted"),
  ]);
  await alice.submits();
  expect(alice.modal()).toBeUndefined();
  await bob.clicks("Ack");
  await world.ws.settle();
  const state = await world.app.store.incident(1);
  expect(state?.entries.map(({ text }) => text.body)).toEqual(["Reverted", "Deployed v2.3.2"]);
  expect(await aftermath(world)).toEqual([]);
}

describe("a database that fails while Sitrep runs", () => {
  it.runIf(mayMount())(
    "because its disk is full is told in words, changes nothing, and goes on by itself once there is space",
    async () => {
      using disk = new SmallDisk(8192);
      const all = await declared({ env: { DATABASE_URL: `file:${join(disk.folder, "sitrep.db")}` } });
      await using _ = all.world;
      await everythingIsRefused(all, { fail: () => disk.fill(), why: "its disk is full" });
      const sick = await health(all.world);
      expect(sick).toMatchObject({ alive: 200, ready: 503, up: "0" });
      expect(sick.text).toContain(
        `There is no space left for the database ${join(disk.folder, "sitrep.db")}. Free some`,
      );
      disk.free();
      await everythingGoesOn(all);
      expect(await health(all.world)).toMatchObject({ alive: 200, ready: 200, up: "1" });
      // However many inputs met it.
      expect(errors(all.lines).filter((says) => says.startsWith("the database fails"))).toHaveLength(1);
      expect(errors(all.lines)).not.toContain("an input could not be taken");
      expect(all.lines.filter(({ says }) => says === "the database works again")).toHaveLength(1);
    },
  );

  it("because its file was moved away is told so, and goes on when it is put back", async () => {
    const all = await declared();
    await using _ = all.world;
    const path = join(all.world.folder, "sitrep.db");
    await everythingIsRefused(all, {
      fail: () => renameSync(path, `${path}.away`),
      why: "its database was moved away",
    });
    expect(await health(all.world)).toMatchObject({ alive: 200, ready: 503, up: "0" });
    expect((await health(all.world)).text).toContain("Somebody has moved or deleted the database");
    writeFileSync(path, "");
    expect((await all.bob.types("/incident log 14:30 Deployed")).answer).toContain("Nothing was saved");
    renameSync(`${path}.away`, path);
    await everythingGoesOn(all);
  });

  it("because another process holds it says so after a while, and goes on when that lets go", async () => {
    const all = await declared({ app: { wire: { ackBudget: 50 } } });
    await using _ = all.world;
    const { world, alice } = all;
    const other = new Database(join(world.folder, "sitrep.db"));
    try {
      other.exec("begin immediate");
      const seen = await alice.types("/incident log 14:30 Deployed");
      expect(seen.answer).toContain("Still saving");
      await expect
        .poll(() => alice.sees().at(-1), { timeout: 20_000 })
        .toContain("Nothing was saved, because I cannot write my record: another process holds its database");
      expect(await health(world)).toMatchObject({ alive: 200, ready: 503, up: "0" });
      await alice.says("Found it");
    } finally {
      other.close();
    }
    await expect.poll(async () => (await health(world)).ready, { timeout: 15_000, interval: 100 }).toBe(200);
    await world.ws.clock.advance("10m");
    expect(await recorded(world)).toEqual(["any news?", "Found it"]);
    expect((await world.app.store.incident(1))?.entries).toEqual([]);
    expect(await aftermath(world)).toEqual([]);
  });

  it("for two hours while updates fall due floods no log, and what is due comes once, when it works again", async () => {
    let fault: StoreFault | undefined;
    const aroundStore = (store: Store) =>
      withCommit(store, (write) => (fault ? Promise.reject(fault) : store.commit(write)));
    const { world, lines } = await declared({ more: { aroundStore } });
    await using _ = world;
    const { ws } = world;
    fault = new StoreFault("full", "There is no space left.");
    void ws.clock.sleepUntil(ws.clock.now() + 2 * 3_600_000, "dispatch").then(() => (fault = undefined));
    await ws.clock.advance("3h");
    expect(await aftermath(world)).toEqual([]);
    expect(lines.filter(({ level }) => level === "error" || level === "warn").length).toBeLessThan(30);
    const told = await world.transcript(channel);
    expect(told.split("update is due").length - 1).toBeLessThanOrEqual(1);
  });

  it("for longer than Slack repeats what it says loses nothing of that: it is read when it works again", async () => {
    let fault: StoreFault | undefined;
    const aroundStore = (store: Store) =>
      withCommit(store, (write) => (fault ? Promise.reject(fault) : store.commit(write)));
    const { world, alice, bob } = await declared({ more: { aroundStore } });
    await using _ = world;
    const { ws } = world;
    fault = new StoreFault("full", "There is no space left.");
    void ws.clock.sleepUntil(ws.clock.now() + 44 * 60_000, "dispatch").then(() => (fault = undefined));
    await alice.says("pool exhausted");
    // Long enough for a silence to be looked into as well.
    await ws.clock.advance("42m");
    await bob.says("found it");
    await ws.clock.advance("4m");
    expect(await recorded(world)).toEqual(["any news?", "pool exhausted", "found it"]);
    // However long it failed, and however many events met that.
    expect((await world.app.store.outboxCounts(ws.clock.now())).pending).toBe(0);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("a Sitrep that starts on a database that it cannot use ends with what, where and what to do", () => {
  const starting = async (world: World) =>
    world.startApp().then(
      () => "it started",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
  const stopped = async () => {
    const { world } = await declared();
    await world.stopApp();
    return { world, path: join(world.folder, "sitrep.db") };
  };

  it("damaged", async () => {
    const { world, path } = await stopped();
    await using _ = world;
    writeFileSync(path, Buffer.alloc(8192, 0xa5));
    expect(await starting(world)).toMatch(
      /sitrep\.db is damaged, or is no database \(SQLITE_NOTADB\)\. Keep a copy of the file and restore a backup/,
    );
  });

  it("newer than the code", async () => {
    const { world, path } = await stopped();
    await using _ = world;
    const later = new Database(path);
    later.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)");
    later.close();
    expect(await starting(world)).toMatch(
      /was written by a later version of Sitrep\. Run that version, or restore/,
    );
  });

  it.runIf(mayMount())("on a disk that may only be read", async () => {
    using disk = new SmallDisk(8192);
    const { world } = await declared({ env: { DATABASE_URL: `file:${join(disk.folder, "sitrep.db")}` } });
    await using _ = world;
    await world.stopApp();
    disk.readOnly();
    expect(await starting(world)).toMatch(
      /database .*sitrep\.db (?:may only be read|cannot be opened and written) \(.*\)\. See that its disk is mounted and writable/,
    );
  });

  it.runIf(mayMount())("on a disk that is full", async () => {
    using disk = new SmallDisk(8192);
    const { world } = await declared({ env: { DATABASE_URL: `file:${join(disk.folder, "sitrep.db")}` } });
    await using _ = world;
    await world.stopApp();
    disk.fill();
    expect(await starting(world)).toMatch(/There is no space left for the database .*sitrep\.db\. Free some/);
    disk.free();
    expect(await starting(world)).toBe("it started");
    expect(await aftermath(world)).toEqual([]);
  });
});

it("a database that was not there is made, and the log says so, since its disk may be missing", async () => {
  const { world, lines } = await declared();
  await using _ = world;
  expect(lines).toContainEqual({ level: "warn", says: "there was no database, so a new one was made" });
});
