import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { wireNow } from "../../src/clock.ts";
import { words } from "../../src/domain/words.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { freshFolders } from "./folders.ts";
import { channelOpened, declared, history, incident, logged, message, resolved } from "./records.ts";

const freshFolder = freshFolders();
const freshPath = () => join(freshFolder(), "sitrep.db");

/** A sleep that ends when it is told to; `asked` says how long each was meant to be. */
function handSleep() {
  const asked: number[] = [];
  let wakers: (() => void)[] = [];
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      asked.push(ms);
      wakers.push(resolve);
      signal?.addEventListener("abort", () => resolve());
    });
  const wake = async () => {
    const waking = wakers;
    wakers = [];
    for (const waker of waking) waker();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { asked, sleep, wake };
}

describe("another process on the same database", () => {
  it("is noticed once a second while serving", async () => {
    const path = freshPath();
    const { asked, sleep, wake } = handSleep();
    await using serving = await openSqliteStore({ path, serve: true, wireNow, sleep });
    await using beside = await openSqliteStore({ path, serve: false, wireNow, sleep });
    let heard = 0;
    serving.onWork(() => heard++);
    await wake();
    expect(heard).toBe(0);
    await beside.commit({ at: 1, incident: incident(1) });
    expect(heard).toBe(0);
    await wake();
    expect(heard).toBe(1);
    await wake();
    expect(heard).toBe(1);
    expect(new Set(asked)).toEqual(new Set([1000]));
  });

  it("is seen by the next read, whatever is held in memory", async () => {
    const path = freshPath();
    const { sleep } = handSleep();
    await using serving = await openSqliteStore({ path, serve: true, wireNow, sleep });
    await using beside = await openSqliteStore({ path, serve: false, wireNow, sleep });
    const quoted = words("message", "password: hunter2");
    const before = [declared(1), logged("e1", quoted)];
    await serving.commit({ at: 1, incident: history(1, [], before) });
    await serving.commit({
      at: 1,
      message: { expected: 0, message: message({ revisions: [{ editedTs: "", text: quoted }] }) },
    });
    expect((await serving.incident(1))?.status).toBe("INVESTIGATING");
    expect((await beside.incident(1))?.entries[0]?.text.body).toBe("password: hunter2");

    await beside.commit({ at: 2, incident: history(1, before, [resolved]) });
    expect((await serving.incident(1))?.status).toBe("RESOLVED");

    expect(await serving.incidentOfChannel("C1")).toBeUndefined();
    await beside.commit({ at: 2, incident: history(1, [...before, resolved], [channelOpened("C1")]) });
    expect(await serving.incidentOfChannel("C1")).toBe(1);

    const gone = message({ version: 2, revisions: [], deletedAt: 3 });
    await beside.commit({ at: 3, message: { expected: 1, message: gone } });
    expect((await serving.incident(1))?.entries[0]?.text.body).toBeNull();
  });

  it("that read tells the listeners too, since the watch will find nothing new", async () => {
    const path = freshPath();
    const { sleep, wake } = handSleep();
    await using serving = await openSqliteStore({ path, serve: true, wireNow, sleep });
    await using beside = await openSqliteStore({ path, serve: false, wireNow, sleep });
    let heard = 0;
    serving.onWork(() => heard++);
    await beside.commit({ at: 1, meta: { a: "1" } });
    expect(await serving.meta("a")).toBe("1");
    await wake();
    expect(heard).toBe(1);
  });

  it("that writes just now makes a commit wait without blocking the process", async () => {
    const path = freshPath();
    const { asked, sleep, wake } = handSleep();
    await using store = await openSqliteStore({ path, serve: false, wireNow, sleep });
    const other = new Database(path);
    other.exec("begin immediate");
    const first = store.commit({ at: 1, meta: { a: "1" } });
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = store.commit({ at: 2, meta: { b: "2" } });
    expect(store.pendingCommits).toBe(2);
    other.exec("commit");
    other.close();
    await wake();
    expect(await Promise.all([first, second])).toEqual([{ kind: "committed" }, { kind: "committed" }]);
    expect(asked).toHaveLength(1);
  });

  it("that never lets go makes a commit fail in words", async () => {
    const path = freshPath();
    await using store = await openSqliteStore({
      path,
      serve: false,
      wireNow,
      sleep: () => Promise.resolve(),
    });
    const other = new Database(path);
    other.exec("begin immediate");
    await expect(store.commit({ at: 1 })).rejects.toMatchObject({ name: "StoreFault", kind: "busy" });
    expect(store.pendingCommits).toBe(0);
    other.close();
    await expect(store.commit({ at: 1 })).resolves.toEqual({ kind: "committed" });
  });
});
