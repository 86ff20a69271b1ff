import { expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const settings = (id: (name: string) => string) => `
channels: { announcements: incidents }
severities:
  SEV1: { invite: [${id("carol")}], escalation: default }
escalation:
  default: { steps: [{ after: 0m, notify: ["user:${id("bob")}"] }] }
`;

async function drilled() {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings });
  await world.as("alice").in("#general").types("/incident declare --drill sev1 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

/** What Sitrep itself has written in a place, each message as its first line. */
const own = (world: World, name: string) =>
  world.ws
    .channel(name)
    .messages.filter(({ botId, subtype }) => botId !== undefined && subtype === undefined);

it("a drill says so on everything that Sitrep posts of it, from the card to the post-mortem", async () => {
  const { world, alice } = await drilled();
  await using _ = world;
  const { ws } = world;
  await alice.types("/incident update Looking");
  await alice.types("/incident log 14:30 deployed");
  await alice.types("/incident title checkout is down");
  await alice.types("/incident lead");
  await alice.types("/incident severity sev2 fewer users");
  await ws.clock.advance("45m");
  await alice.types("/incident resolve rolled back");
  await ws.settle();

  const posted = own(world, channel).filter(({ files }) => files.length === 0);
  expect(posted.length).toBeGreaterThan(8);
  for (const { text, blocks } of posted) {
    expect(text).toMatch(/^DRILL · /);
    expect(JSON.stringify(blocks?.[0])).toContain("DRILL");
  }
  const topic = ws.channel(channel).topic;
  expect(topic === "" || topic.startsWith("DRILL")).toBe(true);
  expect(alice.sees().join("\n")).not.toMatch(/^INC-1 is open/m);
  expect(world.as("alice").in("#general").sees().at(-1)).toBe(`DRILL · INC-1 is open: #${channel}`);
  expect(ws.files.at(-1)?.title).toBe("DRILL · Post-mortem of INC-1");
  const draft = Buffer.from(ws.files.at(-1)?.content ?? []).toString();
  expect(draft).toMatch(/^# DRILL · Post-Mortem: checkout is down/);
  expect(ws.state.loud).toEqual([]);
});

it("a drill is announced to nobody, invites nobody and calls nobody: it prints whom it would call", async () => {
  const { world } = await drilled();
  await using _ = world;
  const { ws } = world;
  await ws.clock.advance("30m");
  expect(ws.channel(channel).members.toSorted()).toEqual(["alice", "sitrep"]);
  for (const name of ["general", "incidents"]) expect(own(world, name)).toEqual([]);
  for (const name of ["bob", "carol"]) expect(world.as(name).directMessages()).toBe("");
  expect(await world.transcript(channel)).toMatch(/would call/i);
});

it("a drill is marked where it is listed and shown, and in no statistic", async () => {
  const { world, alice } = await drilled();
  await using _ = world;
  expect((await alice.types("/incident list")).answer).toContain("INC-1 DRILL SEV1");
  expect((await alice.types("/incident status")).answer).toContain("DRILL · INC-1 checkout 500s");
  expect((await alice.types("/incident update Looking")).answer).toMatch(/^DRILL/);
  await alice.types("/incident resolve rolled back");
  expect((await alice.types("/incident stats")).answer).not.toContain("SEV1: 1");
});
