import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(words = "sev3 checkout 500s", options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await world.ws.settle();
  const bob = world.as("bob").in(`#${channel}`);
  await bob.joins();
  return { world, alice: world.as("alice").in(`#${channel}`), bob };
}
const count = (text: string, part: string) => text.split(part).length - 1;
/** The message that begins with these words, with its lines. */
const message = (transcript: string, head: string) =>
  transcript.split(/\n(?=\d\d:\d\d )/).find((each) => each.includes(`: ${head}`)) ?? "";

const share = "User impact: what share of the users of this function?";
const sentence = "In a sentence, as updates will say it";
const whole = {
  [share]: "Many (10–50 %)",
  "Business impact: any of these?": ["Revenue loss"],
  "How much?": "$5,000",
  "Scope: how wide is it?": "One service",
  Trend: "Stable",
};

describe("the four questions", () => {
  it("are answered by anybody in any order, in one message that is edited in place", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    const asked = message(await world.transcript(channel), "What is hit?");
    expect(asked.split("\n").map((line) => line.trim())).toEqual([
      "14:36 Sitrep (app): What is hit? Anyone may answer, in any order; a part of it helps too.",
      "User impact: not answered",
      "Business impact: not answered",
      "Scope: not answered",
      "Trend: not answered",
      "[User impact] [Business impact] [Scope] [Trend] [More detail]",
    ]);
    await alice.chooses("Trend", "Stable");
    await bob.chooses("User impact", "Many (10–50 %)");
    await bob.chooses("Business impact", "SLA breach");
    await alice.chooses("Business impact", "Revenue loss");
    await bob.chooses("Business impact", "Take back: SLA breach");
    const told = await world.transcript(channel);
    expect(
      message(told, "What is hit?")
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      "14:36 Sitrep (app): What is hit? Anyone may answer, in any order; a part of it helps too.",
      "User impact: many (10–50 %) · @bob",
      "Business impact: revenue loss · @bob",
      "Scope: not answered",
      "Trend: stable · @alice",
      "[Many (10–50 %)] [Business impact] [Scope] [Stable] [More detail]",
      "SEV2 proposed: many users, revenue loss, stable",
      "[Accept SEV2] [Choose another]",
    ]);
    expect(count(told, "What is hit?")).toBe(1);
    expect(told).toContain("Impact: many users (10–50 %)");
    expect(await world.transcript("incidents")).toContain("Impact: many users (10–50 %)");
    expect(world.ws.state.loud).toEqual([]);
  });

  it("are answered in a form, prefilled with what is known; the channel is told by whom", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await bob.chooses("User impact", "Many (10–50 %)");
    await alice.types("/incident assess 15 % of checkout requests failing");
    await world.ws.settle();
    expect(alice.modal()).toMatchObject({
      title: "Assess INC-1",
      values: { [share]: "Many (10–50 %)", [sentence]: "15 % of checkout requests failing", Trend: null },
    });
    await alice.fills({
      "How many users?": "~1,200",
      "Which services?": "checkout, R&D",
      "Since when? (UTC)": "14:30",
    });
    expect((await alice.submits()).ok).toBe(true);
    const told = message(await world.transcript(channel), "Assessed by @alice");
    expect(told.split("\n").map((line) => line.trim())).toEqual([
      "14:36 Sitrep (app): Assessed by @alice",
      "User impact: many (10–50 %), 1,200 users: 15 % of checkout requests failing",
      "Trend: since 14:30 UTC",
      "Services: checkout, R&D",
      "SEV2 proposed: many users",
      "[Accept SEV2] [Choose another]",
    ]);
  });

  it("keep what somebody else answered while a form was open", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.chooses("Trend", "Stable");
    await alice.clicks("More detail");
    await world.ws.settle();
    await bob.chooses("Trend", "Worsening");
    await bob.chooses("Scope", "Entire system");
    await alice.fills({ [share]: "A few (under 1 %)" });
    expect((await alice.submits()).ok).toBe(true);
    const told = message(await world.transcript(channel), "What is hit?");
    expect(told).toContain("User impact: a few (under 1 %) · @alice");
    expect(told).toContain("Scope: entire system · @bob");
    expect(told).toContain("Trend: worsening · @bob");
  });

  it("give the form back with what was typed where something cannot be read", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident assess");
    await alice.fills({
      "How many users?": "lots",
      "Since when? (UTC)": "yesterday-ish",
      "Business impact: any of these?": ["Security", "None of these"],
      [sentence]: "Nobody can pay",
    });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: {
        "How many users?": "“lots” is no number of users: write 500, or 1,200.",
        "Since when? (UTC)": expect.stringContaining("“yesterday-ish” is no time"),
        "Business impact: any of these?": "Either “None of these”, or those that apply.",
      },
    });
    await alice.fills({
      "How many users?": "1.5k",
      "Since when? (UTC)": "2024-02-15 15:10",
      "Business impact: any of these?": [],
    });
    expect((await alice.submits()).errors).toEqual({
      "Since when? (UTC)": expect.stringContaining("15:10 UTC has not come yet"),
    });
    await alice.fills({ "Since when? (UTC)": null });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("User impact: 1,500 users: Nobody can pay");
  });

  it("say so in the form when nothing was changed", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident assess");
    expect((await alice.submits()).errors).toEqual({
      [share]: "Nothing was changed: INC-1 has these answers already.",
    });
  });

  it("are asked for from elsewhere once it is clear which incident is meant, and by a mention with a button", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const elsewhere = world.as("alice").in("#general");
    expect((await elsewhere.types("/incident assess")).answer).toContain("which one do you mean?");
    await elsewhere.types("/incident INC-1 assess");
    await world.ws.settle();
    expect(alice.modal()?.title).toBe("Assess INC-1");
    await alice.closes();
    await alice.says("@sitrep assess");
    await world.ws.settle();
    await alice.clicks("Assess");
    await world.ws.settle();
    expect(alice.modal()?.title).toBe("Assess INC-1");
  });

  it("tick the configured services, besides one that was named before", async () => {
    const { world, alice } = await declared("sev3 checkout 500s", {
      settings: "services: { checkout: {}, payments: {} }",
    });
    await using _ = world;
    await alice.types("/incident assess");
    await world.ws.settle();
    expect(alice.modal()?.options["Which services?"]).toEqual(["checkout", "payments"]);
    await alice.fills({ "Which services?": ["payments"] });
    await alice.submits();
    await alice.types("/incident assess");
    await world.ws.settle();
    expect(alice.modal()?.values["Which services?"]).toEqual(["payments"]);
    await alice.fills({ "Which services?": ["checkout"] });
    await alice.submits();
    expect(await world.transcript(channel)).toContain("Services: checkout\n");
  });

  it("show hostile words as they were written, and a long sentence shortened", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const hostile = `<!channel> *x* <@U1> & "quotes" ${"long ".repeat(600)}`.slice(0, 3000);
    await alice.types("/incident assess");
    await alice.fills({
      [sentence]: hostile,
      "How much?": "<https://evil.example|$5>",
      "Which services?": "<!here>",
    });
    expect((await alice.submits()).ok).toBe(true);
    const told = message(await world.transcript(channel), "What is hit?");
    expect(told).toContain('User impact: <!channel> *x* <@U1> & "quotes" long');
    expect(told).toContain("… (shortened)");
    expect(told).toContain("Business impact: <https://evil.example|$5>");
    expect(told).toContain("Services: <!here>");
    // Opened again, nothing of it counts as changed.
    await alice.types("/incident assess");
    expect((await alice.submits()).errors).toMatchObject({
      [share]: expect.stringContaining("Nothing was changed"),
    });
    expect(world.ws.state.loud).toEqual([]);
  });
});

