import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { StoreFault } from "../../src/store/fault.ts";
import { configure, connect } from "../../src/store/sqlite/connect.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { freshFolders } from "./folders.ts";
import { incident } from "./records.ts";

const freshFolder = freshFolders();
const freshPath = () => join(freshFolder(), "sitrep.db");
const open = (path: string, options: { serve?: boolean; sleep?: typeof wireSleep } = {}) =>
  openSqliteStore({ path, serve: true, wireNow, sleep: wireSleep, ...options });
const noSleep = () => Promise.resolve();

/** Serves from the database it is given until it is killed. */
const servingScript = `
  import { wireNow, wireSleep } from "./src/clock.ts";
  import { openSqliteStore } from "./src/store/sqlite/open.ts";
  const store = await openSqliteStore({ path: process.argv[1], serve: true, wireNow, sleep: wireSleep });
  await store.commit({ at: 1, meta: { written: "before the end" } });
  console.log("committed");
`;

async function faultOf(opening: Promise<unknown>): Promise<StoreFault> {
  const fault = await opening.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof StoreFault)) throw new Error("no fault was met", { cause: fault });
  return fault;
}

describe("opening a database", () => {
  it("makes the folder and keeps what was committed", async () => {
    const path = join(freshFolder(), "not/there/yet/sitrep.db");
    const write = incident(1);
    {
      await using store = await open(path);
      await store.commit({ at: 1, incident: write });
    }
    await using again = await open(path);
    expect(await again.incident(1)).toEqual(write.state);
  });

  it.each([
    ["there is none", async () => {}, 1],
    ["the file is empty, as a failed restore leaves it", async (path: string) => writeFileSync(path, ""), 1],
    ["there is one", async (path: string) => (await open(path))[Symbol.asyncDispose](), 0],
  ])("says that a new one was made where %s, or nothing", async (_where, prepare, times) => {
    const path = freshPath();
    await prepare(path);
    const told: string[] = [];
    const log = {
      info: () => {},
      error: () => {},
      warn: (_fields: object, says: string) => void told.push(says),
    };
    await using _ = await openSqliteStore({ path, serve: true, wireNow, sleep: wireSleep, log });
    expect(told.filter((says) => says.includes("a new one was made"))).toHaveLength(times);
  });

  it("writes ahead, syncs each commit, checks references and wipes what is erased", async () => {
    using connected = closing(connect(freshPath()));
    configure(connected.client);
    const pragma = (name: string) => connected.client.pragma(name, { simple: true });
    expect(["journal_mode", "synchronous", "foreign_keys", "secure_delete"].map(pragma)).toEqual([
      "wal",
      2,
      1,
      1,
    ]);
    expect(pragma("busy_timeout")).toBeLessThanOrEqual(250);
  });

  it("refuses a second one that would serve, as long as the first lives", async () => {
    const path = freshPath();
    {
      await using _first = await open(path);
      expect(await faultOf(open(path))).toMatchObject({
        kind: "in_use",
        message: `Another Sitrep is running on the database ${path}. Stop it first.`,
      });
      await using beside = await open(path, { serve: false });
      expect(await beside.nextNumber()).toBe(1);
    }
    await using _next = await open(path);
  });

  it("frees the lock of a process that was killed", async () => {
    const path = freshPath();
    const child = spawn(process.execPath, ["--input-type=module", "-e", servingScript, path], {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect((await faultOf(open(path))).kind).toBe("in_use");
    child.kill("SIGKILL");
    await once(child, "exit");
    await using store = await open(path);
    expect(await store.meta("written")).toBe("before the end");
  });

  it("refuses a database that a later version wrote, and leaves it as it was", async () => {
    const path = freshPath();
    await (await open(path))[Symbol.asyncDispose]();
    {
      using later = closing(new Database(path));
      later.client.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)");
    }
    const before = readFileSync(path);
    expect(await faultOf(open(path))).toMatchObject({
      kind: "newer",
      message: expect.stringContaining("was written by a later version of Sitrep"),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it("refuses a file that is no database, and leaves it as it was", async () => {
    const path = freshPath();
    writeFileSync(path, "this is a letter, not a database\n".repeat(100));
    expect(await faultOf(open(path))).toMatchObject({
      kind: "not_ours",
      message: expect.stringContaining(path),
    });
    expect(readFileSync(path, "utf8")).toContain("this is a letter");
  });

  it("refuses another program's database", async () => {
    const path = freshPath();
    {
      using other = closing(new Database(path));
      other.client.exec("create table recipes (name text)");
    }
    const before = readFileSync(path);
    expect(await faultOf(open(path))).toMatchObject({
      kind: "not_ours",
      message: expect.stringContaining("another program's tables"),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it.each(["serving", "beside"])("refuses a path that cannot be written, %s", async (how) => {
    const folder = freshFolder();
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "folder"));
    for (const path of ["file/sitrep.db", "folder"]) {
      const fault = await faultOf(open(join(folder, path), { serve: how === "serving" }));
      expect(fault).toMatchObject({ kind: "unwritable", message: expect.stringContaining(path) });
    }
  });

  it("leaves no lock behind where it failed", async () => {
    const path = freshPath();
    writeFileSync(path, "no database at all, but long enough to be read as one".repeat(10));
    expect((await faultOf(open(path))).kind).toBe("not_ours");
    expect((await faultOf(open(path))).kind).toBe("not_ours");
  });

  it("does not change the tables under an older one that is running", async () => {
    const path = freshPath();
    using lock = closing(new Database(`${path}.lock`));
    lock.client.exec("begin exclusive");
    const fault = await faultOf(open(path, { serve: false, sleep: noSleep }));
    expect(fault).toMatchObject({
      kind: "in_use",
      message: expect.stringContaining("brought up to date first"),
    });
    expect(statSync(path).size).toBe(0);
  });

  it("brings up to date once when several open at the same moment", async () => {
    const path = freshPath();
    const stores = await Promise.all([1, 2, 3].map(() => open(path, { serve: false })));
    for (const store of stores) await store[Symbol.asyncDispose]();
    using reader = closing(new Database(path));
    expect(reader.client.prepare("select count(*) n from __drizzle_migrations").get()).toEqual({
      n: readdirSync("drizzle/sqlite").filter((name) => name.endsWith(".sql")).length,
    });
  });
});

function closing(client: Database.Database) {
  return { client, [Symbol.dispose]: () => void client.close() };
}
