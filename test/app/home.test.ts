import { expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

const seenBy = (person: { sees(): string[] }) => person.sees().join("\n");

it.each(["http", "socket"] as const)(
  "App Home shows what is open and declares, over %s",
  async (transport) => {
    await using world = await World.open({ transport });
    const alice = world.as("alice");
    await alice.opensHome();
    await world.ws.settle();
    expect(alice.home()).toContain("No incident is open.");
    await alice.clicksAtHome("Declare incident");
    await alice.fills({ Title: "checkout 500s" });
    await alice.submits();
    await world.ws.settle();
    await alice.opensHome();
    await world.ws.settle();
    expect(alice.home()).toContain("INC-1 checkout 500s");
    expect(alice.home()).toContain("INVESTIGATING");
  },
);

it("App Home shows what waits on whoever looks, and lets an overdue update be posted", async () => {
  await using world = await World.open();
  const alice = world.as("alice");
  await alice.in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await alice.in(`#${channel}`).types("/incident lead");
  await world.ws.clock.advance("16m");
  await alice.opensHome();
  await world.ws.settle();
  expect(alice.home()).toContain("You are commander.");
  expect(alice.home()).toContain("An update has been due since 14:51 UTC.");
  await alice.clicksAtHome("Update");
  await alice.fills({ "Current action": "rolling back" });
  await alice.submits();
  expect(await world.transcript(channel)).toContain("Current action: rolling back");
  await world.as("bob").opensHome();
  await world.ws.settle();
  expect(world.as("bob").home()).toMatch(/Waits on you\s+Nothing\./);
});

it("stats count incidents and give the times with their number", async () => {
  await using world = await World.open();
  const alice = world.as("alice");
  await alice.in("#general").types("/incident stats");
  expect(seenBy(alice.in("#general"))).toContain("The last 30 days: 0 incidents");
  await alice.in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const there = alice.in(`#${channel}`);
  await there.types("/incident log 14:30 deployed");
  await there.types("/incident timeline");
  await there.clicks("Edit 14:30 UTC deployed");
  await there.fills({ "Use its time as": "Started: when the impact began" });
  await there.submits();
  await world.ws.clock.advance("10m");
  await there.types("/incident lead");
  await there.types("/incident resolve rolled back");
  await there.types("/incident stats 7d");
  const seen = seenBy(there);
  expect(seen).toContain("The last 7 days: 1 incident");
  expect(seen).toContain("SEV1 0 · SEV2 1");
  expect(seen).toContain("Time to acknowledge: median 16 minutes, p90 16 minutes (n = 1)");
  expect(seen).toContain("Time to mitigate: not recorded (n = 0, 1 missing)");
  await there.types("/incident stats soon");
  expect(seenBy(there)).toContain("“soon” is no number of days");
});

it("App Home shows what the configuration names and Slack does not have, but to no guest", async () => {
  await using world = await World.open({
    people: ["alice", { name: "gil", restricted: true }],
    channels: ["general"],
  });
  const [alice, gil] = [world.as("alice"), world.as("gil")];
  await alice.opensHome();
  await gil.opensHome();
  await world.ws.settle();
  expect(alice.home()).toMatch(
    /Wrong with the configuration[^]*channels\.announcements: Slack shows Sitrep no channel #incidents/,
  );
  expect(gil.home()).toContain("Open incidents");
  expect(gil.home()).not.toContain("configuration");
});

it("App Home subscribes to the updates, and ends that", async () => {
  await using world = await World.open();
  const alice = world.as("alice");
  await alice.opensHome();
  await world.ws.settle();
  await alice.clicksAtHome("Send me each update");
  await world.ws.settle();
  expect(alice.directMessages()).toContain("From now on you get each update");
  expect(alice.home()).toContain("[Send me no more updates]");
  await world.as("bob").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).types("/incident update rolling back");
  await world.ws.settle();
  expect(alice.directMessages()).toContain("Current action: rolling back");
  await alice.clicksAtHome("Send me no more updates");
  await world.ws.settle();
  expect(alice.home()).toContain("[Send me each update]");
  await world.as("bob").in(`#${channel}`).types("/incident update rolled back");
  await world.ws.settle();
  expect(alice.directMessages()).not.toContain("Current action: rolled back");
  const general = alice.in("#general");
  await general.types("/sitrep subscribe");
  await general.clicks("Send me no more updates");
  await world.ws.settle();
  expect(seenBy(general)).toContain("You get no more updates by direct message.");
});

it("stats come out as by hand, without what was cancelled, rehearsed or private", async () => {
  await using world = await World.open();
  const { ws } = world;
  const general = world.as("alice").in("#general");
  const declared = async (words: string, began: string) => {
    await general.types(`/incident declare ${words}`);
    await ws.settle();
    const name = ws.channels().findLast((each) => each.startsWith("inc-")) ?? "";
    const there = world.as("alice").in(`#${name}`);
    await there.types(`/incident log ${began} began`);
    await there.types("/incident timeline");
    await there.clicks(`Edit ${began} UTC began`);
    await there.fills({ "Use its time as": "Started: when the impact began" });
    await there.submits();
    return there;
  };
  const resolved = async (there: Awaited<ReturnType<typeof declared>>, commander: number, end: number) => {
    await ws.clock.advance(`${commander}m`);
    await there.types("/incident lead");
    await ws.clock.advance(`${end}m`);
    await there.types("/incident resolve");
    await there.submits();
    await ws.settle();
  };
  // Begun 10 min before: acknowledged after 15, resolved after 30. Its second update was late.
  await resolved(await declared("sev1 alpha broken", "14:26"), 5, 15);
  // Begun 2 min before: acknowledged after 5, resolved after 10.
  await resolved(await declared("sev2 beta gone", "14:54"), 3, 5);
  await resolved(await declared("sev2 --drill gamma", "14:59"), 1, 1);
  await resolved(await declared("sev2 --private delta", "14:59"), 1, 1);
  await (await declared("sev3 epsilon", "14:59")).types("/incident cancel false alarm");
  const { answer } = await general.types("/incident stats");
  expect(answer).toContain("The last 30 days: 2 incidents");
  expect(answer).toContain("SEV1 1 · SEV2 1 · SEV3 0 · SEV4 0");
  expect(answer).toContain("Time to acknowledge: median 10 minutes, p90 15 minutes (n = 2)");
  expect(answer).toContain("Time to resolve: median 20 minutes, p90 30 minutes (n = 2)");
  expect(answer).toContain("Update promises kept: 2 of 3");
});