describe("a proposed severity", () => {
  it("is accepted by one click, wherever it stands, and told as an update of one line with its reason", async () => {
    const { world, alice, bob } = await declared("checkout 500s");
    await using _ = world;
    await alice.chooses("User impact", "Many (10–50 %)");
    await alice.chooses("Scope", "One service");
    await alice.chooses("Trend", "Stable");
    expect(await world.transcript(channel)).toContain(
      "SEV2 proposed: many users, one service (contained), stable\n      [Accept SEV2] [Choose another]",
    );
    await bob.clicks("Accept SEV2");
    const told = await world.transcript(channel);
    expect(told).toContain(
      "Update 2 · INC-1 checkout 500s · Severity: SEV2, confirmed (many users, one service (contained), stable) · Next update: 14:51 UTC · by @bob",
    );
    expect(told).not.toContain("SEV2 proposed");
    expect(told).not.toContain("Accept SEV2");
    expect(told).toContain("Severity: SEV2 (High)\n");
  });

  it("is accepted once, however often it is pressed", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.chooses("User impact", "Most (over 50 %)");
    await world.ws.settle();
    world.ws.deliveries.next("interactive", { duplicate: 2 });
    await alice.clicks("Accept SEV1");
    const told = await world.transcript(channel);
    expect(count(told, "Severity: SEV1, was SEV3")).toBe(1);
    expect(told).not.toContain("Update 3");
  });

  it("goes when another one is chosen; one lower than what somebody gave wants a reason", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.chooses("User impact", "Many (10–50 %)");
    await alice.clicks("Choose another");
    await world.ws.settle();
    await alice.fills({ Severity: alice.modal()?.options["Severity"]?.at(-1) ?? "" });
    expect((await alice.submits()).errors).toEqual({ Reason: expect.stringContaining("asks for a reason") });
    await alice.fills({ Reason: "only the test shop" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toContain("Severity: SEV4, was SEV3 (only the test shop)");
    expect(told).not.toContain("proposed");
  });
});

describe("security among the business impact", () => {
  it("offers to start a private incident instead", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.chooses("Business impact", "Security");
    const told = await world.transcript(channel);
    expect(told).toContain("SEV1 proposed: security");
    expect(told).toContain("What only a few should know belongs into a private incident.");
    await alice.clicks("Start a private incident");
    await world.ws.settle();
    expect(alice.modal()).toMatchObject({
      title: "Declare an incident",
      values: { Kind: [expect.stringContaining("Private")] },
    });
  });
});

