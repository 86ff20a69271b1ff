import { describe, expect, it } from "vitest";
import { instantOfTs } from "../../src/domain/time.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

const settings = (id: (name: string) => string) => `
updates: { warnBefore: off }
severities: { SEV2: { firstUpdate: 9h } }
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("bob")}"] }
      - { after: 5h, notify: ["user:${id("carol")}"] }
`;

/** Declared and led by alice from 14:36 on. */
async function led(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings, ...options });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.types("/incident lead");
  await world.ws.settle();
  return { world, alice, clock: world.ws.clock };
}

/** When the channel was asked whether somebody is still on it, or somebody else was called. */
async function asked(world: World): Promise<string[]> {
  const lines = (await world.transcript(channel)).split("\n");
  return lines
    .filter((line) => /Still on it\?|Calling @carol/.test(line))
    .map((line) => line.replace(/^(\d\d:\d\d) .*?(Still on it|Calling @carol).*/, "$1 $2"));
}

describe.each(["http", "socket"] as const)("over %s, what was said while Sitrep was down", (transport) => {
  it("counts before anybody is asked whether they are still on it", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("10m");
    await world.stopApp();
    await clock.advance("20m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("1m");
    await world.startApp();
    await clock.advance("13m");
    expect(await asked(world)).toEqual([]);
    await clock.advance("2m");
    expect(await asked(world)).toEqual(["15:21 Still on it"]);
    expect(await world.transcript(channel)).toContain("Nothing was heard for 15 min");
  });

  it("counts as the answer to what had been asked before, though Sitrep is back in time", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("17m");
    expect(await asked(world)).toEqual(["14:51 Still on it"]);
    await world.stopApp();
    await clock.advance("1m");
    await alice.says("yes, I see errors falling");
    await clock.advance("150s");
    await world.startApp();
    await clock.advance("9m");
    expect(await asked(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Still on it: answered.");
  });

  it("counts also when it takes Slack minutes to show it", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("10m");
    await world.stopApp();
    await clock.advance("20m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("1m");
    const { faults } = world.ws;
    faults.always("conversations.history", { when: "before", answer: { error: "internal_error" } });
    await world.startApp();
    await clock.advance("5m");
    faults.clear();
    await clock.advance("7m");
    expect(await asked(world)).toEqual([]);
    await clock.advance("4m");
    expect(await asked(world)).toEqual(["15:21 Still on it"]);
  });
});

/** What the record says of asking and of calling. */
async function decided(world: World): Promise<string[]> {
  const events = await world.app.store.events(1);
  return events.flatMap(({ event: { type } }) =>
    /StillOnItAsked|WalkResumed|PeopleCalled/.test(type) ? [type] : [],
  );
}

/** Of the walk's beginning. */
const before = ["PeopleCalled"];

describe.each(["http", "socket"] as const)("over %s, while Slack is away", (transport) => {
  it.each([
    { which: "works", leave: async (world: World) => world.ws.faults.setAway(true) },
    {
      which: "starts then",
      leave: async (world: World) => {
        await world.stopApp();
        world.ws.faults.setAway(true);
        await world.startApp();
      },
    },
  ])(
    "nobody is asked whether they are still on it, nor called, by a Sitrep that $which",
    async ({ leave }) => {
      const { world, clock } = await led({ transport });
      await using _ = world;
      await clock.advance("10m");
      await leave(world);
      await clock.advance("34m");
      expect(await decided(world)).toEqual(before);
      world.ws.faults.setAway(false);
      const since = clock.now();
      await back(world);
      await clock.advance("13m");
      expect(await decided(world)).toEqual([...before, "StillOnItAsked", "WalkResumed", "PeopleCalled"]);
      const shown = (await asked(world)).map((line) => line.slice(0, 5));
      expect(shown.every((time) => time >= new Date(since).toISOString().slice(11, 16))).toBe(true);
    },
  );

  it("what people say all the same counts when it is back", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("10m");
    world.ws.faults.setAway(true);
    await clock.advance("9m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("1m");
    world.ws.faults.setAway(false);
    await back(world);
    await clock.advance("20m");
    const [message] = await world.app.store.messages(1);
    const events = await world.app.store.events(1);
    const silentSince = events.flatMap(({ event }) =>
      event.type === "StillOnItAsked" ? [event.data.heardAt] : [],
    );
    expect(silentSince).toEqual([instantOfTs(message?.ts ?? "")]);
  });

  it("a question that was on its way is answered in five minutes from when it is shown", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    world.ws.faults.always("chat.postMessage", { when: "before", answer: { error: "internal_error" } });
    await clock.advance("25m");
    expect(await decided(world)).toEqual([...before, "StillOnItAsked"]);
    world.ws.faults.clear();
    await clock.advance("2m");
    expect(await world.transcript(channel)).toContain("Still on it?");
    await clock.advance("2m");
    expect(await decided(world)).toEqual([...before, "StillOnItAsked"]);
    await alice.clicks("Still on it");
    await clock.advance("10m");
    expect(await decided(world)).toEqual([...before, "StillOnItAsked"]);
  });
});

describe("when Slack is back after minutes", () => {
  it("what was said in them is read before anybody is asked, though other channels were heard of just before", async () => {
    const { world, alice, clock } = await led();
    await using _ = world;
    await world.as("carol").in("#general").types("/incident declare sev4 search is slow");
    await clock.advance("11m");
    await world.as("carol").in("#inc-2-search-is-slow").says("index rebuilt");
    world.ws.faults.setAway(true);
    await clock.advance("2m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("4m");
    expect(await decided(world)).toEqual(before);
    world.ws.faults.setAway(false);
    await clock.advance("8m");
    expect(await decided(world)).toEqual(before);
    expect(await world.app.store.messages(1)).toHaveLength(1);
  });
});

describe("while Socket Mode is not connected", () => {
  it("nobody is asked whether they are still on it, nor called, though Slack takes what is posted", async () => {
    const { world, alice, clock } = await led({ transport: "socket" });
    await using _ = world;
    await clock.advance("10m");
    world.ws.faults.always("apps.connections.open", { when: "before", answer: { error: "internal_error" } });
    world.ws.sockets?.cut();
    await clock.advance("10m");
    await alice.says("still watching");
    await clock.advance("5m");
    expect(await decided(world)).toEqual(before);
    world.ws.faults.clear();
    await back(world);
    await clock.advance("7m");
    expect(await decided(world)).toEqual(before);
    await clock.advance("4m");
    expect(await decided(world)).toEqual([...before, "StillOnItAsked"]);
  });
});

/** Effects are tried again within a minute; Socket Mode comes back in its own time, which is real. */
async function back(world: World): Promise<void> {
  await world.ws.clock.advance("1m");
  if (!world.ws.sockets) return;
  while ((await world.api("/readyz")).status !== 200) await new Promise(setImmediate);
}
