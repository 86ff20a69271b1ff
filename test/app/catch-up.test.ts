import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { channel, openIncident, recordOf, recordOn } from "./sleep-story.ts";
import { World, type WorldOptions } from "./world.ts";

const reading = /^(?:conversations\.(?:members|history|replies)|reactions\.get|pins\.list)$/;

/** Everything that is read from now on, a line a call. */
function readings(world: World, which: RegExp = reading): string[] {
  const seen: string[] = [];
  world.ws.onCall(({ method, phase, args }) => {
    if (phase === "before" && which.test(method)) seen.push(`${method} ${JSON.stringify(args)}`);
  });
  return seen;
}

/** Says so much in the channel that nobody could write it, while Sitrep sleeps. */
function talk(world: World, many: number, name = channel): string[] {
  const { state } = world.ws;
  const place = { channel: world.ws.channel(name).id, user: world.ws.idOf("bob") };
  return Array.from({ length: many }, (_, n) => {
    const said = state.postMessage({ ...place, text: `line ${n}` });
    if (!said.ok) throw new Error(said.error);
    return said.value.ts;
  });
}

function logOf(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: createLog({ level: "info", to }) };
}

const bodies = async (world: World) =>
  (await world.app.store.messages(1)).map(({ revisions }) => revisions.at(-1)?.text.body);

describe("a catch-up that is killed", () => {
  async function asleep() {
    const { world, alice, bob } = await openIncident();
    await bob.says("before");
    await bob.replies("before", "a reply");
    await bob.says("taken back");
    await world.ws.settle();
    await world.stopApp();
    talk(world, 420);
    await bob.replies("before", "another reply");
    await bob.replies("line 300", "a third");
    await bob.deletes("taken back");
    await bob.reacts("pushpin", "line 79");
    await alice.pins("line 89");
    return world;
  }

  async function whole(world: World) {
    expect(await aftermath(world)).toEqual([]);
    const record = await recordOf(world);
    expect(record).toHaveLength(425);
    expect(record.filter(({ isDeleted }) => isDeleted)).toHaveLength(1);
    expect(
      record.filter(({ marks }) => marks.length > 0).map(({ says, marks }) => [says[0], ...marks]),
    ).toEqual([
      ["line 79", "bob: pushpin"],
      ["line 89", "alice: pin"],
    ]);
    expect(record.filter(({ under }) => under).map(({ says, under }) => [under, says[0]])).toEqual([
      ["before", "a reply"],
      ["before", "another reply"],
      ["line 300", "a third"],
    ]);
  }

  it("once at every call goes on where it was, begins nothing anew, and records all, once", async () => {
    const world = await asleep();
    await using _ = world;
    const seen = new Map<string, number>();
    let killed: Promise<void> | undefined;
    let started = Promise.resolve();
    world.ws.onCall(({ method, phase, args }) => {
      if (phase !== "after" || !reading.test(method)) return;
      const call = `${method} ${JSON.stringify(args)}`;
      seen.set(call, (seen.get(call) ?? 0) + 1);
      if (seen.get(call) === 1) killed ??= started.then(() => world.stopApp(0));
    });
    let kills = -1;
    do {
      kills += 1;
      await killed;
      killed = undefined;
      started = world.startApp();
      await started;
      await world.ws.clock.advance("1m");
    } while (killed);
    // Members, three pages, two threads, pins.
    expect(kills).toBe(7);
    // Killed, read again, perhaps by a process that was dying already; and by the run that was wanted meanwhile.
    expect(Math.max(...seen.values())).toBeLessThanOrEqual(4);
    await whole(world);
  });

  it("once before every commit that ends a page, with all of it on record already, records it once", async () => {
    const world = await asleep();
    await using _ = world;
    const ends = new Set<string>();
    let killed: Promise<void> | undefined;
    let started = Promise.resolve();
    let kills = -1;
    do {
      kills += 1;
      await killed;
      killed = undefined;
      started = world.startApp({
        aroundStore: (store) =>
          withCommit(store, async (write) => {
            const note = write.meta?.["catch-up:1"];
            if (note === undefined || killed) return store.commit(write);
            const left = JSON.stringify(note === "" ? "" : JSON.parse(note).todo);
            if (ends.has(left)) return store.commit(write);
            ends.add(left);
            killed = started.then(() => world.stopApp(0));
            throw new Error("killed");
          }),
      });
      await started;
      await world.ws.clock.advance("1m");
    } while (killed);
    expect(kills).toBeGreaterThan(6);
    await whole(world);
  });
});

