import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { StoreFault } from "../../src/store/fault.ts";
import { damageIn } from "../../src/store/sqlite/damage.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { words } from "../../src/domain/words.ts";
import { freshFolders } from "./folders.ts";
import { history, incident, declared, logged, message } from "./records.ts";

const freshFolder = freshFolders();
const open = (path: string) => openSqliteStore({ path, serve: true, wireNow, sleep: wireSleep });

/** A database that was closed in order, with some hundred pages in it. */
async function closedDatabase(): Promise<string> {
  const path = join(freshFolder(), "sitrep.db");
  await using store = await open(path);
  await store.commit({ at: 1, incident: incident(1) });
  for (let n = 0; n < 100; n++) {
    const text = words(`t${n}`, `message ${n} `.repeat(300));
    await store.commit({
      at: 1,
      message: { expected: 0, message: message({ ts: `${n}.0`, revisions: [{ editedTs: "", text }] }) },
    });
  }
  return path;
}

/** What opening it says, and whether the file is as it was. */
async function refusal(path: string) {
  const before = readFileSync(path);
  const fault = await open(path).then(
    async (store) => {
      await store[Symbol.asyncDispose]();
      return undefined;
    },
    (error: unknown) => error,
  );
  expect(readFileSync(path).equals(before)).toBe(true);
  if (!(fault instanceof StoreFault)) throw new Error("it was opened", { cause: fault });
  return fault;
}

const page = 4096;
const overwrite = (path: string, from: number, length: number): void => {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, from, from + length);
  writeFileSync(path, bytes);
};

describe("a database that is damaged is refused at the start, in words, and left as it is", () => {
  it.each([
    ["whose first bytes are overwritten", (path: string) => overwrite(path, 0, 100)],
    ["whose schema is overwritten", (path: string) => overwrite(path, 100, 600)],
    ["with a page in its middle overwritten", (path: string) => overwrite(path, 40 * page, page)],
    ["cut in half", (path: string) => truncateSync(path, Math.floor(statSync(path).size / page / 2) * page)],
    ["cut within a page", (path: string) => truncateSync(path, 20 * page + 100)],
  ])("%s", async (_name, harm) => {
    const path = await closedDatabase();
    harm(path);
    const fault = await refusal(path);
    expect(fault).toMatchObject({ kind: "not_ours", sentence: expect.stringContaining(path) });
    expect(fault.message).toMatch(/damaged.*Keep a copy of the file and restore a backup/);
  });

  it("however large, where it is shorter than it says of itself", async () => {
    const path = await closedDatabase();
    // So large that it is not read whole; what is missing lies beyond what was ever written.
    const header = readFileSync(path);
    header.writeUInt32BE(10_000, 28);
    writeFileSync(path, header);
    truncateSync(path, 5000 * page);
    expect(await refusal(path)).toMatchObject({ kind: "not_ours" });
  });

  it("and is met only when a page is read, is told by that read and by all that follows", async () => {
    const path = await closedDatabase();
    overwrite(path, 40 * page, page);
    await using store = await openSqliteStore({ path, serve: false, wireNow, sleep: wireSleep });
    expect(store.fault).toBeNull();
    await expect(store.messages(1)).rejects.toMatchObject({ kind: "not_ours", reading: true });
    expect(await store.commit({ at: 1, meta: { a: "1" } })).toEqual({ kind: "committed" });
    expect(store.fault?.kind).toBe("not_ours");
  });

  it("is told page by page to who asks", async () => {
    const path = await closedDatabase();
    expect(damageIn(path)).toEqual([]);
    overwrite(path, 40 * page, page);
    expect(damageIn(path).join()).not.toBe("");
  });
});

describe("a write-ahead log that was cut off", () => {
  it.each([
    ["in its last frame", 100, 2],
    ["before its last commit", page + 24, 2],
    ["to nothing", Infinity, 0],
  ])("%s gives the commits that stand in it whole, and nothing of another", async (_name, bytes, least) => {
    const folder = freshFolder();
    const path = join(folder, "sitrep.db");
    const copy = join(folder, "copy.db");
    {
      await using store = await open(path);
      const past = [declared(1)];
      await store.commit({ at: 1, incident: history(1, [], past) });
      // What was begun before the log is in the file.
      for (let n = 0; n < 3; n++) {
        const next = logged(`e${n}`, words(`w${n}`, `entry ${n}`));
        await store.commit({ at: 1, incident: history(1, past, [next]) });
        past.push(next);
      }
      for (const end of ["", "-wal"]) copyFileSync(path + end, copy + end);
    }
    const wal = `${copy}-wal`;
    expect(existsSync(wal)).toBe(true);
    truncateSync(wal, Math.max(0, statSync(wal).size - bytes));
    await using store = await open(copy);
    const state = await store.incident(1);
    const events = await store.events(1);
    expect(events.length).toBe(state?.version ?? 0);
    expect(state?.entries.map(({ text }) => text.body) ?? []).toEqual(
      [0, 1, 2].slice(0, state?.entries.length ?? 0).map((n) => `entry ${n}`),
    );
    expect(state?.entries.length ?? 0).toBeLessThan(3);
    expect(state?.entries.length ?? 0).toBeGreaterThanOrEqual(least);
    const number = (state?.number ?? 0) + 1;
    expect(await store.nextNumber()).toBe(number);
  });
});
