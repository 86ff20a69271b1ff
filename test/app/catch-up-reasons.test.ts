import { describe, expect, it } from "vitest";
import { sitrep } from "../cli/terminal.ts";
import { aftermath } from "./aftermath.ts";
import { bodies, logOf, readings } from "./read-again.ts";
import { channel, openIncident, recordOn } from "./sleep-story.ts";
import type { World } from "./world.ts";

describe("what Slack did not deliver", () => {
  it("over a socket that was cut is read when it is connected again", async () => {
    const { world, bob } = await openIncident({ transport: "socket" });
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    ws.deliveries.next("message", { drop: 4 });
    await bob.says("said to nobody");
    await ws.settle();
    expect(await bodies(world)).toEqual([]);
    ws.sockets?.refuse(1);
    ws.sockets?.cut();
    await expect.poll(() => bodies(world), { timeout: 10_000 }).toEqual(["said to nobody"]);
    expect((await recordOn(world, "said to nobody")).revisions[0]?.recovered).toBe(true);
    expect(await aftermath(world)).toEqual([]);
  });

  it("at all, since its subscription is off, is read after a quarter of an hour, again and again", async () => {
    const { lines, log } = logOf();
    const { world, bob } = await openIncident();
    await using _ = world;
    await world.stopApp();
    await world.startApp({ log });
    const { ws } = world;
    await ws.settle();
    for (let hour = 0; hour < 3; hour++) {
      ws.deliveries.next("message", { drop: 4 });
      await bob.says(`hour ${hour}`);
      await ws.clock.advance("16m");
      expect(await bodies(world)).toContain(`hour ${hour}`);
    }
    const told = lines.filter((line) => line.includes("caught up with Slack"));
    expect(told.filter((line) => line.includes('"messages":1'))).toHaveLength(3);
    expect(told.join("")).not.toContain("hour 1");
  });

  it("while all else came through is read within the hour, though nothing told of it", async () => {
    const { world, alice, bob } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    ws.deliveries.next("message", { drop: 4 });
    await bob.says("said to nobody");
    for (let n = 0; n < 12; n++) {
      await ws.clock.advance("5m");
      await alice.says(`still looking, ${n}`);
    }
    await ws.settle();
    expect(await bodies(world)).toContain("said to nobody");
    expect(await aftermath(world)).toEqual([]);
  });

  it("is read soon after something else had to be said twice, since then more may have been missed", async () => {
    const { world, alice, bob } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.clock.advance("5m");
    ws.deliveries.next("message", { drop: 4 });
    await bob.says("said to nobody");
    ws.deliveries.next("message", { drop: 1 });
    await alice.says("said twice");
    await ws.settle();
    expect(await bodies(world)).toEqual(["said to nobody", "said twice"]);
    expect(await aftermath(world)).toEqual([]);
  });

  it("because nobody said anything is looked for ever less often", async () => {
    const { world } = await openIncident();
    await using _ = world;
    await world.ws.clock.advance("1m");
    const seen = readings(world, /^conversations\.history$/);
    await world.ws.clock.advance("24h");
    // After 15 minutes, 30, an hour, two, and every four hours.
    expect(seen.length).toBeGreaterThanOrEqual(8);
    expect(seen.length).toBeLessThanOrEqual(10);
  });

  it("before an incident was resolved at the command line, while Sitrep was away, is read", async () => {
    const { world, bob } = await openIncident();
    await using _ = world;
    await world.stopApp();
    await bob.says("found it: bad deploy");
    await world.ws.clock.advance("30m");
    const shell = { env: world.env(), cwd: world.folder, clock: world.ws.clock };
    expect((await sitrep(["resolve", "INC-1", "rolled back"], shell)).code).toBe(0);
    await world.startApp();
    await world.ws.settle();
    expect((await recordOn(world, "found it")).revisions[0]?.recovered).toBe(true);
    expect(await aftermath(world)).toEqual([]);
  });

  it("is looked for once more when the incident is over, and then no longer", async () => {
    const { world, alice, bob } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    ws.deliveries.next("message", { drop: 4 });
    await bob.says("found it: bad deploy");
    await alice.types("/incident resolve done");
    await ws.settle();
    await ws.clock.advance("1h");
    expect(await bodies(world)).toEqual(["found it: bad deploy"]);
    const seen = readings(world);
    await ws.clock.advance("1h");
    await world.stopApp();
    await world.startApp();
    await ws.settle();
    expect(seen).toEqual([]);
  });
});

describe("what Slack tells late", () => {
  it("takes the place of the same thing noticed", async () => {
    const { world, alice, bob } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await bob.says("the password is hunter2");
    await alice.says("rolled bakc");
    await ws.settle();
    await world.stopApp();
    // Tried at once and after a minute in vain, and again after five.
    await ws.clock.advance("1m");
    const at = ws.clock.now();
    await bob.deletes("the password is hunter2");
    await alice.edits("rolled bakc", "rolled back");
    await bob.says("a second region fails");
    await bob.reacts("pushpin", "rolled back");
    await ws.clock.advance("2m");
    await world.startApp();
    // The workspace brings again what waits as soon as somebody is there; the record is what it was before.
    await ws.clock.advance("10m");
    const [gone, edited, said] = await world.app.store.messages(1);
    expect(gone).toMatchObject({ deletionNoticed: false });
    expect(Math.abs((gone?.deletedAt ?? 0) - at)).toBeLessThan(60_000);
    expect(JSON.stringify(gone)).not.toContain("hunter");
    expect(edited?.revisions).toHaveLength(2);
    expect(JSON.stringify([edited, said])).not.toMatch(/recovered|noticed/);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("a channel that cannot be read", () => {
  it.each([
    { named: "deleted", lose: (world: World) => world.as("alice").in(`#${channel}`).deletesChannel() },
    {
      named: "closed to Sitrep",
      lose: async (world: World) => {
        await world.as("alice").in(`#${channel}`).makesPrivate();
        await world.as("alice").in(`#${channel}`).removes("sitrep");
      },
    },
  ])("because it was $named stops nothing else, and is not complained of at each start", async ({ lose }) => {
    const { world, alice } = await openIncident({ people: [{ name: "alice", admin: true }, "bob"] });
    await using _ = world;
    await alice.in("#general").types("/incident declare sev4 search is slow");
    await world.ws.settle();
    await world.stopApp();
    await lose(world);
    await alice.in("#inc-2-search-is-slow").says("missed");
    await world.ws.clock.advance("1h");
    for (let start = 0; start < 3; start++) {
      await world.startApp();
      await world.ws.settle();
      if (start < 2) await world.stopApp();
    }
    const said = await world.app.store.messages(2);
    expect(said.map(({ revisions }) => revisions.at(-1)?.text.body)).toEqual(["missed"]);
    expect((await world.app.store.outboxCounts(world.ws.clock.now())).dead).toBe(0);
    expect((await world.app.store.incident(1))?.troubles).toEqual([]);
  });

  it("in part, for want of a permission, is told once, and the rest of it is read each time", async () => {
    const { world, bob } = await openIncident();
    await using _ = world;
    for (let start = 0; start < 3; start++) {
      await world.stopApp();
      await bob.says(`missed ${start}`);
      await world.ws.clock.advance("1h");
      world.ws.faults.always("pins.list", {
        when: "before",
        answer: { error: "missing_scope", needed: "pins:read" },
      });
      await world.startApp();
      await world.ws.settle();
    }
    expect((await world.app.store.incident(1))?.troubles.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining("pins:read"),
    ]);
    expect(await bodies(world)).toEqual(["missed 0", "missed 1", "missed 2"]);
  });
});
