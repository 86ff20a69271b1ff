import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(transport: "http" | "socket" = "http") {
  const world = await World.open({ transport });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob").in(`#${channel}`) };
}
const timelineOf = async (world: World): Promise<string[]> => {
  await world.ws.settle();
  const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
  const section = markdown.split("## Timeline\n")[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("- "))
    .map((line) => line.replace(/ \(\[source.*$/, ""));
};

const seenBy = (person: { sees(): string[] }) => person.sees().join("\n");

describe.each(["http", "socket"] as const)("the timeline over %s", (transport) => {
  it("is shown to the asker, and an entry is reworded, retimed and used as the start", async () => {
    const { world, alice } = await declared(transport);
    await using _ = world;
    await alice.types("/incident log 14:30 Deployed v2.3.2");
    await alice.types("/incident timeline");
    expect(seenBy(alice)).toContain("14:30 UTC - Deployed v2.3.2");
    await alice.clicks("Edit 14:30 UTC Deployed v2.3.2");
    await alice.fills({
      "What happened": "Deployed v2.3.2 with new retry logic",
      "When (UTC)": "14:28",
      "Use its time as": "Started: when the impact began",
    });
    await alice.submits();
    expect(await timelineOf(world)).toEqual([
      "- 14:28 - Deployed v2.3.2 with new retry logic",
      "- 14:36 - Declared as SEV2 by @alice",
    ]);
    const transcript = await world.transcript(channel);
    expect(transcript).toContain(
      "Timeline: The entry of 14:30 UTC was reworded, moved to 14:28 UTC, used as the time of “started” by @alice",
    );
    expect(transcript).toMatch(/Started: 14:28 UTC/);
  });
});

describe("marks", () => {
  it("are Slack’s pin as well, and the entry stays while any mark remains", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await bob.says("connection pool is exhausted");
    await alice.pins("connection pool is exhausted");
    await bob.reacts("pushpin", "connection pool is exhausted");
    await alice.unpins("connection pool is exhausted");
    expect(await timelineOf(world)).toContain("- 14:36 - connection pool is exhausted");
    await bob.unreacts("pushpin", "connection pool is exhausted");
    expect(await timelineOf(world)).not.toContain("- 14:36 - connection pool is exhausted");
  });

  it("are made by the shortcut too, once, and taken back", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await bob.says("connection pool is exhausted");
    await world.ws.clock.advance("2m");
    await alice.uses("Add to timeline", "connection pool is exhausted");
    await world.ws.settle();
    expect(seenBy(alice)).toContain("on the timeline of INC-1 at its own time, 14:36 UTC");
    await alice.uses("Add to timeline", "connection pool is exhausted");
    expect((await timelineOf(world)).filter((line) => line.includes("exhausted"))).toHaveLength(1);
    await alice.clicks("Undo");
    expect(await timelineOf(world)).not.toContain("- 14:36 - connection pool is exhausted");
  });

  it("that are gone leave an entry that was edited by hand hidden, not lost", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await bob.says("pool exhausted");
    await bob.reacts("pushpin", "pool exhausted");
    await alice.types("/incident timeline");
    await alice.clicks("Edit 14:36 UTC pool exhausted");
    await alice.fills({ "What happened": "The connection pool was exhausted" });
    await alice.submits();
    await bob.unreacts("pushpin", "pool exhausted");
    expect(await timelineOf(world)).toEqual(["- 14:36 - Declared as SEV2 by @alice"]);
    await alice.types("/incident timeline");
    expect(seenBy(alice)).toContain("The connection pool was exhausted (hidden)");
  });
});

it("a message from elsewhere becomes an entry of the incident that is chosen", async () => {
  const { world } = await declared();
  await using _ = world;
  await world.as("bob").in("#general").says("customers report errors at checkout");
  await world.as("alice").in("#general").uses("Add to timeline", "customers report errors");
  await world.as("alice").fills({ "What happened": "Customers report errors" });
  await world.as("alice").submits();
  expect(await timelineOf(world)).toContainEqual(expect.stringContaining("Customers report errors"));
  expect(await world.transcript(channel)).toContain("Customers report errors (message");
});

it("deleting a message erases what was written in its place", async () => {
  const { world, alice, bob } = await declared();
  await using _ = world;
  await bob.says("the password is hunter2");
  await bob.reacts("pushpin", "hunter2");
  await alice.types("/incident timeline");
  await alice.clicks("Edit 14:36 UTC the password is hunter2");
  await alice.fills({ "What happened": "somebody wrote hunter2 here" });
  await alice.submits();
  await bob.deletes("the password is hunter2");
  const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
  expect(markdown).not.toContain("hunter2");
  const state = await world.app.store.incident(1);
  expect(JSON.stringify(state)).not.toContain("hunter2");
});
