import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-payment-service-outage";

describe.each(["http", "socket"] as const)("an incident over %s", (transport) => {
  it("runs from declaration to exported post-mortem", async () => {
    await using world = await World.open({ transport });
    const alice = world.as("alice");
    const bob = world.as("bob");

    const declared = await alice.in("#general").types("/incident declare sev2 Payment Service Outage");
    expect(declared.answer).toContain("INC-1 is being opened");
    await world.ws.settle();
    expect(alice.sees().at(-1)).toBe(`INC-1 is open: #${channel}`);
    expect(world.ws.channel(channel)).toMatchObject({ members: expect.arrayContaining(["alice", "sitrep"]) });
    expect(await world.transcript(channel)).toMatch(/Status: INVESTIGATING[\s\S]*\(pinned\)/);
    expect(await world.transcript("incidents")).toContain("Impact: being assessed");

    await bob.in(`#${channel}`).joins();
    const [a, b] = [alice.in(`#${channel}`), bob.in(`#${channel}`)];
    expect((await a.types("/incident log 14:30 Deployed v2.3.2 with new retry logic")).answer).toContain(
      "14:30 UTC (6 min ago)",
    );
    await world.ws.clock.advanceTo("2024-02-15T14:38:00Z");
    await b.clicks("Update");
    await b.fills({ Status: "IDENTIFIED", Impact: "15 % checkout failures", "Started (UTC)": "14:30" });
    await b.fills({ "Current action": "Comparing deployments", "Next update (UTC)": "14:45" });
    expect(await b.submits()).toMatchObject({ ok: true });
    await world.ws.clock.advanceTo("2024-02-15T14:40:00Z");
    await b.says("Decision: roll back payment service to v2.3.1");
    await a.reacts("pushpin", "Decision");
    expect(await world.transcript(channel)).toContain(":pushpin: 1  :memo: 1");

    await world.ws.clock.advanceTo("2024-02-15T14:45:00Z");
    const due = await world.transcript(channel);
    expect(due).toContain("14:45 Sitrep (app): @bob Next update is due (14:45 UTC)");
    expect(due).toContain("Current action: Decision: roll back payment service to v2.3.1");
    await a.clicks("Post as is");
    const updated = await world.transcript(channel);
    expect(updated).not.toContain("Next update is due");
    expect(updated).toMatch(/Update 3 · INC-1[\s\S]*Next update: 15:15 UTC/);

    await world.ws.clock.advanceTo("2024-02-15T14:53:00Z");
    await a.types("/incident resolve");
    await a.fills({ "What fixed it?": "Rolled back to v2.3.1", "When had users recovered? (UTC)": "14:52" });
    await a.fills({ "Was data lost?": "No" });
    expect(await a.submits()).toMatchObject({ ok: true });
    await world.ws.settle();
    await a.clicks("Write post-mortem");
    await a.fills({
      "Root Cause": "Retry logic looped",
      "What Went Well": "Rollback",
      "What To Improve": "Tests",
    });
    expect(await a.submits()).toMatchObject({ ok: true });

    const ended = await world.transcript(channel);
    expect(ended).toMatch(/Update 4 \(final\)[\s\S]*Status: RESOLVED/);
    expect(ended).toContain("[file: INC-1-post-mortem.md]");
    expect(ended).toContain("@alice wrote Root Cause, What Went Well and What To Improve");
    await world.ws.clock.advance("6h");
    expect(await world.transcript(channel)).toBe(ended);

    const markdown = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(markdown).toContain("**Duration:** 14:30 - 14:52 UTC (22 minutes)");
    expect(markdown).toContain("- 14:40 - Decision: roll back payment service to v2.3.1 ([source](");
    await a.types("/incident export");
    await world.ws.settle();
    const file = world.ws.files.at(-1);
    expect(Buffer.from(file?.content ?? []).toString()).toBe(markdown);
    expect(world.ws.state.loud).toEqual([]);

    const metrics = await (await world.api("/metrics")).text();
    for (const kind of ["event", "command", "action", "form"])
      expect(metrics).toMatch(new RegExp(`sitrep_inputs_total\\{kind="${kind}",outcome="ok"\\} [1-9]`));
    expect(metrics).toMatch(/sitrep_ack_seconds_count\{kind="command"\} [1-9]/);
  });
});

it("an incident resolved by somebody who did nothing before has her name in the draft that is posted", async () => {
  await using world = await World.open({ people: ["alice", "bob"] });
  const { ws } = world;
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await ws.settle();
  const bob = world.as("bob").in("#inc-1-checkout-500s");
  await bob.joins();
  await bob.types("/incident resolve Rolled back");
  await ws.settle();
  const draft = Buffer.from(ws.files.at(-1)?.content ?? []).toString();
  expect(draft).toContain("Resolved by @bob");
  expect(draft).not.toContain(ws.state.personNamed("bob")?.id);
});
