import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { freshFolders } from "../store/folders.ts";
import { effect, incident } from "../store/records.ts";
import { sitrep } from "./terminal.ts";

const freshFolder = freshFolders();
const now = Date.UTC(2024, 1, 15, 14, 36);
const clock = { now: () => now, sleepUntil: () => Promise.resolve() };

const refused = (key: string) => ({
  type: "EffectRefused" as const,
  at: now,
  actor: { kind: "bot" as const },
  data: { key, error: "not_in_channel", sentence: `Doing ${key} was not possible.` },
});

/** Two incidents, of which Slack has refused two things and one, and a person whose name it did not tell. */
async function record() {
  const cwd = freshFolder();
  const path = join(cwd, "sitrep.db");
  const store = await openSqliteStore({ path, serve: false, wireNow, sleep: wireSleep });
  const keys = ["1:topic:4", "1:pin:card:5", "2:topic:4", "person:U9"];
  for (const number of [1, 2]) {
    const own = keys.filter((key) => key.startsWith(`${number}:`));
    await store.commit({
      at: now,
      incident: incident(
        number,
        own.map((key) => refused(key)),
      ),
      outbox: own.map((key) => effect(key, { incident: number })),
    });
  }
  const learn = effect("person:U9", { incident: null, effect: { type: "LearnPerson", user: "U9" } });
  await store.commit({ at: now, outbox: [learn] });
  const due = await store.due({ now, limit: 50 });
  for (const { id } of await store.claim({
    now,
    token: "t",
    leasedUntil: 2e12,
    ids: due.map((row) => row.id),
  }))
    await store.commit({
      at: now,
      settle: { id, token: "t", outcome: { as: "dead", error: "not_in_channel" } },
    });
  const dead = async () => (await store.deadEffects()).map(({ key }) => key).toSorted();
  const retry = (...args: string[]) =>
    sitrep(["retry", ...args], { env: { DATABASE_URL: `file:${path}`, USER: "root" }, cwd, clock });
  return { store, retry, dead };
}

describe("sitrep retry", () => {
  it("puts back what is named, and says so", async () => {
    const { store, retry, dead } = await record();
    await using _ = store;
    expect(await retry("1:topic:4")).toEqual({
      code: 0,
      out: "INC-1: 1:topic:4 is tried again. Doing 1:topic:4 was not possible.\nNo Sitrep is running on this database: it is done when one starts.\n",
      err: "",
    });
    expect(await dead()).toEqual(["1:pin:card:5", "2:topic:4", "person:U9"]);
    expect((await store.incident(1))?.troubles[0]?.retried).toEqual({
      at: now,
      by: { kind: "cli", user: "root" },
    });
  });

  it("puts back everything of an incident", async () => {
    const { store, retry, dead } = await record();
    await using _ = store;
    expect((await retry("--incident", "INC-1")).code).toBe(0);
    expect(await dead()).toEqual(["2:topic:4", "person:U9"]);
  });

  it("says of an incident that there is none", async () => {
    const { store, retry } = await record();
    await using _ = store;
    expect(await retry("--incident", "INC-77")).toMatchObject({
      code: 1,
      err: "sitrep: There is no INC-77.\n",
    });
  });

  it("puts back everything, what belongs to no incident too, and a second time nothing", async () => {
    const { store, retry, dead } = await record();
    await using _ = store;
    const { code, out } = await retry("--all", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { key: "1:topic:4", incident: "INC-1", outcome: "retried" },
      { key: "1:pin:card:5", incident: "INC-1", outcome: "retried" },
      { key: "2:topic:4", incident: "INC-2", outcome: "retried" },
      { key: "person:U9", incident: null, outcome: "retried" },
    ]);
    expect(await dead()).toEqual([]);
    expect(await retry("--all")).toEqual({
      code: 0,
      out: "Nothing was refused that could be tried again.\n",
      err: "",
    });
  });

  it("says of a key that was never refused that it is none, and of one under way that it is", async () => {
    const { store, retry } = await record();
    await using _ = store;
    await retry("1:topic:4");
    expect(await retry("1:topic:4")).toMatchObject({
      code: 0,
      out: expect.stringContaining("1:topic:4 is not tried again. That is being tried again already"),
    });
    expect(await retry("1:post:nothing", "9:topic:1", "person:U1")).toMatchObject({
      code: 1,
      out: [
        "1:post:nothing is not tried again. No 1:post:nothing of INC-1 was refused.",
        "9:topic:1 is not tried again. Nothing by the key 9:topic:1 was refused: sitrep doctor names what was.",
        "person:U1 is not tried again. Nothing by the key person:U1 was refused: sitrep doctor names what was.",
        "",
      ].join("\n"),
    });
  });

  it.each([[[]], [["1:topic:4", "--all"]], [["--all", "--incident", "INC-1"]]])(
    "asks what is meant where %j says nothing or two things",
    async (args) => {
      const { store, retry, dead } = await record();
      await using _ = store;
      expect(await retry(...args)).toEqual({
        code: 2,
        out: "",
        err: "sitrep: say what is to be tried again: one or more keys, --incident INC-42, or --all.\n",
      });
      expect(await dead()).toHaveLength(4);
    },
  );
});
