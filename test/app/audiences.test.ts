import { expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const settings = `
audiences:
  support: { channel: support, severities: [SEV1, SEV2] }
  management: { channel: leadership, severities: [SEV1, SEV2] }
`;
const personIn = (world: World) => async (name: string) => {
  await world.ws.settle();
  return world.as(name).directMessages();
};
const open = async (transport: "http" | "socket" = "http") => {
  const world = await World.open({
    transport,
    settings,
    people: ["alice", "bob", "carol"],
    channels: ["general", "incidents", "support", "leadership"],
  });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return world;
};

it.each(["http", "socket"] as const)(
  "the form shows each audience’s text before it is posted, over %s",
  async (transport) => {
    await using world = await open(transport);
    const alice = world.as("alice").in(`#${channel}`);
    await alice.types("/incident update");
    await alice.fills({ Impact: "15% checkout failures", "Current action": "rolling back" });
    await alice.submits();
    // Nothing is posted yet: the texts are there to read, and what was typed has stayed.
    expect(await world.transcript("support")).not.toContain("15%");
    await alice.fills({ "Support (#support) will read": "Checkout fails for some; a fix is on its way." });
    await alice.submits();
    expect(await world.transcript("support")).toContain("Checkout fails for some; a fix is on its way.");
    const management = await world.transcript("leadership");
    expect(management).toContain("INC-1 (SEV2): checkout 500s");
    expect(management).toContain("Current action: rolling back");
    expect(await world.transcript(channel)).toContain("Impact: 15% checkout failures");
  },
);

it("a text that was left as it was follows the lines, and an emptied one is left out", async () => {
  await using world = await open();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.types("/incident update");
  await alice.fills({ Impact: "15% checkout failures" });
  await alice.submits();
  await alice.fills({ Impact: "20% checkout failures", "Management (#leadership) will read": "" });
  await alice.submits();
  expect(await world.transcript("support")).toContain("20% checkout failures");
  expect(await world.transcript("leadership")).not.toContain("INC-1");
});

it("resolving tells every audience", async () => {
  await using world = await open();
  await world.as("alice").in(`#${channel}`).types("/incident resolve rolled back");
  // Its template has no such line, but the last word to everybody says it.
  expect(await world.transcript("support")).toMatch(/Status: RESOLVED[\s\S]*Data loss: not established/);
  const management = await world.transcript("leadership");
  expect(management).toContain("Status: RESOLVED");
  expect(management.split("Data loss:")).toHaveLength(2);
});

it("a false alarm, and its return, are told to those who were told of it", async () => {
  await using world = await open();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.types("/incident update Looking");
  await alice.types("/incident cancel a <!here> test");
  await alice.types("/incident reopen it is real");
  const told = await world.transcript("support");
  expect(told).toContain(
    "INC-1 (SEV2): checkout 500s\n      Status: CANCELLED, a false alarm (a <!here> test)",
  );
  expect(told).toMatch(/Reopened \(it is real\): INVESTIGATING, was CANCELLED\n +Next update: 14:51 UTC/);
});

it("whoever subscribes gets each update in person, until they do no more", async () => {
  await using world = await open();
  const inPerson = personIn(world);
  const carol = world.as("carol");
  await carol.in("#general").types("/incident subscribe");
  await world.as("alice").in(`#${channel}`).types("/incident update rolling back");
  await world.ws.settle();
  expect(await inPerson("carol")).toContain("Current action: rolling back");
  await carol.in("#general").types("/incident unsubscribe");
  await world.as("alice").in(`#${channel}`).types("/incident update nearly done");
  expect(await inPerson("carol")).not.toContain("nearly done");
});

it("the commander is warned in private before an update falls due, and told when two were missed", async () => {
  await using world = await open();
  const inPerson = personIn(world);
  await world.as("bob").in(`#${channel}`).joins();
  await world.as("bob").in(`#${channel}`).types("/incident lead");
  await world.ws.clock.advance("11m");
  expect(await inPerson("bob")).toContain("The next update is due at 14:51 UTC, in 5 min.");
  await world.ws.clock.advance("50m");
  // No policy is configured: nobody is threatened with calls that never come.
  expect(await inPerson("bob")).toMatch(
    /Two updates in a row were posted automatically.*people are waiting\./,
  );
});

it("deleting a message takes its words from what audiences and subscribers were told", async () => {
  await using world = await open();
  const inPerson = personIn(world);
  await world.as("carol").in("#general").types("/incident subscribe");
  const alice = world.as("alice").in(`#${channel}`);
  await alice.says("password is hunter2");
  await alice.reacts("pushpin", "hunter2");
  await world.ws.clock.advance("15m");
  await alice.clicks("Post as is");
  expect(await world.transcript("support")).toContain("hunter2");
  expect(await inPerson("carol")).toContain("hunter2");
  await alice.deletes("password is hunter2");
  for (const place of ["support", "leadership", "incidents", channel])
    expect(await world.transcript(place), place).not.toContain("hunter2");
  expect(await inPerson("carol")).not.toContain("hunter2");
});
