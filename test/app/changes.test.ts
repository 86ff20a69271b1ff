import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(words = "sev2 checkout 500s") {
  const world = await World.open();
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}
const count = (text: string, part: string) => text.split(part).length - 1;
const cardIn = (told: string) => told.split("Everything said in this channel is recorded")[0];

describe("a status by a word", () => {
  it("is one line in the channel and under the announcement, on card and announcement, and answered", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident update Looking");
    expect((await alice.types("/incident status identified")).answer).toContain(
      "INC-1 is IDENTIFIED: update 3 says so. The next one is due at 15:06 UTC.",
    );
    const line =
      "Update 3 · INC-1 checkout 500s · Status: IDENTIFIED, was INVESTIGATING · Next update: 15:06 UTC · by @alice";
    const told = await world.transcript(channel);
    expect(told).toContain(line);
    expect(told).toMatch(/INC-1 checkout 500s\n +Status: IDENTIFIED/);
    const announced = await world.transcript("incidents");
    expect(announced).toContain("Status: IDENTIFIED");
    expect(announced).toContain(line);
    expect(announced).not.toMatch(/\(from a thread\): Update 3/);
  });

  it("that says mitigated is watched, half as often", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident status mitigated");
    expect(await world.transcript(channel)).toContain(
      "Status: MONITORING, was INVESTIGATING · Next update: 15:36 UTC",
    );
  });

  it("that says fixed asks how, and the final update follows with its number", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident status identified");
    await alice.types("/incident status fixed");
    await alice.fills({ "What fixed it?": "Rolled back" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toMatch(
      /Update 3 \(final\) · INC-1 checkout 500s\n +Status: RESOLVED/,
    );
    expect((await alice.types("/incident status identified")).answer).toContain("so its status stays");
  });

  it("that says closed changes nothing on an open one and offers what there is", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident status closed")).answer).toContain("resolve it first");
    const after = await world.transcript(channel);
    expect(after).toContain("Status: INVESTIGATING");
    expect(after).not.toContain("Update 2");
  });

  it("answers the reminder that waits: it goes, and the grace passes quietly", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    expect(await world.transcript(channel)).toContain("Next update is due (14:51 UTC)");
    await alice.types("/incident status identified");
    expect(await world.transcript(channel)).not.toContain("update is due");
    await world.ws.clock.advanceTo("2024-02-15T15:20:59Z");
    const quiet = await world.transcript(channel);
    expect(quiet).not.toContain("automatic");
    expect(quiet).not.toContain("update is due");
    await world.ws.clock.advanceTo("2024-02-15T15:21:00Z");
    expect(await world.transcript(channel)).toContain("@alice Next update is due (15:21 UTC)");
  });

  it("delivered twice is told once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.deliveries.next("slash_commands", { duplicate: 2 });
    await alice.types("/incident status identified");
    const told = await world.transcript(channel);
    expect(count(told, "Update 2 ·")).toBe(1);
    expect(told).not.toContain("Update 3");
  });
});

