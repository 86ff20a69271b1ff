import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import type { Outgoing } from "../../src/domain/effect.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { freshFolders } from "../store/folders.ts";
import { mayMount, SmallDisk } from "../app/a-small-disk.ts";
import { effect, incident, timer } from "../store/records.ts";
import { sitrep } from "./terminal.ts";

const freshFolder = freshFolders();
const minute = 60_000;
const now = Date.UTC(2024, 1, 15, 14, 36);
const clock = { now: () => now, sleepUntil: () => Promise.resolve() };

/** A database of its own, with these rows in its outbox. */
async function record(...outbox: Outgoing[]) {
  const cwd = freshFolder();
  const path = join(cwd, "sitrep.db");
  const open = (serve: boolean) => openSqliteStore({ path, serve, wireNow, sleep: wireSleep });
  const store = await open(false);
  await store.commit({ at: now, incident: incident(1), outbox });
  const kill = async (key: string, error: string) => {
    const due = await store.due({ now, limit: 50 });
    const claimed = await store.claim({ now, token: "t", leasedUntil: 1, ids: due.map(({ id }) => id) });
    const row = claimed.find((each) => each.key === key);
    await store.commit({
      at: now - 4 * minute,
      settle: { id: row?.id ?? 0, token: "t", outcome: { as: "dead", error } },
    });
  };
  return {
    path,
    store,
    kill,
    serve: () => open(true),
    doctor: (...args: string[]) =>
      sitrep(["doctor", ...args], { env: { DATABASE_URL: `file:${path}` }, cwd, clock }),
  };
}

describe("sitrep doctor", () => {
  it("finds nothing where all is well", async () => {
    const { path, store, doctor } = await record();
    await using _ = store;
    expect(await doctor()).toEqual({
      code: 0,
      out: `All is well: the database ${path} is whole, nothing waits in vain, and nothing was refused.\n`,
      err: "",
    });
    expect(JSON.parse((await doctor("--json")).out)).toEqual({ ok: true, database: path, findings: [] });
  });

  it("names what Slack refused: the key, the incident, the error, since when, and what to do", async () => {
    const { store, kill, doctor } = await record(effect("1:topic:4"));
    await using _ = store;
    await kill("1:topic:4", "not_in_channel");
    const { code, out, err } = await doctor();
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toBe(
      [
        "One thing is not well:",
        "",
        "1. INC-1: EditMessage was not possible: Slack answered not_in_channel.",
        "   1:topic:4, refused at 14:32 UTC with not_in_channel",
        "   Invite Sitrep into the channel. Then: sitrep retry 1:topic:4",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await doctor("--json")).out)).toMatchObject({
      ok: false,
      findings: [
        {
          finding: "refused",
          key: "1:topic:4",
          incident: "INC-1",
          private: false,
          error: "not_in_channel",
          since: "2024-02-15T14:32:00.000Z",
          todo: expect.stringContaining("sitrep retry 1:topic:4"),
        },
      ],
    });
  });

  it("tells of what belongs to no incident", async () => {
    const learn = effect("person:U9", { incident: null, effect: { type: "LearnPerson", user: "U9" } });
    const { store, kill, doctor } = await record(learn);
    await using _ = store;
    await kill("person:U9", "user_not_found");
    expect((await doctor()).out).toContain(
      "Reading the name of U9 was not possible: Slack answered user_not_found.",
    );
  });

  it("says of a webhook that refused a call what to mend", async () => {
    const call = { type: "CallWebhook", incident: 1, webhook: "pager", act: "trigger", call: "c1" } as const;
    const { store, kill, doctor } = await record(effect("1:webhook:pager:trigger:c1", { effect: call }));
    await using _ = store;
    await kill("1:webhook:pager:trigger:c1", "HTTP 403");
    const { out } = await doctor();
    expect(out).toContain("Correct the webhook pager in sitrep.yml and start Sitrep anew");
    expect(out).not.toContain("Slack");
  });

  it("says that nobody serves the database while something waits, a timer included", async () => {
    const { store, doctor, serve } = await record(timer("1:remind", now + minute));
    await using _ = store;
    expect(await doctor()).toMatchObject({
      code: 1,
      out: expect.stringContaining("No Sitrep serves this database"),
    });
    await using _serving = await serve();
    expect((await doctor()).code).toBe(0);
  });

  it("says for how long the oldest effect has been waiting though a Sitrep serves", async () => {
    const { store, doctor, serve } = await record(effect("a", { dueAt: now - 12 * minute }));
    await using _ = store;
    await using _serving = await serve();
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toContain("What is due has been waiting for 12 min");
  });

  it("leaves a Sitrep that starts at the same moment alone", async () => {
    const { store, doctor, serve } = await record();
    await using _ = store;
    await using _first = await serve();
    expect((await doctor()).code).toBe(0);
    await expect(serve()).rejects.toThrow("Another Sitrep is running");
  });

  it.runIf(mayMount())("says that the disk is full, though all that stands on it can be read", async () => {
    using disk = new SmallDisk(2048);
    const path = join(disk.folder, "sitrep.db");
    await using _ = await openSqliteStore({ path, serve: true, wireNow, sleep: wireSleep });
    const doctor = () =>
      sitrep(["doctor"], { env: { DATABASE_URL: `file:${path}` }, cwd: disk.folder, clock });
    disk.fill();
    expect(await doctor()).toEqual({
      code: 1,
      err: "",
      out: `One thing is not well:\n\n1. There is no space left for the database ${path}.\n   Free some, or move it to a larger disk.\n`,
    });
    disk.free();
    expect((await doctor()).code).toBe(0);
  });

  it("says that there is no database, and makes none", async () => {
    const cwd = freshFolder();
    const { code, out } = await sitrep(["doctor"], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(`There is no database at ${join(cwd, "data/sitrep.db")}`);
    expect(await sitrep(["doctor"], { cwd })).toMatchObject({ code: 1 });
  });

  it.each([
    [
      "is no database",
      (path: string) => writeFileSync(path, "a letter\n".repeat(1000)),
      /damaged, or is no database/,
    ],
    [
      "a later version wrote",
      (path: string) => {
        const later = new Database(path);
        later.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)");
        later.close();
      },
      /written by a later version/,
    ],
  ])("tells of a file that %s", async (_name, harm, says) => {
    const { store, path, doctor } = await record();
    await store[Symbol.asyncDispose]();
    harm(path);
    const { code, out } = await doctor("--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: [{ finding: "database", says: expect.stringMatching(says), todo: expect.any(String) }],
    });
  });
});
