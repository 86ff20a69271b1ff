import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

/** Declared by alice, told to support, too. */
async function declared(options: WorldOptions = {}) {
  const world = await World.open({
    channels: ["general", "incidents", "support"],
    settings: "audiences:\n  support: { channel: support, severities: [SEV2] }\n",
    ...options,
  });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

describe("a channel in which Sitrep tells of an incident, archived by a person", () => {
  it("is named in the incident's channel, and has what was refused as soon as it is back, once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const bob = world.as("bob");
    await alice.types("/incident update Looking");
    await world.ws.settle();
    for (const name of ["#incidents", "#support"]) await bob.in(name).archives();
    await alice.types("/incident update Looking at the pool");
    const told = await world.transcript(channel);
    expect(told).toContain(
      "Slack refused: #incidents is archived, so nothing can be announced there. Unarchive it",
    );
    expect(told).toContain(
      "Slack refused: #support is archived, so nothing can be posted there. Unarchive it",
    );
    expect(await aftermath(world, { dead: 2 })).toEqual([]);
    await world.ws.clock.advance("4m");
    world.ws.deliveries.next("channel_unarchive", { duplicate: 2 });
    await bob.in("#incidents").unarchives();
    expect(count(await world.transcript("incidents"), "Looking at the pool")).toBeGreaterThan(0);
    expect(await world.transcript(channel)).toContain("Put right at 14:40 UTC (tried again by @bob).");
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
    await bob.in("#support").unarchives();
    expect(count(await world.transcript("support"), "Looking at the pool")).toBe(1);
    expect(await aftermath(world)).toEqual([]);
    expect(count(await world.transcript("incidents"), "Update 3 ·")).toBe(1);
    const events = await world.app.store.events(1);
    expect(events.filter(({ event }) => event.type === "EffectRetried")).toHaveLength(2);
  });

  it("has what was refused also where it comes back while Sitrep is down, and is not bothered before", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const bob = world.as("bob");
    await bob.in("#incidents").archives();
    await alice.types("/incident update Looking at the pool");
    await world.ws.settle();
    const restart = async (meanwhile: () => Promise<unknown>) => {
      await world.stopApp();
      await meanwhile();
      // So long that Slack gives up telling it.
      await world.ws.clock.advance("10m");
      await world.startApp();
      await world.ws.settle();
    };
    await restart(async () => {});
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
    const events = await world.app.store.events(1);
    expect(events.filter(({ event }) => event.type === "EffectRetried")).toEqual([]);
    await restart(() => bob.in("#incidents").unarchives());
    // In the thread, and from there in the channel.
    expect(count(await world.transcript("incidents"), "Update 2 ·")).toBe(2);
    expect(await world.transcript(channel)).toContain("Put right at 14:56 UTC (tried again by Sitrep).");
    expect(await aftermath(world)).toEqual([]);
  });

  it("of several incidents has what each of them was refused", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare sev2 search slow");
    await world.ws.settle();
    await world.as("bob").in("#incidents").archives();
    await alice.types("/incident update Looking at the pool");
    await world.as("alice").in("#inc-2-search-slow").types("/incident update Looking at the index");
    await world.ws.settle();
    await world.as("bob").in("#incidents").unarchives();
    const told = await world.transcript("incidents");
    expect(told).toContain("Looking at the pool");
    expect(told).toContain("Looking at the index");
    expect(await aftermath(world)).toEqual([]);
  });

  it("is not tried again by another channel that is back", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.as("bob").in("#incidents").archives();
    await alice.types("/incident update Looking at the pool");
    await world.ws.settle();
    await world.as("bob").in("#support").archives();
    await world.as("bob").in("#support").unarchives();
    await world.ws.settle();
    const events = await world.app.store.events(1);
    expect(events.filter(({ event }) => event.type === "EffectRetried")).toEqual([]);
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });
});

describe("a private channel in which Sitrep is to tell of an incident", () => {
  it("has what was refused as soon as Sitrep is asked in", async () => {
    const { world } = await declared({
      channels: ["general", "support"],
      privateChannels: { incidents: ["alice"] },
    });
    await using _ = world;
    expect(await world.transcript(channel)).toContain("#incidents does not exist, is archived or is private");
    await world.as("alice").in("#incidents").invites("sitrep");
    expect(await world.transcript("incidents")).toContain("INC-1 checkout 500s");
    expect(await aftermath(world)).toEqual([]);
  });
});
