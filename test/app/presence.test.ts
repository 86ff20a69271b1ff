import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], ...options });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const here = (name: string) => world.as(name).in(`#${channel}`);
  return { world, alice: here("alice"), bob: here("bob"), carol: here("carol") };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("what is missing", () => {
  it("is one thing only while one person is there: You lead?", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const shown = await world.transcript(channel);
    expect(shown).toContain("You lead?");
    expect(shown).not.toContain("Missing:");
    await alice.clicks("I lead");
    expect(await world.transcript(channel)).not.toMatch(/You lead\?|Missing:/);
  });

  it("is one message, brought up to date as things are filled, and gone when nothing is missing", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await bob.joins();
    expect(await world.transcript(channel)).toContain("Missing: a commander, the assessment, an update.");
    await bob.types("/incident lead");
    expect(await world.transcript(channel)).toContain("Missing: the assessment, an update.");
    await alice.types("/incident update looking at the deployments");
    const shown = await world.transcript(channel);
    expect(shown).toContain("Missing: the assessment.");
    expect(count(shown, "Missing:")).toBe(1);
    await alice.clicks("Assess");
    expect(alice.modal()?.title).toBeDefined();
    await alice.closes();
    await alice.types("/incident resolve rolled back");
    expect(await world.transcript(channel)).not.toContain("Missing:");
  });

  it("asks for less again when everybody else has left", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await bob.joins();
    expect(await world.transcript(channel)).toContain("Missing:");
    await bob.leaves();
    const shown = await world.transcript(channel);
    expect(shown).toContain("You lead?");
    expect(shown).not.toContain("Missing:");
  });

  it("does not count the bot, nor the same joining delivered twice", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    world.ws.deliveries.next("member_joined_channel", { duplicate: 2 });
    await bob.joins();
    await bob.leaves();
    expect(await world.transcript(channel)).toContain("You lead?");
  });

  it("comes back when command is given back", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident lead @bob");
    await world.ws.settle();
    await bob.in("@sitrep").clicks("Not me");
    expect(await world.transcript(channel)).toContain("Missing: a commander");
    await world.ws.clock.advance("3m");
    expect(await world.transcript(channel)).toContain("Nobody has led since 14:36 UTC");
  });
});

describe("joining", () => {
  it("in the first three minutes brings no brief, later one in private", async () => {
    const { world, alice, bob, carol } = await declared();
    await using _ = world;
    await world.ws.clock.advance("1m");
    await bob.joins();
    await alice.types("/incident lead");
    await alice.types("/incident update rolling back payments");
    await alice.says("deployed <v2.3.2> at 14:30");
    await alice.reacts("pushpin", "deployed");
    await world.ws.clock.advanceTo("2024-02-15T14:40:00Z");
    await carol.joins();
    await world.ws.settle();
    expect(bob.directMessages()).toBe("");
    const brief = carol.directMessages();
    expect(brief).toContain("You joined INC-1 checkout 500s. Where it stands:");
    expect(brief).toMatch(
      /Status: INVESTIGATING, SEV2[\s\S]*Impact: not recorded[\s\S]*Commander: @alice[\s\S]*Current action: rolling back payments[\s\S]*Last update: 14:37 UTC by @alice[\s\S]*Last key events:\s+• 14:37 UTC - deployed <v2\.3\.2> at 14:30/,
    );
    expect(await world.transcript(channel)).not.toContain("You joined");
  });

  it("again brings a brief once an hour at most", async () => {
    const { world, carol } = await declared();
    await using _ = world;
    await world.ws.clock.advance("5m");
    await carol.joins();
    await carol.leaves();
    await carol.joins();
    await world.ws.settle();
    expect(count(carol.directMessages(), "You joined")).toBe(1);
    await carol.leaves();
    await world.ws.clock.advance("1h");
    await carol.joins();
    await world.ws.settle();
    expect(count(carol.directMessages(), "You joined")).toBe(2);
  });

  it("brings none after the end, nor where briefs are switched off", async () => {
    const { world, alice, carol } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advance("5m");
    await carol.joins();
    await world.ws.settle();
    expect(carol.directMessages()).toBe("");
    const off = await declared({ settings: "timeline: { joinBrief: off }\n" });
    await using __ = off.world;
    await off.world.ws.clock.advance("5m");
    await off.carol.joins();
    await off.world.ws.settle();
    expect(off.carol.directMessages()).toBe("");
  });

  it("over Socket Mode does the same, and a deleted message leaves the brief as well", async () => {
    const { world, alice, carol } = await declared({ transport: "socket" });
    await using _ = world;
    await alice.says("the password is hunter2");
    await alice.reacts("pushpin", "hunter2");
    await world.ws.clock.advance("5m");
    await carol.joins();
    await world.ws.settle();
    expect(carol.directMessages()).toContain("hunter2");
    await alice.deletes("the password is hunter2");
    await world.ws.settle();
    expect(carol.directMessages()).not.toContain("hunter2");
  });
});