describe("a severity", () => {
  it("that is raised is told at once, in the announcements channel too, and brings the first interval", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident update Looking");
    expect((await alice.types("/incident severity sev1 most users cannot pay")).answer).toContain(
      "INC-1 is SEV1: update 3 says so. The next one is due at 14:46 UTC.",
    );
    const line = "Severity: SEV1, was SEV2 (most users cannot pay) · Next update: 14:46 UTC · by @alice";
    const told = await world.transcript(channel);
    expect(told).toContain(`Update 3 · INC-1 checkout 500s · ${line}`);
    expect(told).toContain("Severity: SEV1 (Critical)");
    expect(await world.transcript("incidents")).toMatch(/\(from a thread\): Update 3 · .*was SEV2/);
    await world.ws.clock.advanceTo("2024-02-15T14:46:00Z");
    expect(await world.transcript(channel)).toContain("@alice Next update is due (14:46 UTC)");
  });

  it("that was given is lowered with a reason only: by words, or by the button that asks for it", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident severity sev3")).answer).toContain(
      "asks for a reason. Write it after the severity: `/incident severity sev3 only one region`",
    );
    await alice.clicks("Give the reason");
    await world.ws.settle();
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { Reason: expect.stringContaining("asks for a reason") },
    });
    await alice.fills({ Reason: "only one region" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain(
      "Severity: SEV3, was SEV2 (only one region) · Next update: 15:36 UTC",
    );
    expect(await world.transcript("incidents")).not.toMatch(/\(from a thread\): Update 3/);
  });

  it("that nobody gave is lowered without one, or confirmed, and then it is given", async () => {
    const { world, alice } = await declared("checkout 500s");
    await using _ = world;
    expect(await world.transcript(channel)).toContain("SEV2 (High), provisional");
    await alice.types("/incident sev 2");
    const confirmed = await world.transcript(channel);
    expect(confirmed).toContain("Severity: SEV2, confirmed · Next update: 14:51 UTC");
    // Slack's line about the topic that was set first stays.
    expect(cardIn(confirmed)).toContain("Severity: SEV2 (High)\n");
    expect(confirmed).toMatch(/set the channel topic: SEV2 · INVESTIGATING · no commander ‖$/);
    expect((await alice.types("/incident sev2")).answer).toContain("“sev2” is no command of its own");
    expect((await alice.types("/incident severity sev2")).answer).toContain("INC-1 is SEV2 already.");
  });

  it("is set from the card's menu", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.clicks("Change severity");
    await world.ws.settle();
    await alice.fills({
      Severity: "SEV1 Critical: Most users cannot use the product, or data is being lost",
    });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Severity: SEV1, was SEV2 · Next update: 14:46 UTC");
  });
});

describe("a title", () => {
  it("is told in the channel and changes card and announcement; the channel keeps its name", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident rename card payments fail")).answer).toContain(
      "INC-1 has its new title.",
    );
    const told = await world.transcript(channel);
    expect(told).toContain("INC-1 is now called “card payments fail”, was “checkout 500s” · by @alice");
    expect(told).toMatch(/INC-1 card payments fail\n +Status: INVESTIGATING/);
    expect(await world.transcript("incidents")).toContain("INC-1 card payments fail");
    expect(world.ws.channels()).toContain(channel);
  });

  it("is changed from the card's menu, also after the end", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve Rolled back");
    await world.ws.settle();
    await alice.clicks("Change title");
    await world.ws.settle();
    expect(alice.modal()?.values["Title"]).toBe("checkout 500s");
    await alice.fills({ Title: "Card payments fail" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("INC-1 is now called “Card payments fail”");
  });
});

describe("a post-mortem", () => {
  it("has the changes on its timeline, and the last severity and title in its head", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident severity sev1");
    await alice.types("/incident severity sev3 only one region");
    await alice.types("/incident status mitigating");
    await alice.types("/incident title Card payments fail in one region");
    await alice.types("/incident resolve Rolled back");
    await world.ws.settle();
    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("# Post-Mortem: Card payments fail in one region");
    expect(markdown).toContain("INC-1 (SEV3)");
    const timeline = markdown.split("## Timeline\n")[1]?.split("\n## ")[0]?.trim();
    const link = / \(\[source\]\(https:\S+\)\)$/;
    const entries = timeline?.split("\n") ?? [];
    expect(entries.map((entry) => entry.replace(link, ""))).toEqual([
      "- 14:36 - Declared as SEV2 by @alice",
      "- 14:36 - Severity SEV1, was SEV2, set by @alice",
      "- 14:36 - Severity SEV3, was SEV1, set by @alice: only one region",
      "- 14:36 - Status MITIGATING, was INVESTIGATING, set by @alice",
      "- 14:36 - Title “Card payments fail in one region”, was “checkout 500s”, set by @alice",
      "- 14:36 - Resolved by @alice: Rolled back",
    ]);
    // Each leads to a message of its own.
    expect(new Set(entries.map((entry) => link.exec(entry)?.[0])).size).toBe(6);
    expect(markdown).toContain("> Severity: SEV1, was SEV2 · Next update: 14:46 UTC");
    expect(world.ws.state.loud).toEqual([]);
  });
});

describe("while nobody reports", () => {
  it("a change of one line is not cited, and what was marked before it is still drafted", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.says("Rolling back");
    await alice.reacts("pushpin", "Rolling back");
    await alice.types("/incident status mitigating");
    await world.ws.clock.advanceTo("2024-02-15T15:06:00Z");
    expect(await world.transcript(channel)).toMatch(
      /Next update is due \(15:06 UTC\)[\s\S]*Current action: Rolling back/,
    );
  });
});
