import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const root = { name: "root", admin: true };
const count = (text: string, part: string) => text.split(part).length - 1;

/** An incident that alice declared and leads, with bob in its channel; root administers the workspace. */
async function declared(options: WorldOptions = {}, line = "declare sev2 checkout 500s") {
  const world = await World.open({ people: ["alice", "bob", root], ...options });
  await world.as("alice").in("#general").types(`/incident ${line}`);
  await world.ws.settle();
  const there = (name: string) => world.as(name).in(`#${channel}`);
  await there("alice").invites("bob", "root");
  await there("alice").types("/incident lead");
  await world.ws.settle();
  return { world, there, general: world.as("alice").in("#general") };
}

type Happens = (world: World, act: () => Promise<unknown>) => Promise<unknown>;

/** For so long that Slack gives up telling it. */
const whileDown: Happens = async (world, act) => {
  const { ws } = world;
  await ws.settle();
  await world.stopApp();
  await act();
  await ws.clock.advance("10m");
  await world.startApp();
  await ws.settle();
};

/** What happens to a channel is told by an event, or found by comparison. */
const ways: [string, Happens][] = [
  ["while Sitrep listens", (_world, act) => act()],
  ["while Sitrep is down", whileDown],
];

const outbox = async (world: World) => world.app.store.outboxCounts(world.ws.clock.now());
const pingedIn = (world: World, name: string) => world.as(name).directMessages();

describe.each(ways)("an incident's channel that a person archives %s", (_name, happens) => {
  it("holds what is due in it, tells whoever leads once, and lets everything else go on; back, it all comes in order", async () => {
    const { world, there, general } = await declared();
    await using _ = world;
    const { ws } = world;
    await happens(world, () => there("bob").archives());
    await ws.settle();
    expect(pingedIn(world, "alice")).toMatch(
      /#inc-1-checkout-500s was archived.*\. It was the channel of INC-1/,
    );
    expect(pingedIn(world, "alice")).toContain("Unarchive channel");
    expect(await world.transcript("incidents")).toMatch(/was archived[\s\S]*Updates go on in this thread\./);
    const archived = ws.channel(channel).id;
    const asked: string[] = [];
    ws.onCall(({ method, phase, args }) => {
      if (phase === "before" && args["channel"] === archived) asked.push(method);
    });
    await general.types("/incident INC-1 update Looking");
    await general.types("/incident INC-1 severity sev1 all users");
    await general.types("/incident INC-1 log restarted the pool");
    await ws.clock.advance("30m");
    expect(count(pingedIn(world, "alice"), "was archived")).toBe(1);
    expect(count(await world.transcript("incidents"), "was archived")).toBe(1);
    expect(await world.transcript("incidents")).toMatch(/Current action: Looking[\s\S]*SEV1[\s\S]*automatic/);
    expect(await outbox(world)).toMatchObject({ pending: 0, dead: 0 });
    expect((await outbox(world)).held).toBeGreaterThan(3);
    // What is known to be out of reach is not asked for.
    expect(asked.filter((method) => method !== "conversations.info")).toEqual([]);
    const silent = await world.transcript(channel);
    expect(silent).not.toContain("Looking");
    await there("bob").unarchives();
    expect(await aftermath(world)).toEqual([]);
    const told = await world.transcript(channel);
    expect(told).toMatch(/brought the channel back[\s\S]*Update 2 ·[\s\S]*Update 3 ·[\s\S]*Update 4 ·/);
    expect(count(told, "logged by @alice")).toBe(1);
    expect(ws.channel(channel).topic).toContain("SEV1");
    expect(pingedIn(world, "alice")).toContain("The channel of INC-1 is back: #inc-1-checkout-500s");
    expect(await world.transcript("incidents")).toContain("The channel of INC-1 is back");
    expect((await outbox(world)).held).toBe(0);
  });
});

it("an archived channel that is brought back while Sitrep is down is noticed at the start", async () => {
  const { world, there, general } = await declared();
  await using _ = world;
  await there("bob").archives();
  await general.types("/incident INC-1 update Looking");
  await whileDown(world, () => there("bob").unarchives());
  expect(await aftermath(world)).toEqual([]);
  expect(count(await world.transcript(channel), "Update 2 ·")).toBe(1);
});

