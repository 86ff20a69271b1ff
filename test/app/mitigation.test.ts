import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const quiet = "prompts: { atMostEvery: off }\n";

async function declared(words = "sev2 checkout 500s", options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob").in(`#${channel}`) };
}
const exported = async (world: World) => (await world.api("/api/incidents/INC-1/postmortem.md")).text();
const count = (text: string, part: string) => text.split(part).length - 1;
type Person = Awaited<ReturnType<typeof declared>>["alice"];

async function records(who: Person, option: string, what: string, stage = "Not started yet") {
  await who.types("/incident mitigate");
  await who.clicks(option);
  await who.fills({ "What exactly?": what, "How far is it?": stage });
  return who.submits();
}

describe("mitigate", () => {
  it("offers the five in their order, each with its guidance, to the asker alone", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    const { answer } = await bob.types("/incident mitigate");
    expect(answer).toMatch(
      /1\. Rollback: the safest[\s\S]*2\. Feature flag off[\s\S]*3\. Traffic routing[\s\S]*4\. Graceful degradation[\s\S]*5\. Emergency fix: the last resort/,
    );
    expect(answer).toContain(
      "[Rollback] [Feature flag off] [Traffic routing] [Graceful degradation] [Emergency fix]",
    );
    expect(await world.transcript(channel)).not.toContain("Graceful");
  });

  it("is decided, started and worked: the channel, the updates and the post-mortem tell it", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await world.ws.clock.advance("4m");
    expect((await records(bob, "Rollback", "payment service to v2.3.1")).ok).toBe(true);
    const decided = await world.transcript(channel);
    expect(decided).toContain("Rollback: payment service to v2.3.1");
    expect(decided).toContain("Not started yet · owner @bob · decided 14:40 UTC");
    expect(decided).toContain("[Start] [Abandon]");
    expect(decided).not.toContain("MITIGATING");

    await world.ws.clock.advance("1m");
    await bob.clicks("Start");
    const running = await world.transcript(channel);
    expect(running).toContain("Running · owner @bob · decided 14:40 UTC · started 14:41 UTC");
    expect(running).toContain("[Worked] [Did not] [Abandon]");
    expect(running).toContain("Status: MITIGATING, was INVESTIGATING");
    expect(running).toContain("Current action: Rolling back payment service to v2.3.1");
    expect(await world.transcript("incidents")).toContain(
      "Current action: Rolling back payment service to v2.3.1",
    );

    await world.ws.clock.advance("3m");
    await bob.clicks("Worked");
    const worked = await world.transcript(channel);
    expect(worked).toContain("Worked 14:44 UTC after 3 min, said @bob");
    expect(worked).toContain("[Set MONITORING] [Did not work] [Still running]");
    await bob.clicks("Set MONITORING");
    const watched = await world.transcript(channel);
    expect(watched).toContain("Status: MONITORING, was MITIGATING");
    expect(watched).not.toContain("[Set MONITORING]");
    const markdown = await exported(world);
    expect(markdown).toContain(
      "- 14:40 - Mitigation decided by @bob, owner @bob: rollback, payment service to v2.3.1",
    );
    expect(markdown).toContain(
      "- 14:41 - Mitigation started: Rolling back payment service to v2.3.1 (owner @bob)",
    );
    expect(markdown).toContain(
      "- 14:44 - Mitigation worked: rollback, payment service to v2.3.1 (said by @bob)",
    );
    expect(markdown).toMatch(/\*\*Mitigate:\*\* 8 minutes/);
  });

  it("that worked is proposed as what fixed it", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await records(bob, "Rollback", "payment service to v2.3.1", "It has worked");
    await bob.types("/incident resolve");
    await world.ws.settle();
    expect(bob.modal()?.values["What fixed it?"]).toBe("Rolled back payment service to v2.3.1");
    expect((await bob.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain(
      "Current action: Rolled back payment service to v2.3.1",
    );
  });

  it("takes an emergency fix with the reason against a rollback, and its earlier start", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("20m");
    await alice.types("/incident mitigate");
    await alice.clicks("Emergency fix");
    await alice.fills({
      "What exactly?": "limit the retries to 2",
      "Why not rollback?": "the schema has changed",
      "How far is it?": "Started",
      "Started, if earlier than now (UTC)": "14:50",
    });
    expect((await alice.submits()).ok).toBe(true);
    const shown = await world.transcript(channel);
    expect(shown).toContain("Why not rollback: the schema has changed");
    expect(shown).toContain("started 14:50 UTC");
    expect(await exported(world)).toContain(
      "- 14:50 - Mitigation started: Emergency fix: limit the retries to 2 (owner @alice); no rollback: the schema has changed",
    );
  });

  it("with its option behind the word opens that form; another word does nothing and says so", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident mitigate roll back payment service to v2.3.1");
    await alice.fills({ "How far is it?": "Started" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Rolling back payment service to v2.3.1");
    const { answer } = await alice.types("/incident mitigate pray");
    expect(answer).toContain("`pray` names none of them, so nothing was done.");
    expect(answer).toContain("[Rollback]");
  });

  it("refuses a start to come, in the form, with what was typed kept", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident mitigate flag");
    await alice.fills({
      "What exactly?": "new-checkout",
      "Started, if earlier than now (UTC)": "2030-01-01 10:00",
    });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { "Started, if earlier than now (UTC)": expect.stringContaining("has not come yet") },
    });
  });

  it("shows hostile words as they were typed, and they neither mention nor link", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await records(alice, "Rollback", "<!channel> *x* <https://evil.example|y> & `z`", "Started");
    expect(await world.transcript(channel)).toContain(
      "Rolling back <!channel> *x* <https://evil.example|y> & `z`",
    );
    expect(await exported(world)).not.toContain("](https://evil.example");
  });

  it("pressed twice, and submitted twice, happens once, and the second is told", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    world.ws.deliveries.next("view_submission", { duplicate: 2 });
    await records(bob, "Rollback", "payments");
    await bob.clicks("Start");
    await world.ws.settle();
    expect(count(await world.transcript(channel), "Rollback: payments")).toBe(1);
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await bob.clicks("Worked");
    await world.ws.settle();
    const told = await alice.types("/incident status mitigated");
    expect(told.answer).not.toContain("Which mitigation");
    expect(count(await exported(world), "Mitigation worked")).toBe(1);
  });

  it("that was said to have worked by mistake is taken back", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await records(bob, "Rollback", "payments", "Started");
    await bob.clicks("Worked");
    await world.ws.settle();
    await bob.clicks("Still running");
    expect(await world.transcript(channel)).toContain("Running · owner @bob");
    expect(await exported(world)).not.toContain("Mitigation worked");
  });
});

