import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("an action item", () => {
  it("is recorded by a line, shown in the channel, and echoed with the day that was understood", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { answer } = await alice.types("/incident action add a circuit breaker @bob fri");
    expect(answer).toContain("Action item recorded for INC-1: owner @bob, due Friday 2024-02-16.");
    const told = await world.transcript(channel);
    expect(told).toMatch(/☐ add a circuit breaker\n +@bob · due Friday 2024-02-16/);
    await alice.clicks("Edit", { in: "recorded for INC-1" });
    await alice.fills({ Due: "2024-02-20", Owner: "@alice" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toMatch(/@alice · due Tuesday 2024-02-20/);
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("- [ ] add a circuit breaker (Owner: @alice, Due: 2024-02-20)");
  });

  it("is undone, brought back and done, each in its one message", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident todo load test retries");
    await alice.clicks("Undo");
    expect(await world.transcript(channel)).toContain("dropped by @alice");
    await alice.clicks("Bring back", { in: "load test retries" });
    expect(await world.transcript(channel)).toContain("nobody owns it yet · no due day");
    await alice.clicks("Done", { in: "load test retries" });
    const told = await world.transcript(channel);
    expect(told).toMatch(/☑ load test retries\n +done by @alice/);
    expect(count(told, "load test retries")).toBe(1);
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("- [x] load test retries (Owner: _not recorded_, Due: _not recorded_)");
  });

  it("comes from a message, by the shortcut and its form", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.says("we must watch the pool @channel next time");
    await alice.uses("Create action item", { message: "watch the pool" });
    await alice.fills({ Owner: "@bob" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toMatch(/☐ we must watch the pool @channel next time\n +@bob · no due day/);
    const general = world.as("alice").in("#general");
    await general.says("somewhere else");
    await general.uses("Create action item", { message: "somewhere else" });
    await world.ws.settle();
    expect(general.sees().at(-1)).toContain("no incident’s channel");
  });

  it("cannot be given to an app, nor be due in the past", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident action fix it 2024-02-01")).answer).toContain(
      "Thursday 2024-02-01 is past",
    );
    await alice.types("/incident action");
    await alice.fills({ "What is to be done?": "fix it", Owner: "@sitrep" });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { Owner: expect.stringContaining("app") },
    });
    expect(await world.transcript(channel)).not.toContain("☐");
  });

  it("is listed in pages, however many there are, and changed on them", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    for (let n = 1; n <= 30; n++) await alice.types(`/incident action item number ${n} @bob`);
    const { answer } = await alice.types("/incident actions");
    expect(answer).toContain("Action items of INC-1: 30 open, 0 done or dropped. Page 1 of 4.");
    await alice.clicks("More");
    await world.ws.settle();
    expect(alice.sees().at(-1)).toContain("Page 2 of 4");
    await alice.clicks("Done", { in: "Page 2 of 4" });
    await world.ws.settle();
    expect(alice.sees().at(-1)).toContain("29 open, 1 done or dropped. Page 2 of 4");
  });
});

describe("the owner of an action item", () => {
  it("hears of it on the day it is due, in working hours, once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const bob = world.as("bob").in(`#${channel}`);
    await alice.types("/incident action add a circuit breaker @bob tomorrow");
    await world.ws.clock.advanceTo("2024-02-16T08:59:00Z");
    expect(bob.directMessages()).not.toContain("circuit breaker");
    await world.ws.clock.advanceTo("2024-02-16T09:01:00Z");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("Due, INC-1");
    await world.as("bob").in("@sitrep").clicks("Done");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("☑ add a circuit breaker");
    expect(await world.transcript(channel)).toContain("☑ add a circuit breaker");
  });

  it("gets a list on Mondays, which ends when nothing is open", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const bob = world.as("bob").in(`#${channel}`);
    await alice.types("/incident action add a circuit breaker @bob");
    await alice.types("/incident action write a test @bob");
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advanceTo("2024-02-19T09:01:00Z");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("2 action items of INC-1 checkout 500s wait for you.");
    await world.as("bob").in("@sitrep").clicks("Done", { in: "circuit breaker" });
    await world.ws.settle();
    expect(bob.directMessages()).toContain("One action item of INC-1");
    await world.ws.clock.advanceTo("2024-02-26T09:01:00Z");
    await world.ws.settle();
    expect(count(bob.directMessages(), "One action item of INC-1")).toBe(2);
    await alice.clicks("Done", { in: "write a test" });
    await world.ws.clock.advanceTo("2024-03-18T09:01:00Z");
    await world.ws.settle();
    expect(count(bob.directMessages(), "are done.")).toBe(2);
  });
});

describe("what people write", () => {
  it("mentions nobody, links nowhere and fits, wherever it is shown", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const hostile = `<!channel> *bold* [x](javascript:alert(1)) | \`code\` ${"long ".repeat(550)}`;
    for (let n = 0; n < 12; n++) {
      await alice.types("/incident action");
      await alice.fills({ "What is to be done?": hostile, Owner: "@bob", Due: "2024-02-16" });
      expect((await alice.submits()).ok).toBe(true);
    }
    await alice.types("/incident actions");
    expect(alice.sees().at(-1)).toContain("Page 1 of 2");
    await alice.types("/incident resolve done");
    await alice.clicks("Waive", { in: "post-mortem draft" });
    await alice.fills({ "Why does nobody need to write it?": hostile });
    expect((await alice.submits()).ok).toBe(true);
    await alice.types("/incident reopen");
    await alice.fills({ "Why is it taken up again?": hostile });
    expect((await alice.submits()).ok).toBe(true);
    await alice.types("/incident cancel");
    await alice.fills({ "Why is it no incident?": hostile });
    expect((await alice.submits()).ok).toBe(true);
    await world.ws.clock.advanceTo("2024-02-19T09:01:00Z");
    const told = await world.transcript(channel);
    expect(told).toContain("Status: CANCELLED");
    expect(told).not.toContain("Slack refused");
    expect(world.as("bob").in(`#${channel}`).directMessages()).toContain("12 action items");
  });
});
