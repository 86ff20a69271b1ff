import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const declare = "/incident declare sev2 checkout 500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types(declare);
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("a false alarm", () => {
  it("is cancelled by words: one final line, card and announcement finished, no clock, no post-mortem", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { answer } = await alice.types("/incident cancel a load test ran");
    expect(answer).toContain("INC-1 is CANCELLED: its clocks are stopped");
    const told = await world.transcript(channel);
    expect(told).toContain("Status: CANCELLED, a false alarm (a load test ran) · No further updates");
    expect(told).toMatch(/INC-1 checkout 500s\n +Status: CANCELLED/);
    expect(told).toMatch(/Cancelled: 14:36 UTC by @alice: a load test ran/);
    expect(told).toContain("[Reopen]");
    const announced = await world.transcript("incidents");
    expect(announced).toContain("Status: CANCELLED");
    expect(announced).toMatch(/\(from a thread\): .*a false alarm/);
    await world.ws.clock.advance("3h");
    const later = await world.transcript(channel);
    expect(later).not.toContain("update is due");
    expect(later).not.toContain("post-mortem");
    expect((await alice.types("/incident list")).answer).toContain("No incident is open");
    expect((await alice.types("/incident cancel again")).answer).toContain(
      "INC-1 was cancelled at 14:36 UTC already",
    );
  });

  it("by a status asks why in a form, which takes another incident too", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident status cancelled");
    await alice.fills({ "Or the same as another incident": "INC-1" });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { "Or the same as another incident": expect.stringContaining("this very incident") },
    });
    await alice.fills({ "Or the same as another incident": null, "Why is it no incident?": "only a test" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("a false alarm (only a test)");
  });

  it("that was pressed twice is told once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.deliveries.next("slash_commands", { duplicate: 2 });
    await alice.types("/incident cancel a test");
    expect(count(await world.transcript(channel), "a false alarm (a test) ·")).toBe(1);
  });
});

describe("an incident that came back and was cancelled after all", () => {
  it("tells it in the order in which it happened", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident cancel a load test ran");
    await alice.types("/incident reopen errors again");
    await alice.types("/incident cancel the test again");
    await world.ws.settle();
    expect(await world.transcript(channel)).toMatch(
      /Reopened: 14:36 UTC by @alice.*: errors again\n +Cancelled: 14:36 UTC by @alice: the test again/,
    );
  });
});

describe("a duplicate", () => {
  it("is cancelled, links both cards, and brings people into the other channel", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.as("bob").in("#general").types("/incident declare sev2 payments fail");
    await world.ws.settle();
    const bob = world.as("bob").in("#inc-2-payments-fail");
    expect((await bob.types("/incident duplicate INC-7")).answer).toContain("There is no INC-7");
    expect((await bob.types("/incident duplicate INC-2")).answer).toContain("this very incident");
    expect((await bob.types("/incident duplicate nonsense")).answer).toContain("/incident duplicate INC-41");
    expect((await bob.types("/incident duplicate inc-1")).answer).toContain(
      "INC-2 is CANCELLED as the same as INC-1",
    );
    const left = await world.transcript("inc-2-payments-fail");
    expect(left).toContain("Status: CANCELLED, the same as INC-1 · No further updates");
    expect(left).toMatch(/The same as: INC-1 #inc-1-checkout-500s/);
    const stays = await world.transcript(channel);
    expect(stays).toMatch(/The same: INC-2 #inc-2-payments-fail was cancelled as a duplicate/);
    expect(stays).toContain("INC-2 is the same");
    expect(stays).not.toContain("@bob has joined");
    await bob.clicks("Join INC-1");
    await world.ws.settle();
    expect(bob.sees().at(-1)).toContain("being brought into");
    expect(await world.transcript(channel)).toContain("@bob has joined");

    const alice = world.as("alice").in(`#${channel}`);
    expect((await alice.types("/incident duplicate INC-2")).answer).toContain(
      "INC-2 was cancelled as the same as this one already",
    );
    await bob.types("/incident reopen it was another thing");
    const again = await world.transcript(channel);
    expect(again).toContain("INC-2 was reopened: it is not the same any more");
    expect(again).not.toContain("The same: INC-2");
  });
});

describe("a reopened incident", () => {
  it("runs again: one line, live card and announcement, a promise; and names the calm in its post-mortem", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advance("30m");
    const refused = await alice.types("/incident status identified");
    expect(refused.answer).toContain("If it is back, reopen it");
    await alice.clicks("Reopen", { in: "If it is back" });
    await alice.fills({ "Why is it taken up again?": "errors are back" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toContain(
      "Reopened (errors are back): INVESTIGATING, was RESOLVED · Next update: 15:21 UTC · by @alice",
    );
    expect(told).toMatch(/INC-1 checkout 500s\n +Status: INVESTIGATING/);
    expect(told).toContain("came back after this draft");
    expect(await world.transcript("incidents")).toMatch(/\(from a thread\): .*errors are back/);
    await world.ws.clock.advanceTo("2024-02-15T15:21:00Z");
    expect(await world.transcript(channel)).toContain("Next update is due (15:21 UTC)");
    await alice.types("/incident resolve pool grown");
    const after = await world.transcript(channel);
    expect(count(after, "INC-1-post-mortem.md")).toBe(2);
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toMatch(/\(45 minutes\), calm 14:36 - 15:06 UTC \(30 minutes\)/);
    expect(markdown).toContain("Reopened by @alice, was RESOLVED: errors are back");
    expect(markdown).toMatch(/Resolved by @alice.*: rolled back/);
    expect(markdown).toMatch(/Resolved by @alice.*: pool grown/);
  });

  it("whose channel is archived says how a person brings it back, and goes on when it is", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await world.ws.settle();
    await alice.archives();
    const general = world.as("alice").in("#general");
    expect((await general.types("/incident INC-1 reopen errors are back")).answer).toContain(
      "Slack lets no app bring one back",
    );
    await world.ws.settle();
    expect(general.directMessages()).toContain("Unarchive channel");
    expect(await world.transcript("incidents")).toContain("errors are back");
    expect(await world.transcript(channel)).not.toContain("errors are back");
    await alice.unarchives();
    const told = await world.transcript(channel);
    expect(told).toContain("Reopened (errors are back)");
    expect(told).toMatch(/INC-1 checkout 500s\n +Status: INVESTIGATING/);
    expect(general.directMessages()).toContain("is back");
  });

  it("resolved while its channel is archived posts the draft once the channel is back", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.archives();
    const general = world.as("alice").in("#general");
    await general.types("/incident INC-1 resolve rolled back");
    await world.ws.settle();
    expect(await world.transcript(channel)).not.toContain("post-mortem");
    await alice.unarchives();
    const told = await world.transcript(channel);
    expect(count(told, "INC-1-post-mortem.md")).toBe(1);
    expect(told).toContain("post-mortem draft");
    expect(told).not.toContain("refused");
    expect((await world.app.store.outboxCounts(world.ws.clock.now())).dead).toBe(0);
  });
});

