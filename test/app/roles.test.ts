import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], ...options });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  await world.ws.settle();
  const here = (name: string) => world.as(name).in(`#${channel}`);
  return { world, alice: here("alice"), bob: here("bob"), carol: here("carol") };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("command", () => {
  it("is claimed by a word: the channel, the card and the topic say so", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    expect((await bob.types("/incident lead")).answer).toContain("You are commander of INC-1");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob leads.");
    expect(shown).toContain("Commander: @bob");
    expect(world.ws.channel(channel).topic).toContain("commander @bob");
    expect(bob.directMessages()).toBe("");
  });

  it("is claimed by the button on the card, which is there while nobody leads", async () => {
    const { world, bob, alice } = await declared();
    await using _ = world;
    expect(await world.transcript(channel)).toContain("Commander: nobody yet");
    await bob.clicks("Take command");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob leads.");
    await expect(alice.clicks("Take command")).rejects.toThrow("sees no");
  });

  it("is taken from somebody only after a confirmation, which the channel is told of", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident lead");
    const asked = (await bob.types("/incident lead")).answer ?? "";
    expect(asked).toMatch(/@alice leads INC-1 since 14:36 UTC, so nothing was changed yet/);
    expect(await world.transcript(channel)).not.toContain("@bob leads");
    await bob.clicks("Take command from @alice");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob leads, before that @alice.");
    expect(shown).toContain("Commander: @bob");
  });

  it("pressed by two at once goes to one, and the other is asked", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await alice.clicks("I lead");
    await expect(bob.clicks("I lead")).rejects.toThrow("sees no");
    const shown = await world.transcript(channel);
    expect(count(shown, "@alice leads.")).toBe(1);
  });

  it("given to somebody comes as a direct message; Not me gives it back and tells everybody", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    expect((await alice.types("/incident lead @bob")).answer).toContain("@bob is commander of INC-1");
    await world.ws.settle();
    expect(await world.transcript(channel)).toContain("@bob leads, named by @alice.");
    expect(bob.directMessages()).toContain("You are commander of INC-1 checkout 500s, named by @alice.");
    await world.as("bob").in("@sitrep").clicks("Not me");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob is not commander (“Not me”): nobody leads now.");
    expect(shown).toContain("Commander: nobody yet");
    expect(bob.directMessages()).toContain("You are commander no more.");
    expect(alice.directMessages()).toContain("@bob is not commander");
  });

  it("is reminded of after 3 minutes while nobody has it, with a claim button, once", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await world.ws.clock.advance("2m");
    expect(await world.transcript(channel)).not.toContain("Nobody has led");
    await world.ws.clock.advance("1m");
    const shown = await world.transcript(channel);
    expect(shown).toMatch(
      /14:39 Sitrep \(app\): @alice @bob Nobody has led since 14:36 UTC\. Missing: a commander/,
    );
    expect(count(shown, "a commander")).toBe(1);
    await bob.clicks("I lead");
    expect(await world.transcript(channel)).not.toContain("Nobody has led");
    await world.ws.clock.advance("4m");
    expect(await world.transcript(channel)).not.toContain("Nobody has led");
  });

  it("is not asked for in an incident that has ended, nor where it is switched off", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advance("30m");
    expect(await world.transcript(channel)).not.toMatch(/Nobody has led|You lead|Missing:/);
    const quiet = await declared({ settings: "roles: { remindCommanderAfter: off, escalateAfter: off }\n" });
    await using __ = quiet.world;
    await quiet.world.ws.clock.advance("10m");
    expect(await quiet.world.transcript(channel)).not.toContain("Nobody has led");
  });
});

describe("a role", () => {
  it("is given by its word or another one for it, and shown with everybody else's", async () => {
    const { world, alice, carol } = await declared();
    await using _ = world;
    expect((await alice.types("/incident role comms @carol")).answer).toContain(
      "@carol is comms lead of INC-1",
    );
    expect((await alice.types("/incident role ops lead me")).answer).toContain("You are operations lead");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@carol is comms lead, named by @alice.");
    expect(shown).toContain("@alice is operations lead.");
    expect(shown).toContain("Comms lead: @carol");
    expect(shown).toContain("carol has joined the channel");
    const all = (await alice.types("/incident roles")).answer ?? "";
    expect(all).toMatch(/Commander: nobody[\s\S]*Comms lead: @carol since 14:36 UTC, named by @alice/);
    expect(carol.directMessages()).toContain("You are comms lead of INC-1");
  });

  it.each([
    ["/incident role scrieb @bob", /scrieb.*no role.*Did you mean scribe\?/],
    ["/incident role janitor @bob", /no role.*commander, comms lead, scribe and operations lead/],
    ["/incident role scribe", /Who\?/],
    ["/incident role scribe @nobody", /I know nobody by/],
    ["/incident lead @nobody", /I know nobody by/],
    ["/incident lead @sitrep", /an app, not a person/],
    ["/incident handover @bob", /Nobody leads INC-1/],
  ])("asked for as %s changes nothing and says why", async (line, answer) => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types(line)).answer).toMatch(answer);
    const shown = await world.transcript(channel);
    expect(shown).not.toMatch(/leads|is scribe/);
  });

  it("that was misspelt is one click away", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident role scrieb @bob");
    await alice.clicks("Yes, scribe");
    expect(await world.transcript(channel)).toContain("@bob is scribe, named by @alice.");
  });

  it("is claimed and given from the list of roles as well", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.clicks("Roles");
    await alice.clicks("I am scribe");
    expect(await world.transcript(channel)).toContain("@alice is scribe.");
    await bob.types("/incident lead");
    await alice.types("/incident roles");
    await alice.clicks("Give a role");
    await alice.fills({ Role: "Commander", Who: "@carol" });
    await alice.submits();
    expect(alice.modal()?.title).toBe("Take command?");
    expect(await world.transcript(channel)).not.toContain("@carol leads");
    await alice.submits();
    expect(await world.transcript(channel)).toContain("@carol leads, named by @alice, before that @bob.");
  });

  it("decides whom the reminder of the update mentions", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident role comms @bob");
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    expect(await world.transcript(channel)).toContain("@bob Next update is due (14:51 UTC)");
  });

  it("outside an incident's channel asks which one is meant", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    for (const line of ["lead", "role scribe me", "roles", "handover @bob", "ask @bob look"])
      expect((await alice.in("#general").types(`/incident ${line}`)).answer).toContain(
        "which one do you mean",
      );
    expect((await alice.in("#general").types("/incident INC-1 lead")).answer).toContain("You are commander");
  });

  it("cannot be changed after the end, which says why", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    expect((await alice.types("/incident lead")).answer).toContain("RESOLVED, so its roles stay");
    expect((await alice.types("/incident handover @bob")).answer).toContain("no command to hand over");
  });
});

