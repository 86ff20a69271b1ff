import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

const worldWith = (settings: (id: (name: string) => string) => string): Promise<World> =>
  World.open({ people: ["alice", "bob", "carol", "dave"], settings });

const topics = (world: World) =>
  world.ws.channel(channel).messages.filter(({ subtype }) => subtype === "channel_topic").length;

describe("the card", () => {
  it("is the first message in the channel, however slow Slack is to take it", async () => {
    await using world = await World.open();
    const { ws } = world;
    const text = "INC-1 checkout 500s: INVESTIGATING, SEV1 (Critical)";
    ws.onCall(async ({ phase, args }) => {
      if (phase === "after" || args["text"] !== text) return;
      for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    });
    await world.as("alice").in("#general").types("/incident declare sev1 checkout 500s");
    await ws.settle();
    const said = ws.channel(channel).messages.filter(({ botId }) => botId !== undefined);
    expect(said.length).toBeGreaterThan(2);
    expect(said[0]?.text).toBe(text);
  });
});

describe("the topic", () => {
  it("tells severity, status and commander from the opening on, and changes only with them", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const there = () => world.ws.channel(channel).topic;
    expect(there()).toBe("SEV2 · INVESTIGATING · no commander ‖");
    const alice = world.as("alice").in(`#${channel}`);
    await alice.types("/incident update Looking");
    await alice.types("/incident title checkout answers 500");
    await world.ws.settle();
    expect(topics(world)).toBe(1);
    await alice.types("/incident status identified");
    await alice.types("/incident sev 1 everybody is affected");
    await alice.types("/incident lead");
    await world.ws.settle();
    expect(there()).toBe("SEV1 · IDENTIFIED · commander @alice ‖");
    await alice.types("/incident resolve Rolled back");
    await world.ws.settle();
    expect(there()).toBe("SEV1 · RESOLVED · commander @alice ‖");
    expect(await aftermath(world)).toEqual([]);
  });

  it("keeps what people wrote", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const { state } = world.ws;
    const { id } = world.ws.channel(channel);
    const alice = state.personNamed("alice")?.id ?? "";
    state.setTopic(id, alice, "whatever ‖ bridge <https://zoom.us/j/1> & <#C1|general>");
    await world.as("alice").in(`#${channel}`).types("/incident status identified");
    await world.ws.settle();
    expect(world.ws.channel(channel).topic).toBe(
      "SEV2 · IDENTIFIED · no commander ‖ bridge https://zoom.us/j/1 & #general",
    );
  });

  it("is left alone where the configuration switches it off", async () => {
    await using world = await World.open({ settings: "channels: { topic: off }" });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(topics(world)).toBe(0);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("invitations", () => {
  const settings = (id: (name: string) => string) =>
    `severities: { SEV1: { invite: [${id("carol")}] }, SEV2: { invite: [${id("bob")}] } }
services: { checkout: { owners: [${id("dave")}] } }`;
  const members = (world: World) => world.ws.channel(channel).members.toSorted();

  it("go to the people of the severity, and to those of a worse one once it is that bad", async () => {
    await using world = await worldWith(settings);
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(members(world)).toEqual(["alice", "bob", "sitrep"]);
    await world.as("alice").in(`#${channel}`).types("/incident sev 1");
    await world.ws.settle();
    expect(members(world)).toEqual(["alice", "bob", "carol", "sitrep"]);
    expect(await aftermath(world)).toEqual([]);
  });

  it("go to the owners of the affected services", async () => {
    await using world = await worldWith(settings);
    const alice = world.as("alice").in("#general");
    await alice.types("/incident declare");
    await alice.fills({ Title: "checkout 500s", "Affected services": ["checkout"] });
    await alice.submits();
    await world.ws.settle();
    expect(members(world)).toEqual(["alice", "bob", "dave", "sitrep"]);
  });

  it.each(["--drill", "--private"])("go to nobody with %s", async (flag) => {
    await using world = await worldWith(settings);
    await world.as("alice").in("#general").types(`/incident declare sev1 ${flag} checkout 500s`);
    await world.ws.settle();
    const name = world.ws.channels().find((each) => each.includes("checkout-500s")) ?? "";
    expect(world.ws.channel(name).members.toSorted()).toEqual(["alice", "sitrep"]);
  });

  it("that Slack refuses are named in the channel, once", async () => {
    await using world = await worldWith(
      (id) => `severities: { SEV1: { invite: [U0NOBODY, ${id("bob")}] }, SEV2: { invite: [U0NOBODY] } }`,
    );
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    await world.as("alice").in(`#${channel}`).types("/incident sev 1");
    const told = await world.transcript(channel);
    expect(told.split("Slack did not let one person be invited").length).toBe(2);
    expect(told).toContain("@U0NOBODY: Slack knows no such person");
    expect(members(world)).toEqual(["alice", "bob", "sitrep"]);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("the channel's bookmarks", () => {
  it("lead to the announcement and, at the end, to the post-mortem, once each", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    await world.as("alice").in(`#${channel}`).types("/incident resolve Rolled back");
    await world.ws.settle();
    const { id } = world.ws.channel(channel);
    const links = world.ws.state.channel(id)?.bookmarks.map(({ title, link }) => [title, link]);
    const announced = world.ws.channel("incidents").messages.find(({ botId }) => botId !== undefined);
    expect(links).toEqual([
      ["Announcement", expect.stringContaining(`/p${announced?.ts.replace(".", "")}`)],
      ["Post-mortem", expect.stringContaining(`/archives/${id}/p`)],
    ]);
  });
});

describe("without an announcements channel", () => {
  it("the declarer is told by direct message, besides the incident's channel", async () => {
    await using world = await World.open({ settings: "channels: { announcements: nowhere }" });
    const alice = world.as("alice");
    await alice.in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const why = "#nowhere does not exist, is archived or is private";
    expect(alice.directMessages()).toContain("INC-1 is not announced.");
    expect(alice.directMessages()).toContain(why);
    expect(await world.transcript(channel)).toContain(why);
    await alice.in(`#${channel}`).types("/incident update Looking");
    await world.ws.settle();
    expect(alice.directMessages().split("is not announced").length).toBe(2);
  });
});