describe("closing", () => {
  it("says what is missing, with buttons for it, and comes by itself once all is there", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident close")).answer).toContain(
      "INC-1 is INVESTIGATING: resolve it first",
    );
    await alice.types("/incident resolve rolled back");
    await alice.types("/incident action add a circuit breaker");
    const { answer } = await alice.types("/incident status closed");
    expect(answer).toContain(
      "its post-mortem is neither published nor waived, and one action item has no owner",
    );
    await alice.clicks("Owner of “add a circuit breaker”");
    await alice.fills({ Owner: "@bob" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).not.toContain("CLOSED");
    await alice.clicks("Publish", { in: "post-mortem draft" });
    const told = await world.transcript(channel);
    expect(told).toContain(
      "INC-1 is CLOSED. Its post-mortem is published, and every action item has an owner.",
    );
    expect(told).toMatch(/INC-1 checkout 500s\n +Status: CLOSED/);
    expect(told).toContain("The post-mortem of INC-1 is published.");
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("**Status:** Published");
    expect((await alice.types("/incident action one more")).answer).toContain("recorded for INC-1");
    expect((await alice.types("/incident close")).answer).toContain("closed already");
  });

  it("takes a waived post-mortem, with the reason", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await alice.clicks("Waive", { in: "post-mortem draft" });
    await alice.fills({ "Why does nobody need to write it?": "INC-0 has one" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toContain("INC-1 is CLOSED. Its post-mortem is waived");
    await alice.types("/incident reopen it is back");
    expect(await world.transcript(channel)).toContain("was CLOSED");
  });
});

describe("the post-mortem’s owner", () => {
  it("is named and may decline; somebody else takes it up and is reminded in working hours", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    expect(await world.transcript(channel)).toContain("Owner: @alice.");
    await alice.clicks("Not me", { in: "post-mortem draft" });
    expect(await world.transcript(channel)).toContain("@alice does not write the post-mortem of INC-1");
    const bob = world.as("bob").in(`#${channel}`);
    await world.as("bob").in(`#${channel}`).joins();
    await bob.clicks("I write it", { in: "post-mortem draft" });
    expect(await world.transcript(channel)).toContain("Owner: @bob.");
    // Five working days after Thursday.
    await world.ws.clock.advanceTo("2024-02-22T14:35:00Z");
    expect(bob.directMessages()).not.toContain("was to be published");
    await world.ws.clock.advanceTo("2024-02-22T14:37:00Z");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("The post-mortem of INC-1 checkout 500s was to be published");
    await world.as("bob").in("@sitrep").clicks("Publish");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("is published");
    await world.ws.clock.advance("30d");
    await world.ws.settle();
    expect(count(bob.directMessages(), "was to be published")).toBe(0);
  });
});

describe("the channel of a closed incident", () => {
  const settings = "channels:\n  archiveAfter: 7d\n";

  it("is archived after a notice", async () => {
    const { world, alice } = await declared({ settings });
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await alice.clicks("Publish", { in: "post-mortem draft" });
    await world.ws.settle();
    await world.ws.clock.advanceTo("2024-02-21T14:30:00Z");
    expect(await world.transcript(channel)).not.toContain("is archived at");
    await world.ws.clock.advanceTo("2024-02-21T14:40:00Z");
    expect(await world.transcript(channel)).toContain("this channel is archived at 2024-02-22 14:36 UTC");
    await world.ws.clock.advanceTo("2024-02-22T14:40:00Z");
    await world.ws.settle();
    expect(world.ws.channel(channel).archived).toBe(true);
  });

  it("stays when somebody keeps it", async () => {
    const { world, alice } = await declared({ settings });
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await alice.clicks("Publish", { in: "post-mortem draft" });
    await world.ws.clock.advanceTo("2024-02-21T14:40:00Z");
    await alice.clicks("Keep");
    expect(await world.transcript(channel)).toContain("The channel stays: @alice keeps it.");
    await world.ws.clock.advance("30d");
    await world.ws.settle();
    expect(world.ws.channel(channel).archived).toBe(false);
  });
});