describe("what Slack did not deliver", () => {
  it("over a socket that was cut is read when it is connected again", async () => {
    const { world, bob } = await openIncident({ transport: "socket" });
    await using _ = world;
    const { ws } = world;
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

  it("of what happens in no open incident is not looked for", async () => {
    const { world, alice } = await openIncident();
    await using _ = world;
    await alice.types("/incident resolve done");
    await world.ws.settle();
    const seen = readings(world);
    await world.ws.clock.advance("1h");
    await world.stopApp();
    await world.startApp();
    await world.ws.settle();
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
    await world.startApp({ wire: { clientTimeout: 2000 } });
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

describe("a long history", () => {
  it("of a thousand messages is read in pages, and keeps no update waiting", async () => {
    const { world, alice } = await openIncident();
    await using _ = world;
    await world.stopApp();
    talk(world, 1000);
    await world.startApp();
    const seen = readings(world);
    await alice.types("/incident update Looking");
    await world.ws.settle();
    expect(seen.filter((call) => call.startsWith("conversations.history"))).toHaveLength(6);
    expect((await bodies(world)).filter((body) => body?.startsWith("line "))).toHaveLength(1000);
    expect(await aftermath(world)).toEqual([]);
    const again = readings(world);
    const before = await world.app.store.messages(1);
    await world.stopApp();
    await world.startApp();
    await world.ws.settle();
    expect(again).toHaveLength(8);
    expect(await world.app.store.messages(1)).toEqual(before);
  });

  it("of which hundreds were deleted in a row says so of each, and of no other", async () => {
    const { world } = await openIncident();
    await using _ = world;
    await world.stopApp();
    const lines = talk(world, 700);
    await world.startApp();
    await world.ws.settle();
    await world.stopApp();
    const { id } = world.ws.channel(channel);
    for (const ts of lines.slice(150, 600))
      world.ws.state.deleteMessage({ channel: id, ts, user: world.ws.idOf("bob") });
    await world.startApp();
    await world.ws.settle();
    const record = await world.app.store.messages(1);
    expect(record.filter(({ deletedAt }) => deletedAt !== null).map(({ ts }) => ts)).toEqual(
      lines.slice(150, 600),
    );
  });

  it("of more threads than may be read in a minute goes on after each 429, and asks for none twice but the refused", async () => {
    const { world } = await openIncident();
    await using _ = world;
    await world.stopApp();
    const { id } = world.ws.channel(channel);
    for (const ts of talk(world, 60))
      world.ws.state.postMessage({
        channel: id,
        user: world.ws.idOf("alice"),
        text: `to ${ts}`,
        threadTs: ts,
      });
    await world.startApp();
    const seen = readings(world, /^conversations\.replies$/);
    world.ws.onCall(({ method, phase }) => {
      if (method === "conversations.replies" && phase === "before" && [20, 40].includes(seen.length))
        world.ws.faults.next(method, { when: "before", answer: 429, retryAfter: 40 });
    });
    await world.ws.clock.advance("5m");
    expect(await bodies(world)).toHaveLength(120);
    expect(seen).toHaveLength(62);
    expect(new Set(seen).size).toBe(60);
    expect((await world.api("/readyz")).status).toBe(200);
  });
});

describe("several reasons to catch up", () => {
  it("that come while one run is under way bring one more", async () => {
    const { lines, log } = logOf();
    const { world } = await openIncident();
    await using _ = world;
    const { ws } = world;
    ws.faults.always("conversations.history", { when: "before", answer: 429, retryAfter: 3600 });
    for (let start = 0; start < 5; start++) {
      await world.stopApp();
      await world.startApp({ log });
      await ws.settle();
    }
    ws.faults.clear();
    const seen = readings(world, /^conversations\.history$/);
    await ws.clock.advance("61m");
    const runs = lines.filter((line) => line.includes("caught up with Slack")).length;
    // The one that was under way, the one for all the starts, and perhaps one for a silence since.
    expect(runs).toBeGreaterThanOrEqual(2);
    expect(runs).toBeLessThanOrEqual(3);
    expect(seen).toHaveLength(runs);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("people who came and went while Sitrep slept", () => {
  it("are known again, who came is briefed, and whoever left a private incident hears no more of it", async () => {
    const { lines, log } = logOf();
    const options: WorldOptions = { people: ["alice", "bob", "carol"], started: false };
    await using world = await World.open(options);
    await world.startApp({ log });
    const secret = "inc-1-payroll-leak";
    await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${secret}`);
    await alice.invites("bob");
    const bob = world.as("bob").in(`#${secret}`);
    await bob.types("/incident subscribe");
    await alice.types("/incident update Looking");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("Update 2");
    await world.stopApp();
    await bob.leaves();
    await alice.invites("carol");
    await alice.says("rotated the passwords");
    await world.ws.clock.advance("20m");
    await world.startApp({ log });
    await world.ws.settle();
    expect(Object.keys((await world.app.store.incident(1))?.presence.members ?? {}).toSorted()).toEqual(
      [world.ws.idOf("alice"), world.ws.idOf("carol")].toSorted(),
    );
    expect(world.as("carol").directMessages()).toContain("payroll leak");
    await alice.types("/incident update Done");
    await world.ws.settle();
    expect(bob.directMessages()).not.toContain("Done");
    expect(await bodies(world)).toEqual(["rotated the passwords"]);
    expect(lines.join("")).not.toMatch(/caught up|payroll|INC-1|"incident":1/);
  });

  it("are not taken for new where the incident was opened among them", async () => {
    await using world = await World.open({ channels: ["general", "incidents", "ops"] });
    const alice = world.as("alice").in("#ops");
    await alice.types("/incident declare sev4 checkout 500s --here");
    await alice.clicks("Open it in #ops");
    await world.ws.clock.advance("10m");
    await world.stopApp();
    await world.startApp();
    await world.ws.settle();
    expect((await world.app.store.incident(1))?.presence.members).toEqual({});
    expect(world.as("bob").directMessages()).toBe("");
  });
});

describe("marks of more people than Slack names", () => {
  it("are recorded all, and taken back all", async () => {
    const crowd = Array.from({ length: 70 }, (_, n) => `person${n}`);
    const { world, bob } = await openIncident({ people: ["alice", "bob", "carol", ...crowd] });
    await using _ = world;
    const { state } = world.ws;
    await bob.says("everybody sees this");
    await world.ws.settle();
    const { ts, channel: id } = await recordOn(world, "everybody");
    await world.stopApp();
    const react = (name: string) =>
      state.addReaction({ channel: id, ts, name: "pushpin", user: world.ws.idOf(name) });
    for (const name of crowd) expect(react(name).ok).toBe(true);
    await world.startApp();
    await world.ws.settle();
    const present = async () => (await recordOn(world, "everybody")).marks.filter((mark) => mark.present);
    expect(await present()).toHaveLength(70);
    await world.stopApp();
    for (const name of crowd.slice(60))
      state.removeReaction({ channel: id, ts, name: "pushpin", user: world.ws.idOf(name) });
    await world.startApp();
    await world.ws.settle();
    expect(await present()).toHaveLength(60);
  });
});

describe("an incident that goes on in a thread", () => {
  it("is caught up with in it, and nothing else of the channel is", async () => {
    await using world = await World.open({ people: ["alice", "bob"] });
    const { ws } = world;
    ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    const alice = world.as("alice").in("#general");
    const bob = world.as("bob").in("#general");
    await alice.types("/incident declare sev4 checkout 500s");
    await ws.settle();
    await bob.replies("goes on in this thread", "error rate climbing");
    await bob.replies("goes on in this thread", "pool exhausted");
    await ws.settle();
    await world.stopApp();
    await bob.says("lunch anybody?");
    await bob.deletes("pool exhausted");
    await bob.edits("error rate climbing", "error rate falling");
    await alice.replies("goes on in this thread", "rolled back");
    await alice.pins("rolled back");
    await alice.pins("lunch");
    await ws.clock.advance("1h");
    await world.startApp();
    await ws.settle();
    expect(await bodies(world)).toEqual(["error rate falling", null, "rolled back"]);
    const [, , back] = await world.app.store.messages(1);
    expect(back?.marks.map(({ kind }) => kind)).toEqual(["pin"]);
  });
});

describe("a channel that was there before", () => {
  it("is caught up with from an hour before the incident on, replies to older messages included", async () => {
    await using world = await World.open({ channels: ["general", "incidents", "ops"] });
    const [alice, bob] = [world.as("alice").in("#ops"), world.as("bob").in("#ops")];
    await bob.says("yesterday’s news");
    await world.ws.clock.advance("2h");
    await alice.types("/incident declare sev4 checkout 500s --here");
    await alice.clicks("Open it in #ops");
    await world.ws.settle();
    await bob.replies("yesterday", "known from the thread");
    await world.ws.settle();
    await world.stopApp();
    await bob.replies("yesterday", "missed in the thread");
    await bob.says("missed in the channel");
    await world.ws.clock.advance("1h");
    await world.startApp();
    await world.ws.settle();
    expect(await bodies(world)).toEqual([
      "known from the thread",
      "missed in the thread",
      "missed in the channel",
    ]);
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

  it("for want of a permission is told once", async () => {
    const { world } = await openIncident();
    await using _ = world;
    for (let start = 0; start < 3; start++) {
      await world.stopApp();
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
  });
});
