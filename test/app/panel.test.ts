import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(settings?: (id: (name: string) => string) => string) {
  const world = await World.open({ people: ["alice", "bob"], ...(settings && { settings }) });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

describe("the control panel", () => {
  it("opens from the card, and has a button for all that a command does", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.clicks("More");
    await world.ws.settle();
    const panel = alice.sees().at(-1) ?? "";
    for (const label of ["Take command", "Update", "Mitigate", "Resolve", "Log", "Assess", "Ask somebody"])
      expect(panel).toContain(`[${label}]`);
    for (const label of ["Call somebody", "Record a decision", "Runbooks", "Timeline", "Help"])
      expect(panel).toContain(`[${label}]`);
    for (const label of ["Roles", "Change severity", "Change title", "Action items", "Cancel or same as"])
      expect(panel).toContain(label);
    for (const [label, title] of [
      ["Assess", "Assess INC-1"],
      ["Ask somebody", "Ask for INC-1"],
      ["Call somebody", "Call for INC-1"],
      ["Record a decision", "Decision in INC-1"],
      ["Log", "Log for INC-1"],
    ] as const) {
      await alice.clicks(label);
      await world.ws.settle();
      expect(alice.modal()?.title).toBe(title);
      await alice.closes();
    }
    await alice.clicks("Timeline");
    await alice.clicks("Runbooks");
    await world.ws.settle();
    expect(alice.sees().join("\n")).toMatch(/Timeline of INC-1[\s\S]*Runbooks for INC-1/);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("an entry logged by the form", () => {
  it("stands now, or at the time that is given, and may be undone like any other", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.clicks("Log");
    await alice.fills({ "What happened": "<!channel> rollback *started* & done" });
    expect((await alice.submits()).ok).toBe(true);
    await alice.types("/incident log 14:30");
    expect(alice.modal()?.values["When (UTC)"]).toBe("14:30");
    await alice.fills({ "What happened": "deployed v2.3.2" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toContain("14:36 UTC - <!channel> rollback *started* & done");
    expect(told).toContain("14:30 UTC - deployed v2.3.2");
    expect(await aftermath(world)).toEqual([]);
  });

  it("gives back what was typed when the time is none, or in the future", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.clicks("Log");
    await alice.fills({ "What happened": "deployed", "When (UTC)": "25:00" });
    expect((await alice.submits()).errors?.["When (UTC)"]).toContain("no time of day");
    await alice.fills({ "When (UTC)": "2024-02-16 14:30" });
    expect((await alice.submits()).errors?.["When (UTC)"]).toMatch(/future|has not come/);
    expect(alice.modal()?.values["What happened"]).toBe("deployed");
    await alice.fills({ "When (UTC)": null });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("14:36 UTC - deployed");
  });
});

describe("somebody called by the form", () => {
  const settings = (id: (name: string) => string) => `
onCall:
  primary: { zone: UTC, handover: "mon 09:00", people: [${id("bob")}] }
escalation:
  payments:
    steps: [{ after: 0m, notify: ["user:${id("bob")}"] }]
`;

  it("is a person with the reason, a rotation, or a policy", async () => {
    const { world, alice } = await declared(settings);
    await using _ = world;
    await alice.types("/incident page");
    await alice.fills({ Whom: "@bob", Why: "the database is yours" });
    expect((await alice.submits()).ok).toBe(true);
    const told = await world.transcript(channel);
    expect(told).toMatch(/Calling @bob\n +Reason: the database is yours/);
    await alice.types("/incident page");
    await alice.fills({ "Or whoever is in": "Policy payments" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Calling @bob, step 1 of payments");
    await alice.types("/incident page");
    await alice.fills({ "Or whoever is in": "On call: primary" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("on call: primary");
    expect(await aftermath(world)).toEqual([]);
  });

  it("has to be named, once, and to be somebody who does not know already", async () => {
    const { world, alice } = await declared(settings);
    await using _ = world;
    await alice.types("/incident page");
    expect((await alice.submits()).errors).toEqual({ Whom: "Pick whom to call." });
    await alice.fills({ Whom: "@bob", "Or whoever is in": "Policy payments" });
    expect((await alice.submits()).errors).toEqual({ Whom: "Pick one of the two, not both." });
    await alice.fills({ Whom: "@alice", "Or whoever is in": null });
    expect((await alice.submits()).errors?.["Whom"]).toContain("knows of INC-1 already");
    await alice.closes();
    expect(await world.transcript(channel)).not.toContain("Calling");
    await alice.types("/incident resolve rolled back");
    expect((await alice.types("/incident page")).answer).toContain("so nobody is called");
  });
});

describe("a command typed where no incident is", () => {
  it("offers the incidents that it can be about: the ended ones to reopen, all for a post-mortem", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const general = world.as("alice").in("#general");
    expect((await general.types("/incident reopen errors are back")).answer).toContain("none has ended");
    await alice.types("/incident resolve rolled back");
    await general.types("/incident declare sev3 search is slow");
    await world.ws.settle();
    expect((await general.types("/incident update fine")).answer).toMatch(/\[INC-2 search is slow\]$/);
    expect((await general.types("/incident postmortem")).answer).toMatch(/\[INC-2[^\]]*\] \[INC-1[^\]]*\]$/);
    expect((await general.types("/incident reopen @bob says it is back")).answer).toMatch(
      /`\/incident INC-42 reopen @bob says it is back`[\s\S]*\n\[INC-1 checkout 500s\]$/,
    );
    await general.clicks("INC-1 checkout 500s", { in: "reopen" });
    expect(await world.transcript(channel)).toContain("Reopened (@bob says it is back): INVESTIGATING");
  });
});