describe("asking again", () => {
  const asks = "@alice Nobody has said yet what is hit: users, business, scope, trend.";

  it("comes once, five minutes after, by name, and goes once all is answered", async () => {
    const { world, alice } = await declared("sev3 checkout 500s", {
      settings: "roles: { remindCommanderAfter: off }",
    });
    await using _ = world;
    await world.ws.clock.advance("4m");
    expect(await world.transcript(channel)).not.toContain("Nobody has said yet");
    await world.ws.clock.advance("2m");
    expect(count(await world.transcript(channel), asks)).toBe(1);
    await world.ws.clock.advance("20m");
    expect(count(await world.transcript(channel), "Nobody has said yet")).toBe(1);
    await alice.clicks("Assess", { in: "Nobody has said yet" });
    await alice.fills(whole);
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).not.toContain("Nobody has said yet");
    expect(told).toContain("Assessed by @alice");
  });

  it("names what is still open, and survives a process that was killed", async () => {
    const { world, alice } = await declared("sev3 checkout 500s", {
      settings: "roles: { remindCommanderAfter: off }",
    });
    await using _ = world;
    await alice.chooses("User impact", "A few (under 1 %)");
    await alice.chooses("Business impact", "None");
    await world.ws.settle();
    await world.stopApp(0);
    await world.startApp();
    await world.ws.clock.advance("6m");
    expect(count(await world.transcript(channel), "@alice Still not answered: scope, trend.")).toBe(1);
  });

  it("does not come after the end, or where it is switched off", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve Rolled back");
    await world.ws.clock.advance("30m");
    const told = await world.transcript(channel);
    expect(told).not.toContain("Nobody has said yet");
    expect(message(told, "Assessment of INC-1")).not.toContain("[");

    const { world: calm } = await declared("sev3 checkout 500s", {
      settings: "assessment: { askAgainAfter: off }",
    });
    await using __ = calm;
    await calm.ws.clock.advance("30m");
    expect(await calm.transcript(channel)).not.toContain("Nobody has said yet");
  });
});

describe("from assessment to post-mortem", () => {
  it("the demo's answers reach the draft, the final update, the post-mortem and the JSON", async () => {
    const { world, alice } = await declared("sev2 checkout 500s");
    await using _ = world;
    await alice.types("/incident assess");
    await alice.fills(whole);
    await alice.submits();
    expect(await world.transcript(channel)).not.toContain("proposed");
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    const reminded = message(await world.transcript(channel), "@alice Next update is due");
    expect(reminded).toContain("Impact: many users (10–50 %), one service");
    expect(reminded).toContain("Impact from assessment of 14:36 UTC");
    await alice.clicks("Post as is");
    await alice.types("/incident resolve");
    await world.ws.settle();
    expect(alice.modal()?.values["Was data lost?"]).toBe("Not established");
    await alice.fills({ "What fixed it?": "Rolled back", "Was data lost?": "No" });
    await alice.submits();
    const told = await world.transcript(channel);
    const final = message(told, "Update 3 (final)");
    expect(final).toContain("Impact: many users (10–50 %), one service");
    expect(final).toContain("Data loss: no");

    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("- **Impact:** many users (10–50 %), one service\n");
    expect(markdown.split("## Impact\n\n")[1]?.split("\n\n## ")[0]).toBe(
      [
        "many users (10–50 %), one service",
        "",
        "- **User impact:** many (10–50 %)",
        "- **Business impact:** revenue loss ($5,000)",
        "- **Scope:** one service",
        "- **Trend:** stable",
        "",
        "**Data loss:** no",
      ].join("\n"),
    );
    expect(markdown).toContain(
      "- 14:36 - User impact: many (10–50 %); Business impact: revenue loss ($5,000); Scope: one service; Trend: stable (@alice)",
    );
    expect(markdown).toContain("Impact: assessment, 14:36");
    expect(await (await world.api("/api/incidents/INC-1")).json()).toMatchObject({
      impact: "many users (10–50 %), one service",
      services: [],
      assessment: {
        userImpact: {
          answer: "many",
          users: null,
          said: null,
          by: "@alice",
          at: expect.stringMatching(/^2024-02-15T14:36/),
        },
        businessImpact: { answers: ["revenue"], amount: "$5,000" },
        scope: { answer: "service" },
        trend: { answer: "stable", since: null },
      },
      resolved: { dataLoss: "no" },
    });
    expect(world.ws.state.loud).toEqual([]);
  });

  it("data loss among the answers stands in the form and in the final update, until it is said otherwise", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.chooses("Business impact", "Data loss or corruption");
    await alice.types("/incident resolve Restored the backup");
    expect(message(await world.transcript(channel), "Update 2 (final)")).toContain("Data loss: yes");
    await alice.clicks("Add details");
    await world.ws.settle();
    expect(alice.modal()?.values["Was data lost?"]).toBe("Yes");
    await alice.fills({ "Was data lost?": "Not established" });
    expect((await alice.submits()).ok).toBe(true);
    expect(message(await world.transcript(channel), "Update 2 (final)")).toContain(
      "Data loss: not established",
    );
  });
});
