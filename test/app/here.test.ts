import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

async function talkInOps(options: WorldOptions = {}) {
  const world = await World.open({
    people: ["alice", "bob"],
    channels: ["general", "incidents", "ops"],
    ...options,
  });
  const [alice, bob] = [world.as("alice").in("#ops"), world.as("bob").in("#ops")];
  await bob.says("yesterday’s news");
  await world.ws.clock.advance("70m");
  await bob.says("checkout answers 500");
  await bob.reacts("pushpin", "answers 500");
  await alice.replies("answers 500", "since the deploy?");
  await bob.shares("graph.png", "png", "the graph");
  await world.ws.clock.advance("20m");
  return { world, alice, bob };
}

const bodies = async (world: World, number = 1) =>
  (await world.app.store.messages(number)).map(({ revisions }) => revisions.at(-1)?.text.body);

async function openedHere(options: WorldOptions = {}) {
  const talk = await talkInOps(options);
  const asked = await talk.alice.types("/incident declare sev2 checkout 500s --here");
  await talk.alice.clicks("Open it in #ops");
  await talk.world.ws.settle();
  return { ...talk, asked };
}

describe("an incident opened in the channel where people talk already", () => {
  it("says first what that means, and opens nothing until it is confirmed", async () => {
    const { world, alice } = await talkInOps();
    await using _ = world;
    const { answer } = await alice.types("/incident declare sev2 checkout 500s —here");
    expect(answer).toContain("Everything said in #ops is recorded from then on, and its last 60 minutes");
    await world.ws.settle();
    expect(await world.app.store.incidents()).toEqual([]);
    expect(world.ws.channel("ops").members).not.toContain("sitrep");
  });

  it("has its card there, and the last hour with threads, files and marks on record, once", async () => {
    const { world } = await openedHere();
    await using _ = world;
    expect(world.ws.channels()).toEqual(["general", "incidents", "ops"]);
    const told = await world.transcript("ops");
    expect(told).toMatch(/INC-1 checkout 500s[\s\S]*\(pinned\)/);
    expect(told).toContain(":pushpin: 1  :memo: 1");
    expect(await world.transcript("incidents")).toMatch(/INC-1 checkout 500s[\s\S]*Channel: #ops/);
    expect(await bodies(world)).toEqual(["checkout answers 500", "since the deploy?", "the graph"]);
    const [first, reply, file] = await world.app.store.messages(1);
    expect(reply?.threadTs).toBe(first?.ts);
    expect(file?.files).toEqual(["graph.png"]);
    expect(world.ws.state.loud).toEqual([]);
  });

  it("puts what was marked on the timeline at the time it was said", async () => {
    const { world, alice } = await openedHere();
    await using _ = world;
    await alice.says("rolled back");
    await alice.types("/incident resolve rolled back");
    await world.ws.settle();
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toMatch(/15:46 - checkout answers 500[\s\S]*16:06 - Declared as SEV2 by @alice/);
    expect(await bodies(world)).toContain("rolled back");
  });

  it("is opened once, however often the button is pressed or delivered", async () => {
    const { world, alice } = await talkInOps();
    await using _ = world;
    world.ws.deliveries.next("interactive", { duplicate: 2 });
    await alice.types("/incident declare sev2 checkout 500s --here");
    await alice.clicks("Open it in #ops");
    await world.ws.settle();
    expect(await world.app.store.incidents()).toHaveLength(1);
    expect((await alice.types("/incident declare sev2 search slow --here")).answer).toContain(
      "INC-1 is open in this channel already, so nothing was declared",
    );
    await world.ws.settle();
    expect((await world.transcript("ops")).split("Everything said in this channel is recorded").length).toBe(
      2,
    );
  });

  it("of two people who confirm at once has the first", async () => {
    const { world, alice, bob } = await talkInOps();
    await using _ = world;
    await alice.types("/incident declare sev2 checkout 500s --here");
    await bob.types("/incident declare sev1 checkout down --here");
    await Promise.all([alice.clicks("Open it in #ops"), bob.clicks("Open it in #ops")]);
    await world.ws.settle();
    expect(await world.app.store.incidents()).toHaveLength(1);
    expect([...alice.sees(), ...bob.sees()].join("\n")).toContain("is open in this channel already");
  });

  it.each(["conversations.join", "conversations.history", "conversations.replies"])(
    "reads everything once though %s fails, is limited, or is cut off",
    async (method) => {
      const { world, alice } = await talkInOps();
      await using _ = world;
      world.ws.faults.next(method, { when: "after", answer: "cut" });
      world.ws.faults.next(method, { when: "before", answer: 429, retryAfter: 5 });
      await alice.types("/incident declare sev2 checkout 500s --here");
      await alice.clicks("Open it in #ops");
      await world.ws.settle();
      expect(await bodies(world)).toEqual(["checkout answers 500", "since the deploy?", "the graph"]);
    },
  );

  it("keeps the channel’s name, and what its topic says", async () => {
    const { world } = await openedHere();
    await using _ = world;
    await world.as("alice").in("#ops").types("/incident resolve rolled back");
    await world.ws.clock.advance("30d");
    expect(world.ws.channels()).toContain("ops");
    expect(world.ws.channel("ops").archived).toBe(false);
  });

  it("may be followed by another one once it is resolved", async () => {
    const { world, alice } = await openedHere();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await alice.types("/incident declare sev3 search slow --here");
    await alice.clicks("Open it in #ops");
    await world.ws.settle();
    expect((await alice.types("/incident status")).answer).toContain("INC-2 search slow");
  });

  it("is refused in a direct message", async () => {
    await using world = await World.open();
    const { answer } = await world.as("alice").in("@bob").types("/incident declare --here checkout 500s");
    expect(answer).toContain("An incident needs a channel, and this is a direct message");
    expect(await world.app.store.incidents()).toEqual([]);
  });

  it("by form says what it means, and is opened when it is sent", async () => {
    const { world, alice } = await talkInOps();
    await using _ = world;
    await alice.types("/incident declare --here");
    expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Everything said in #ops is recorded");
    await alice.fills({ Title: "checkout 500s" });
    expect((await alice.submits()).ok).toBe(true);
    await world.ws.settle();
    expect(await bodies(world)).toContain("checkout answers 500");
    expect(world.ws.channels()).toEqual(["general", "incidents", "ops"]);
  });
});

describe("a private channel", () => {
  const privateChannels = { vault: ["alice", "bob"] };

  it("that Sitrep is in makes the incident private", async () => {
    await using world = await World.open({ privateChannels });
    const alice = world.as("alice").in("#vault");
    await alice.says("somebody reads our mail");
    expect((await alice.types("/incident declare --here mail read")).answer).toContain(
      "I am not in this private channel",
    );
    await alice.invites("sitrep");
    expect((await alice.types("/incident declare --here mail read")).answer).toContain(
      "It is private, so the incident is private as well",
    );
    await alice.clicks("Open it in #vault");
    await world.ws.settle();
    expect(await world.app.store.incident(1)).toMatchObject({ private: true, announce: false });
    expect(await bodies(world)).toContain("somebody reads our mail");
    expect(await world.transcript("incidents")).not.toContain("Sitrep");
    expect((await alice.types("/incident status")).answer).toContain("INC-1 mail read");
  });

  it("is needed for a private incident that is opened here", async () => {
    await using world = await World.open();
    const { answer } = await world
      .as("alice")
      .in("#general")
      .types("/incident declare --here --private leak");
    expect(answer).toContain("A private incident cannot be opened in a public channel");
  });
});

it("a Sitrep that is killed while it reads what was said before reads it all when it is back, once", async () => {
  const { world, alice } = await talkInOps();
  await using _ = world;
  let killed: Promise<void> | undefined;
  world.ws.onCall(({ method, phase }) => {
    if (method === "conversations.replies" && phase === "before") killed ??= world.stopApp(0);
  });
  await alice.types("/incident declare sev2 checkout 500s --here");
  await alice.clicks("Open it in #ops");
  await world.ws.settle();
  expect(killed).toBeDefined();
  await killed;
  await world.startApp();
  await world.ws.settle();
  expect(await bodies(world)).toEqual(["checkout answers 500", "since the deploy?", "the graph"]);
  const receipts = world.ws
    .channel("ops")
    .messages.map(({ reactions }) => reactions.get("memo")?.length ?? 0);
  expect(Math.max(...receipts)).toBe(1);
});