describe("a handover", () => {
  async function offered(options: WorldOptions = {}) {
    const room = await declared(options);
    await room.alice.types("/incident lead");
    await room.alice.types("/incident update rolling back payments");
    await room.alice.types("/incident handover @bob");
    await room.world.ws.settle();
    return room;
  }

  it("is a brief of facts with a button; command moves when it is pressed", async () => {
    const { world, bob } = await offered({ transport: "socket" });
    await using _ = world;
    const brief = await world.transcript(channel);
    expect(brief).toMatch(
      /@bob @alice hands command over to you\.[\s\S]*Current action: rolling back payments[\s\S]*Running mitigation: none[\s\S]*Open asks: none[\s\S]*Next update: 15:06 UTC/,
    );
    expect(brief).toContain("Commander: @alice");
    await bob.clicks("Accept");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob leads, handed over by @alice.");
    expect(shown).toContain("@alice offered command to @bob: accepted at 14:36 UTC.");
    expect(world.ws.channel(channel).topic).toContain("commander @bob");
  });

  it("is for the one it is offered to", async () => {
    const { world, alice } = await offered();
    await using _ = world;
    const before = await world.transcript(channel);
    expect(before).toContain("Commander: @alice");
    await alice.clicks("Accept");
    await world.ws.settle();
    expect(alice.sees().at(-1)).toContain("Command was offered to @bob");
    expect(await world.transcript(channel)).toContain("Commander: @alice");
  });

  it("can be declined, and offered to somebody else", async () => {
    const { world, alice, bob, carol } = await offered();
    await using _ = world;
    await bob.clicks("Decline");
    expect(await world.transcript(channel)).toContain("@alice offered command to @bob: declined at");
    await alice.types("/incident handover @bob");
    await alice.types("/incident handover @carol");
    const shown = await world.transcript(channel);
    expect(shown).toContain("@alice offered command to @bob: withdrawn at");
    await carol.clicks("Accept");
    expect(await world.transcript(channel)).toContain("@carol leads, handed over by @alice.");
  });
});

describe("roles elsewhere", () => {
  it("of a private incident stay in its channel, into which whoever is given one is brought", async () => {
    const world = await World.open({ people: ["alice", "bob", "mallory"] });
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
    await world.ws.settle();
    const alice = world.as("alice").in("#inc-1-payroll-leak");
    await alice.types("/incident lead");
    await alice.types("/incident role scribe @bob");
    await alice.types("/incident ask @bob find the export 5m");
    await world.ws.settle();
    expect(world.ws.channel("inc-1-payroll-leak").members.toSorted()).toEqual(["alice", "bob", "sitrep"]);
    expect(world.as("bob").directMessages()).toContain("You are scribe of INC-1 payroll leak");
    expect((await world.as("mallory").in("#general").types("/incident INC-1 lead")).answer).toContain(
      "There is no INC-1",
    );
    for (const open of ["general", "incidents"])
      expect(await world.transcript(open)).not.toContain("payroll");
    expect(world.as("mallory").directMessages()).toBe("");
    expect(world.ws.state.loud).toEqual([]);
  });

  it("of a drill bring in nobody who is not there", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare --drill sev2 lost zone");
    await world.ws.settle();
    const name = world.ws.channels().find((each) => each.includes("lost-zone")) ?? "";
    const drill = world.as("alice").in(`#${name}`);
    await drill.types("/incident lead @carol");
    await world.ws.settle();
    expect(world.ws.channel(name).members).not.toContain("carol");
    expect(await world.transcript(name)).toContain("@carol leads, named by @alice.");
    expect((await alice.types("/incident roles")).answer).toContain("Commander: nobody");
  });

  it("are given to no guest", async () => {
    const { world, alice } = await declared({
      people: ["alice", "bob", "carol", { name: "gus", restricted: true }],
    });
    await using _ = world;
    for (const line of ["lead @gus", "role scribe @gus", "ask @gus look"])
      expect((await alice.types(`/incident ${line}`)).answer).toContain("guest");
    expect(await world.transcript(channel)).not.toMatch(/gus (leads|is scribe)|asked by/);
  });

  it("of an incident in a thread are told there", async () => {
    const world = await World.open({ people: ["alice", "bob"] });
    await using _ = world;
    world.ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    await world.as("alice").in("#general").types("/incident INC-1 lead @bob");
    const told = await world.transcript("general");
    expect(told).toContain("@bob leads, named by @alice.");
    expect(world.as("bob").directMessages()).toContain("You are commander of INC-1");
  });
});
