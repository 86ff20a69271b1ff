import { describe, expect, it } from "vitest";
import { sitrep } from "../cli/terminal.ts";
import { World } from "./world.ts";

const channel = "#inc-1-checkout-500s";
const settings = (id: (name: string) => string) => `
timezone: UTC
services: { checkout: {} }
audiences:
  support: { channel: general, severities: [SEV2] }
escalation:
  default: { steps: [{ after: 0m, notify: ["user:${id("carol")}"] }] }
`;

/** Everything that an incident may have happens to it once. */
async function wholeIncident(): Promise<World> {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings });
  const { clock } = world.ws;
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const [alice, bob] = [world.as("alice").in(channel), world.as("bob").in(channel)];
  await bob.joins();
  const lines = [
    "lead",
    "role scribe @bob",
    "assess 15% of checkout requests failing",
    "mitigate rollback payment service to v2.3.1",
    "decide keep the shop open",
    "ask @bob read the error log 5m",
    "log 14:30 Deployed v2.3.2",
    "action Add a circuit breaker @bob",
    "update rolling back",
    "resolve rolled back to v2.3.1",
  ];
  for (const line of lines) {
    await clock.advance("1m");
    await alice.types(`/incident ${line}`);
    if (line.startsWith("mitigate")) await alice.submits();
    await world.ws.settle();
  }
  await clock.advance("5m");
  await alice.types("/incident reopen errors are back");
  await clock.advance("5m");
  await alice.types("/incident resolve rolled back again");
  await world.ws.settle();
  return world;
}

describe("a whole incident", () => {
  it("is exported in words that a program can use", async () => {
    await using world = await wholeIncident();
    const { out } = await sitrep(["export", "INC-1", "--format", "json"], {
      env: world.env(),
      cwd: world.folder,
    });
    expect(JSON.parse(out)).toMatchObject({
      reference: "INC-1",
      status: "RESOLVED",
      private: false,
      drill: false,
      roles: {
        held: { commander: "@alice", scribe: "@bob", commsLead: null },
        changes: [
          { role: "commander", from: null, to: "@alice", how: "claimed", by: "@alice" },
          { role: "scribe", to: "@bob", how: "given" },
        ],
      },
      mitigations: [{ option: "rollback", what: "payment service to v2.3.1", by: "@alice", result: null }],
      decisions: [{ text: "keep the shop open", by: "@alice" }],
      asks: [{ to: "@bob", text: "read the error log", withinMs: 300_000, state: "asked", result: null }],
      actionItems: [{ text: "Add a circuit breaker", owner: "@bob", due: null, done: false }],
      escalation: {
        calls: [{ people: [{ person: "@carol", delivery: "delivered" }], policies: ["default"] }],
      },
      acknowledged: { by: "@alice" },
      reopenings: [{ by: "@alice", from: "RESOLVED", reason: "errors are back" }],
      calm: [{}],
      cancelled: null,
      closed: null,
      postmortem: { owner: "@alice", published: null, waived: null },
      corrections: [],
      services: [],
    });
  });

  it("has a document whose every act leads to its message, and that sums it up", async () => {
    await using world = await wholeIncident();
    const { out } = await sitrep(["export", "INC-1"], { env: world.env(), cwd: world.folder });
    const section = (name: string) => out.split(`## ${name}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
    const unlinked = section("Timeline")
      .split("\n")
      .filter(
        (line) => line.startsWith("- ") && !line.includes("([source](https://acme.slack.com/archives/"),
      );
    expect(unlinked).toEqual([]);
    expect(section("Timeline")).toContain("@alice took command ([source]");
    expect(section("Timeline")).toContain("Decision by @alice: keep the shop open ([source]");
    expect(section("Timeline")).toContain("Reopened by @alice, was RESOLVED: errors are back ([source]");
    expect(section("Summary")).toMatch(
      /^INC-1 \(SEV2\) began at 14:36 UTC _\(assumed\)_ and was declared by @alice at 14:36 UTC\. Users had recovered at 14:56 UTC _\(assumed\)_, 20 minutes after it began, 5 minutes of it calm; it was resolved by @alice, after it had been reopened once\. Led by @alice\.\n/,
    );
    expect(section("Updates Sent")).toContain("; also to #general");
    expect(section("Escalations")).toContain("Called @carol by policy default, step 1");
    expect(out).not.toMatch(/@U[A-Z0-9]{8}/);
  });
});