describe("a running mitigation", () => {
  it("fills the draft of the next update, with its source", async () => {
    const { world, bob } = await declared("sev2 checkout 500s", {
      settings: "mitigation: { promptAfter: off }\n",
    });
    await using _ = world;
    await world.ws.clock.advance("2m");
    await records(bob, "Emergency fix", "limit the retries", "Started");
    await bob.says("error rate falls");
    await bob.reacts("pushpin", "error rate falls");
    await world.ws.clock.advance("30m");
    const shown = await world.transcript(channel);
    expect(shown).toMatch(/Next update is due[\s\S]*Current action: Emergency fix: limit the retries/);
    expect(shown).toContain("Current action from mitigation of 14:38 UTC");
  });

  it("past its expected time asks its owner once, and goes when answered", async () => {
    const { world, bob } = await declared("sev2 checkout 500s", { settings: quiet });
    await using _ = world;
    await records(bob, "Rollback", "payments", "Started");
    await world.ws.clock.advanceTo("2024-02-15T14:40:59Z");
    expect(await world.transcript(channel)).not.toContain("How did it go?");
    await world.ws.clock.advance("6m");
    const asked = await world.transcript(channel);
    expect(asked).toMatch(/@bob Rolling back payments has run for \d+ min; rollback takes 5 min as a rule/);
    await bob.clicks("Still running");
    const kept = await world.transcript(channel);
    expect(kept).not.toContain("How did it go?");
    expect(kept).toContain("Still running, said @bob at");
    await world.ws.clock.advance("20m");
    expect(await world.transcript(channel)).not.toContain("How did it go?");
  });
});

