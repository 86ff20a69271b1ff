import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

/** alice declared it, bob leads; carol is asked for something and owns an action item. */
async function declared() {
  const world = await World.open({ people: ["alice", "bob", "carol", "dave"] });
  const there = (name: string) => world.as(name).in(`#${channel}`);
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await there("alice").invites("bob", "carol", "dave");
  await there("bob").types("/incident lead");
  await there("alice").types("/incident ask @carol check the cache 5m");
  await there("alice").types("/incident action write the runbook @carol");
  await world.ws.settle();
  return { world, there };
}

describe.each([false, true])(
  "a person whose account is deactivated (Sitrep down meanwhile: %s)",
  (isDown) => {
    const closes = async (world: World, name: string) => {
      if (isDown) await world.stopApp();
      world.ws.deactivate(name);
      if (!isDown) return;
      await world.ws.clock.advance("1m");
      await world.startApp();
      await world.ws.settle();
    };

    it("and who led is told in the channel once, with a button for whoever leads now", async () => {
      const { world, there } = await declared();
      await using _ = world;
      await closes(world, "bob");
      const told = await world.transcript(channel);
      expect(count(told, "@bob’s Slack account is deactivated")).toBe(1);
      expect(told).toMatch(/commander: nobody now/i);
      expect(told).toContain("Commander: nobody yet");
      await there("alice").clicks("Take command", { in: "@bob’s Slack account" });
      expect(await aftermath(world)).toEqual([]);
      expect(await world.transcript(channel)).toMatch(/commander: @alice now/i);
      world.ws.reactivate("bob");
      expect(await aftermath(world)).toEqual([]);
      expect(await world.transcript(channel)).toContain(
        "@bob’s Slack account was deactivated and is open again.",
      );
      expect((await world.app.store.incident(1))?.roles.held.commander?.user).toBe(world.ws.idOf("alice"));
    });

    it("and who was asked for something is named with it, and anybody may take it over", async () => {
      const { world, there } = await declared();
      await using _ = world;
      await closes(world, "carol");
      const told = await world.transcript(channel);
      expect(told).toContain("Asked of @carol: check the cache");
      expect(told).toContain("Action item: write the runbook");
      await there("dave").clicks("I do what was asked");
      await world.ws.settle();
      expect((await world.app.store.incident(1))?.asks[0]).toMatchObject({
        to: world.ws.idOf("dave"),
        state: "accepted",
      });
      const after = await world.transcript(channel);
      expect(after).not.toContain("Asked of @carol: check the cache");
      await there("alice").clicks("Action items", { in: "@carol’s Slack account" });
      await world.ws.settle();
      expect(there("alice").sees().join()).toContain("write the runbook");
      expect(await aftermath(world)).toEqual([]);
    });
  },
);

it("what a deactivated person would be sent is held without asking Slack again, and comes when the account is open", async () => {
  const { world, there } = await declared();
  await using _ = world;
  const { ws } = world;
  // Nobody tells of it: it is found out by the first direct message that fails.
  ws.deliveries.next("user_change", { drop: 4 });
  ws.deactivate("dave");
  let asked = 0;
  ws.onCall(({ method, phase, args }) => {
    if (method === "conversations.open" && phase === "before" && args["users"] === ws.idOf("dave"))
      asked += 1;
  });
  await there("alice").types("/incident role scribe @dave");
  await ws.settle();
  await there("alice").types("/incident role comms @dave");
  await ws.settle();
  expect(asked).toBe(1);
  expect(await aftermath(world)).toEqual(["2 effects are held instead of 0"]);
  const told = await world.transcript(channel);
  expect(told).toContain("@dave’s Slack account is deactivated");
  expect(told).not.toContain("Slack refused");
  ws.reactivate("dave");
  expect(await aftermath(world)).toEqual([]);
});

it("nobody else's profile changes anything, and a private incident's people are told of nowhere else", async () => {
  const world = await World.open({ people: ["alice", "bob", "mallory"] });
  await using _ = world;
  await world.as("alice").in("#general").types("/incident declare --private sev2 payroll leak");
  await world.ws.settle();
  const room = world.ws.channels().at(-1) ?? "";
  await world.as("alice").in(`#${room}`).invites("bob");
  await world.as("bob").in(`#${room}`).types("/incident lead");
  await world.ws.settle();
  const version = (await world.app.store.incident(1))?.version;
  world.ws.deactivate("mallory");
  await world.ws.settle();
  expect((await world.app.store.incident(1))?.version).toBe(version);
  world.ws.deactivate("bob");
  expect(await aftermath(world)).toEqual([]);
  expect(await world.transcript(room)).toContain("@bob’s Slack account is deactivated");
  const elsewhere = (await world.transcript("incidents")) + (await world.transcript("general"));
  expect(elsewhere).not.toMatch(/bob’s|payroll/);
});