describe("a channel that is renamed", () => {
  it.each(ways)("%s is shown by its new name", async (_name, happens) => {
    const { world, there, general } = await declared();
    await using _ = world;
    await happens(world, () => there("root").renames("war-room"));
    await world.ws.settle();
    expect((await world.app.store.incident(1))?.channel?.name).toBe("war-room");
    const shown: unknown = await (await world.api("/api/incidents/INC-1")).json();
    expect(JSON.stringify(shown)).toContain("war-room");
    expect(await world.transcript("incidents")).toContain("#war-room");
    await general.types("/incident INC-1 update Looking");
    expect(await world.transcript("war-room")).toContain("Update 2 ·");
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("a channel that is deleted", () => {
  it.each(ways)(
    "%s is replaced by a new one at a press, and the record goes on in it",
    async (_name, happens) => {
      const { world, there, general } = await declared();
      await using _ = world;
      const { ws } = world;
      await there("bob").says("error rate climbing");
      await there("bob").reacts("pushpin", "climbing");
      await happens(world, () => there("root").deletesChannel());
      await ws.settle();
      expect(pingedIn(world, "alice")).toMatch(/#inc-1-checkout-500s.*deleted/);
      await general.types("/incident INC-1 update Rolling back");
      await ws.clock.advance("1h");
      expect(count(pingedIn(world, "alice"), "Open a new channel")).toBe(1);
      expect(await world.transcript("incidents")).toMatch(/Rolling back[\s\S]*automatic/);
      expect(await outbox(world)).toMatchObject({ pending: 0, dead: 0 });
      await world.as("alice").in("@sitrep").clicks("Open a new channel");
      expect(await aftermath(world)).toEqual([]);
      const told = await world.transcript(channel);
      expect(told).toMatch(/Status: INVESTIGATING[\s\S]*\(pinned\)/);
      expect(told).toContain("INC-1 goes on here.");
      expect(count(told, "Update 2 ·")).toBe(1);
      expect(ws.channel(channel).members).toEqual(expect.arrayContaining(["alice", "bob", "root"]));
      expect(ws.channel(channel).topic).toContain("SEV2");
      expect(pingedIn(world, "alice")).toContain("INC-1 goes on in its new channel: #inc-1-checkout-500s");
      expect(await world.transcript("incidents")).toContain("INC-1 goes on in its new channel");
      await there("bob").says("errors are gone");
      await there("alice").types("/incident resolve Rolled back");
      expect(await aftermath(world)).toEqual([]);
      const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
      expect(markdown).toContain("error rate climbing");
      expect(await world.transcript(channel)).toContain("INC-1-post-mortem.md");
    },
  );

  it("says so when Slack refuses the new one, and can be asked again", async () => {
    const { world, there } = await declared();
    await using _ = world;
    await there("root").deletesChannel();
    await world.ws.settle();
    world.ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    const alice = world.as("alice").in("@sitrep");
    await alice.clicks("Open a new channel");
    await world.ws.settle();
    expect(alice.directMessages()).toContain("a setting of the workspace forbids it to apps");
    await alice.clicks("Try again");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("INC-1 goes on here.");
  });
});

describe("a public channel that is made private", () => {
  it("stays a public incident's, and says what that means", async () => {
    const { world, there } = await declared();
    await using _ = world;
    await there("root").makesPrivate();
    expect(await aftermath(world)).toEqual([]);
    const told = await world.transcript(channel);
    expect(told).toContain("@root made this channel private");
    expect(told).toContain("stays a public incident");
    expect(await world.transcript("incidents")).toContain("@root made the channel of INC-1 private");
    await there("alice").types("/incident update Looking");
    expect(await world.transcript("incidents")).toContain("Looking");
    expect((await world.api("/api/incidents/INC-1")).status).toBe(200);
    await there("root").makesPublic();
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toMatch(/made this channel private.*It is public again/);
    expect(await world.transcript("incidents")).toContain("It is public again");
  });

  it("while Sitrep is down is noticed at the start", async () => {
    const { world, there } = await declared();
    await using _ = world;
    await whileDown(world, () => there("root").makesPrivate());
    expect(count(await world.transcript(channel), "Somebody made this channel private")).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });
});
