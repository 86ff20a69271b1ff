import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { bodies, logOf, reading, readings, talk } from "./read-again.ts";
import { channel, openIncident, recordOf } from "./sleep-story.ts";
import type { World } from "./world.ts";

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
    // Slack lets nobody read so much twice in one minute.
    await world.ws.clock.advance("1m");
    const again = readings(world);
    const before = await world.app.store.messages(1);
    await world.stopApp();
    await world.startApp();
    await world.ws.settle();
    expect(again).toHaveLength(8);
    expect(await world.app.store.messages(1)).toEqual(before);
  });

  it("goes on by the time of what it has where Slack no longer knows its cursor", async () => {
    const { world } = await openIncident();
    await using _ = world;
    await world.stopApp();
    talk(world, 500);
    await world.startApp();
    const seen = readings(world, /^conversations\.history$/);
    world.ws.onCall(({ method, phase }) => {
      if (method === "conversations.history" && phase === "before" && seen.length === 2)
        world.ws.faults.next(method, { when: "before", answer: { error: "invalid_cursor" } });
    });
    await world.ws.settle();
    expect(await bodies(world)).toHaveLength(500);
    expect(seen).toHaveLength(4);
    expect(seen[2]).not.toContain("cursor");
    expect(await aftermath(world)).toEqual([]);
  });

  it("of which the plan hides the older part loses nothing of that", async () => {
    const { world, bob } = await openIncident();
    await using _ = world;
    await bob.says("long ago");
    await world.ws.clock.advance("1h");
    await bob.says("still shown");
    await bob.says("of late");
    await world.ws.settle();
    await world.stopApp();
    await world.ws.clock.advance("2m");
    world.ws.state.hiddenBefore = world.ws.clock.now() - 5 * 60_000;
    await bob.deletes("of late");
    await world.startApp();
    await world.ws.settle();
    expect(await bodies(world)).toEqual(["long ago", "still shown", null]);
  });

  it("that Slack shows as empty, when it is ill, takes nothing for deleted", async () => {
    const { world, bob } = await openIncident();
    await using _ = world;
    await bob.says("said");
    await bob.replies("said", "replied");
    await world.ws.settle();
    await world.stopApp();
    const stop = world.ws.onCall(({ method, phase, answer }) => {
      if (/^conversations\.(?:history|replies)$/.test(method) && phase === "after" && answer)
        Object.assign(answer, { messages: [] });
    });
    await world.startApp();
    await world.ws.settle();
    stop();
    expect(await bodies(world)).toEqual(["said", "replied"]);
  });

  it("that does not show yet what was said just now takes it for deleted only when it is still missing later", async () => {
    const { world, bob } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await bob.says("said long ago");
    await bob.replies("said long ago", "replied long ago");
    await ws.clock.advance("5m");
    await bob.says("said just now");
    await bob.replies("said long ago", "replied just now");
    await ws.settle();
    const lagging = ws.onCall(({ method, phase, answer }) => {
      if (!/^conversations\.(?:history|replies)$/.test(method) || phase !== "after" || !answer) return;
      const { messages } = z.object({ messages: z.array(z.looseObject({ text: z.string() })) }).parse(answer);
      Object.assign(answer, { messages: messages.filter(({ text }) => !text.endsWith("just now")) });
    });
    await world.stopApp();
    await world.startApp();
    await ws.settle();
    expect(await bodies(world)).toEqual([
      "said long ago",
      "replied long ago",
      "said just now",
      "replied just now",
    ]);
    await world.stopApp();
    await ws.clock.advance("1m");
    await world.startApp();
    await ws.settle();
    lagging();
    expect(await bodies(world)).toEqual(["said long ago", "replied long ago", null, null]);
    expect(await aftermath(world)).toEqual([]);
  });

  it("of which hundreds were deleted in a row says so of each, and of no other", async () => {
    const { world } = await openIncident();
    await using _ = world;
    await world.stopApp();
    const lines = talk(world, 700);
    await world.startApp();
    await world.ws.settle();
    await world.stopApp();
    await world.ws.clock.advance("1m");
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
    await world.ws.clock.advance("10s");
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
