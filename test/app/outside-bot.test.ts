import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const root = { name: "root", admin: true };
const count = (text: string, part: string) => text.split(part).length - 1;

/** An incident of alice's, who leads it; bob and root are in its channel, mallory is not. */
async function declared(options: WorldOptions & { flags?: string } = {}) {
  const { flags = "", ...more } = options;
  const world = await World.open({ people: ["alice", "bob", root, "mallory"], ...more });
  await world.as("alice").in("#general").types(`/incident declare ${flags} sev2 payroll leak`);
  await world.ws.settle();
  const channel = world.ws.channels().at(-1) ?? "";
  const there = (name: string) => world.as(name).in(`#${channel}`);
  await there("alice").invites("bob", "root");
  await there("alice").types("/incident lead");
  await world.ws.settle();
  return { world, channel, there };
}

const outbox = async (world: World) => world.app.store.outboxCounts(world.ws.clock.now());
const said = async (world: World) =>
  (await world.app.store.messages(1)).flatMap((message) => message.revisions.at(-1)?.text.body ?? []);

/** Nobody but its people has read a word of it. */
async function staysPrivate(world: World) {
  const elsewhere = (await world.transcript("incidents")) + (await world.transcript("general"));
  expect(elsewhere).not.toMatch(/payroll|leak|INC-1\b.*(archived|removed|deleted|public)/);
  expect(world.as("mallory").directMessages()).toBe("");
  expect(world.as("mallory").sees().join("")).not.toContain("payroll");
  expect((await world.api("/api/incidents/INC-1")).status).toBe(404);
}

describe.each(["http", "socket"] as const)(
  "Sitrep, removed over %s from a public incident's channel,",
  (transport) => {
    it("comes back by itself, says so, and records what was said meanwhile", async () => {
      const { world, channel, there } = await declared({
        transport,
      });
      await using _ = world;
      const { ws } = world;
      // Nobody tells it just yet.
      for (const type of ["channel_left", "member_left_channel"]) ws.deliveries.next(type, { late: "2m" });
      await there("bob").removes("sitrep");
      await there("bob").says("it was the cache");
      await ws.clock.advance("3m");
      expect(await aftermath(world)).toEqual([]);
      expect(ws.channel(channel).members).toContain("sitrep");
      const told = await world.transcript(channel);
      expect(count(told, "Sitrep was removed from this channel")).toBe(1);
      expect(await said(world)).toContain("it was the cache");
      expect(world.as("alice").directMessages()).not.toContain("removed");
      await there("alice").types("/incident update Looking");
      expect(await world.transcript(channel)).toContain("Update 2 ·");
      expect(await aftermath(world)).toEqual([]);
    });
  },
);

it("removed while it is down, it comes back at the start", async () => {
  const { world, channel, there } = await declared();
  await using _ = world;
  await world.stopApp();
  await there("bob").removes("sitrep");
  await there("bob").says("it was the cache");
  await world.startApp();
  expect(await aftermath(world)).toEqual([]);
  expect(world.ws.channel(channel).members).toContain("sitrep");
  expect(await said(world)).toEqual(["it was the cache"]);
});

describe("Sitrep, removed from a private incident's channel,", () => {
  it.each([false, true])(
    "tells whoever leads how to bring it back, and nobody else (down meanwhile: %s)",
    async (isDown) => {
      const { world, channel, there } = await declared({ flags: "--private" });
      await using _ = world;
      const { ws } = world;
      const general = world.as("alice").in("#general");
      if (isDown) await world.stopApp();
      await there("bob").removes("sitrep");
      if (isDown) {
        await ws.clock.advance("10m");
        await world.startApp();
      }
      await ws.settle();
      const told = world.as("alice").directMessages();
      expect(told).toContain("/invite @Sitrep");
      await there("bob").says("passwords are rotated");
      await general.types("/incident INC-1 update Rotating passwords");
      await ws.clock.advance("40m");
      expect(count(world.as("alice").directMessages(), "/invite @Sitrep")).toBe(1);
      expect(await outbox(world)).toMatchObject({ pending: 0, dead: 0 });
      expect((await outbox(world)).held).toBeGreaterThan(0);
      expect(await said(world)).toEqual([]);
      await staysPrivate(world);
      await there("bob").invites("sitrep");
      expect(await aftermath(world)).toEqual([]);
      const shown = await world.transcript(channel);
      expect(shown).toMatch(/Update 2 ·[\s\S]*Update 3 ·/);
      expect(count(shown, "Sitrep was not in this channel from")).toBe(1);
      expect(await said(world)).toEqual(["passwords are rotated"]);
      expect(world.as("alice").directMessages()).toContain("The channel of INC-1 is back");
      expect((await outbox(world)).held).toBe(0);
      await staysPrivate(world);
    },
  );

  it("opens another private one when it is asked to, with the same people", async () => {
    const { world, channel, there } = await declared({ flags: "--private" });
    await using _ = world;
    await there("root").removes("sitrep");
    await world.ws.settle();
    await world.as("alice").in("@sitrep").clicks("Open a new channel");
    expect(await aftermath(world)).toEqual([]);
    const another = world.ws.channels().at(-1) ?? "";
    expect(another).not.toBe(channel);
    expect(world.ws.channel(another).isPrivate).toBe(true);
    expect(world.ws.channel(another).members.toSorted()).toEqual(["alice", "bob", "root", "sitrep"]);
    expect(await world.transcript(another)).toContain("INC-1 goes on here.");
    await staysPrivate(world);
  });
});

describe("a private incident's channel that is made public", () => {
  it("is told to its people at once, and stops nothing", async () => {
    const { world, channel, there } = await declared({ flags: "--private" });
    await using _ = world;
    await there("root").makesPublic();
    expect(await aftermath(world)).toEqual([]);
    const told = await world.transcript(channel);
    expect(told).toMatch(/@alice @root made this channel public[\s\S]*Everybody in the workspace can read/);
    expect(world.as("alice").directMessages()).toContain("@root made the channel of INC-1 public");
    await there("alice").types("/incident update Rotating passwords");
    expect(await world.transcript(channel)).toContain("Update 2 ·");
    await staysPrivate(world);
    await there("root").makesPrivate();
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toMatch(/made this channel public.*It is private again/);
  });

  it("while Sitrep is down is told at the start", async () => {
    const { world, there } = await declared({ flags: "--private" });
    await using _ = world;
    await world.stopApp();
    await there("root").makesPublic();
    await world.startApp();
    expect(await aftermath(world)).toEqual([]);
    expect(count(world.as("alice").directMessages(), "Somebody made the channel of INC-1 public")).toBe(1);
  });
});

it("of a drill, what is told of its channel is marked, and told outside to nobody", async () => {
  const { world, there } = await declared({ flags: "--drill" });
  await using _ = world;
  await there("root").deletesChannel();
  await world.ws.settle();
  expect(world.as("alice").directMessages()).toMatch(/DRILL[\s\S]*was deleted by @root/);
  expect(await world.transcript("incidents")).not.toContain("INC-1");
  await world.as("alice").in("@sitrep").clicks("Open a new channel");
  expect(await aftermath(world)).toEqual([]);
  expect(await world.transcript(world.ws.channels().at(-1) ?? "")).toContain("DRILL");
});
