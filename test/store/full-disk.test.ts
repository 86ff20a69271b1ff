import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { words } from "../../src/domain/words.ts";
import { Batcher } from "../../src/store/sqlite/batcher.ts";
import { configure, connect, faultOf } from "../../src/store/sqlite/connect.ts";
import { readMigrations } from "../../src/store/sqlite/migrate.ts";
import { type SqliteOptions, SqliteStore } from "../../src/store/sqlite/store.ts";
import { freshFolders } from "./folders.ts";
import { effect, incident, message } from "./records.ts";

const freshFolder = freshFolders();

function storeOnSmallDisk(log?: SqliteOptions["log"]) {
  const path = join(freshFolder(), "sitrep.db");
  const client = connect(path);
  readMigrations(client, path).apply();
  configure(client);
  const store = new SqliteStore(
    client,
    { path, serve: false, wireNow, sleep: wireSleep, ...(log && { log }) },
    undefined,
  );
  const pages = () => Number(client.pragma("page_count", { simple: true }));
  return { client, store, limit: (more: number) => client.pragma(`max_page_count = ${pages() + more}`) };
}

const long = (ts: string) =>
  message({ ts, revisions: [{ editedTs: "", text: words(ts, "x".repeat(100_000)) }] });

describe("a full disk", () => {
  it("fails the commit in words, leaves nothing half written, and goes on once there is space", async () => {
    const { store, limit } = storeOnSmallDisk();
    await using _closing = store;
    await store.commit({ at: 1, incident: incident(1) });
    limit(2);
    const write = { at: 2, outbox: [effect("a")], message: { expected: 0, message: long("2.0") } };
    await expect(store.commit(write)).rejects.toMatchObject({
      kind: "full",
      message: expect.stringContaining("no space left"),
      cause: expect.objectContaining({ code: "SQLITE_FULL" }),
    });
    expect(await store.message("C1", "2.0")).toBeUndefined();
    expect(await store.nextDue()).toBeUndefined();
    expect((await store.incident(1))?.title.body).toBe("checkout 500s");
    limit(1000);
    expect(await store.commit(write)).toEqual({ kind: "committed" });
    expect(await store.message("C1", "2.0")).toEqual(long("2.0"));
  });

  it("is told to each of those who wrote in the same moment, and none is half there", async () => {
    const { store, limit } = storeOnSmallDisk();
    await using _closing = store;
    limit(2);
    const results = await Promise.allSettled([
      store.commit({ at: 1, meta: { a: "1" } }),
      store.commit({ at: 1, outbox: [effect("b")], message: { expected: 0, message: long("2.0") } }),
      store.commit({ at: 1, meta: { c: "1" } }),
    ]);
    expect(results[1]).toMatchObject({ status: "rejected", reason: { kind: "full" } });
    expect(await store.nextDue()).toBeUndefined();
    for (const [index, key] of [
      [0, "a"],
      [2, "c"],
    ] as const)
      expect(await store.meta(key)).toBe(results[index]?.status === "fulfilled" ? "1" : undefined);
  });
});

describe("a flush", () => {
  function batcher() {
    const { client, store } = storeOnSmallDisk();
    client.exec(
      "create table notes (id integer primary key, parent integer references notes deferrable initially deferred)",
    );
    let flushes = 0;
    const batch = new Batcher(client, {
      sleep: wireSleep,
      flushed: () => flushes++,
      undone: () => {},
      failed: (error) => faultOf(error, "notes.db"),
      guard: () => {},
    });
    const insert =
      (id: number, parent: number | null = null) =>
      () =>
        client.prepare("insert into notes values (?, ?)").run(id, parent).changes;
    const ids = () => client.prepare("select id from notes order by id").pluck().all();
    return { batch, insert, ids, store, client, flushed: () => flushes };
  }

  it("carries all that came in one turn", async () => {
    const { batch, insert, ids, store, flushed } = batcher();
    await using _closing = store;
    await Promise.all([1, 2, 3].map((id) => batch.run(insert(id))));
    expect(flushed()).toBe(1);
    await batch.run(insert(4));
    expect([flushed(), ids()]).toEqual([2, [1, 2, 3, 4]]);
  });

  it("that fails as a whole rejects each of its writes and keeps none", async () => {
    const { batch, insert, ids, store, flushed } = batcher();
    await using _closing = store;
    // The missing parent is found at the commit only.
    const results = await Promise.allSettled([
      batch.run(insert(1)),
      batch.run(insert(2, 99)),
      batch.run(insert(3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(results[0]).toMatchObject({ reason: { code: "SQLITE_CONSTRAINT_FOREIGNKEY" } });
    expect([ids(), flushed(), batch.pending]).toEqual([[], 0, 0]);
    await batch.run(insert(1));
    expect(ids()).toEqual([1]);
  });

  it("whose transaction SQLite gave up rejects each of its writes and keeps none", async () => {
    const { batch, insert, ids, store, client } = batcher();
    await using _closing = store;
    // As SQLite itself rolls back on some I/O errors.
    const givesUp = () => {
      insert(2)();
      client.exec("rollback");
      throw new Error("disk I/O error");
    };
    const results = await Promise.allSettled([
      batch.run(insert(1)),
      batch.run(givesUp),
      batch.run(insert(3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(ids()).toEqual([]);
    await batch.run(insert(4));
    expect(ids()).toEqual([4]);
  });
});

describe("a database that may only be read", () => {
  it("fails the commit in words, once in the log, and says when it takes commits again", async () => {
    const lines: string[] = [];
    const log = (_fields: object, says: string) => void lines.push(says);
    const { client, store } = storeOnSmallDisk({ info: log, warn: log, error: log });
    await using _closing = store;
    client.pragma("query_only = on");
    for (let n = 0; n < 3; n++)
      await expect(store.commit({ at: 1, meta: { a: "1" } })).rejects.toMatchObject({
        kind: "unwritable",
        reading: false,
        message: expect.stringMatching(/may only be read \(SQLITE_READONLY\)\. See that its disk is mounted/),
      });
    expect(store.fault?.kind).toBe("unwritable");
    client.pragma("query_only = off");
    expect(await store.commit({ at: 1, meta: { a: "1" } })).toEqual({ kind: "committed" });
    expect(store.fault).toBeNull();
    expect(lines).toEqual([
      "the database fails: nothing is taken in until it works again",
      "the database works again",
    ]);
  });
});