describe("where nothing has been started after 15 minutes", () => {
  it("one person is asked once; a reason is recorded and shown, with the other options", async () => {
    const { world, alice } = await declared("sev2 checkout 500s", { settings: quiet });
    await using _ = world;
    await world.ws.clock.advanceTo("2024-02-15T14:50:59Z");
    expect(await world.transcript(channel)).not.toContain("No mitigation has been started");
    await world.ws.clock.advanceTo("2024-02-15T14:51:01Z");
    expect(await world.transcript(channel)).toMatch(/@alice No mitigation has been started in 15 min/);
    await alice.clicks("Not possible because…");
    await alice.fills({ "A rollback is not possible because…": "the schema has changed" });
    expect((await alice.submits()).ok).toBe(true);
    const shown = await world.transcript(channel);
    expect(shown).toContain("Rollback not possible: the schema has changed");
    expect(shown).not.toContain("No mitigation has been started");
    await alice.clicks("Other options");
    await world.ws.settle();
    expect(alice.sees().at(-1)).toContain("[Traffic routing]");
    expect(await exported(world)).toContain("Rollback not possible, said by @alice: the schema has changed");
  });

  it("Start rollback records it as running, and the question goes", async () => {
    const { world, alice } = await declared("sev1 checkout 500s", { settings: quiet });
    await using _ = world;
    await world.ws.clock.advance("16m");
    await alice.clicks("Start rollback");
    await alice.fills({ "What exactly?": "payments" });
    expect((await alice.submits()).ok).toBe(true);
    const shown = await world.transcript(channel);
    expect(shown).toContain("Running · owner @alice");
    expect(shown).not.toContain("No mitigation has been started");
  });

  it("nobody is asked about a SEV3 until it is raised", async () => {
    const { world, alice } = await declared("sev3 checkout 500s", { settings: quiet });
    await using _ = world;
    await world.ws.clock.advance("20m");
    expect(await world.transcript(channel)).not.toContain("No mitigation has been started");
    await alice.types("/incident severity sev2 it spreads");
    await world.ws.clock.advance("1m");
    expect(await world.transcript(channel)).toContain("No mitigation has been started in 20 min");
  });

  it("nobody is asked after the end, nor when it is switched off", async () => {
    const { world, alice } = await declared("sev2 checkout 500s", {
      settings: `${quiet}mitigation: { promptAfter: off }\n`,
    });
    await using _ = world;
    await world.ws.clock.advance("20m");
    expect(await world.transcript(channel)).not.toContain("No mitigation has been started");
    await alice.types("/incident resolve rolled back");
    expect((await alice.types("/incident mitigate rollback x")).answer).toContain("INC-1 is RESOLVED");
  });
});

describe("status mitigated", () => {
  it("asks which one worked, with a button for each that was tried", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await records(bob, "Rollback", "payments", "Started");
    await records(bob, "Feature flag off", "new-checkout", "Started");
    const { answer } = await alice.types("/incident status mitigated");
    expect(answer).toContain("Which mitigation of INC-1 worked?");
    expect(answer).toContain("[Feature flag off: new-checkout] [Rollback: payments] [Another one]");
    await alice.clicks("Rollback: payments");
    await world.ws.settle();
    expect(alice.sees().join("\n")).toContain("Recorded for INC-1: rollback worked.");
    expect(alice.sees().join("\n")).not.toContain("Which mitigation");
    const shown = await world.transcript(channel);
    expect(shown).toContain("Status: MONITORING, was MITIGATING");
    expect(shown).toContain("said @alice");
    expect((await alice.types("/incident status mitigated")).answer).not.toContain("Which");
  });

  it("asks what it was where none is recorded", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { answer } = await alice.types("/incident status mitigated");
    expect(answer).toContain("No mitigation is recorded: what worked?");
    await alice.clicks("Traffic routing");
    await alice.fills({ "What exactly?": "away from eu-1" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toMatch(/Traffic routing: away from eu-1\n.*Worked 14:36 UTC/);
  });
});

describe("decide", () => {
  it("posts the decision and puts it on the timeline", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident decide we keep the old gateway until Monday");
    expect(await world.transcript(channel)).toContain("Decision: we keep the old gateway until Monday");
    expect(await exported(world)).toContain(
      "- 14:36 - Decision by @alice: we keep the old gateway until Monday",
    );
  });

  it("without words asks for them in a form, also after the end", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve done");
    await alice.types("/incident decide");
    await alice.fills({ "What was decided?": "no credits" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Decision: no credits");
  });
});
