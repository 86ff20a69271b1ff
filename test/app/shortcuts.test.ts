import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-payments-fail-with-502";
const exported = async (world: World) => (await world.api("/api/incidents/INC-1/postmortem.md")).text();

describe("Declare incident, from Slack's menu", () => {
  it("opens the form, wherever one is", async () => {
    await using world = await World.open();
    const alice = world.as("alice");
    await alice.uses("Declare incident");
    await alice.fills({ Title: "payments fail with 502" });
    expect(await alice.submits()).toMatchObject({ ok: true });
    expect(await world.transcript(channel)).toContain("Status: INVESTIGATING");
    expect(await aftermath(world)).toEqual([]);
  });

  it("answers by direct message when Slack does not open the form", async () => {
    await using world = await World.open();
    world.ws.faults.next("views.open", { when: "before", answer: { error: "expired_trigger_id" } });
    const alice = world.as("alice");
    await alice.uses("Declare incident");
    await world.ws.settle();
    expect(alice.directMessages()).toContain("Slack did not open the form. Press to try again:");
    await alice.in("@sitrep").clicks("Declare incident");
    await world.ws.settle();
    expect(alice.modal()?.title).toBe("Declare an incident");
  });
});

describe("Declare incident, on a message", () => {
  it("begins with the message: its author, its time, its link", async () => {
    await using world = await World.open();
    await world.as("bob").in("#general").says("payments fail with 502\nsince the deployment");
    await world.ws.clock.advance("7m");
    const alice = world.as("alice").in("#general");
    await alice.uses("Declare incident", { message: "payments fail" });
    expect(alice.modal()?.values["Title"]).toBe("payments fail with 502");
    expect(await alice.submits()).toMatchObject({ ok: true });
    await world.ws.settle();
    const said = world.ws.channel("general").messages.find(({ text }) => text.startsWith("payments fail"));
    const markdown = await exported(world);
    expect(markdown).toContain("- 14:36 - payments fail with 502\\");
    expect(markdown).toContain(`/archives/${world.ws.channel("general").id}/p${said?.ts.replace(".", "")}`);
    expect(await world.app.store.messages(1, { marked: true })).toMatchObject([
      { author: world.ws.idOf("bob"), ts: said?.ts, incident: 1 },
    ]);
    expect(said?.reactions.size).toBe(0);
    expect(world.ws.channel("general").members).not.toContain("sitrep");
    expect(await aftermath(world)).toEqual([]);
  });

  it("forgets the message when its author deletes it where Sitrep is a member", async () => {
    await using world = await World.open();
    const bob = world.as("bob").in("#general");
    await bob.invites("sitrep");
    await bob.says("payments fail with 502");
    const alice = world.as("alice").in("#general");
    await alice.uses("Declare incident", { message: "payments fail" });
    await alice.fills({ Title: "payments" });
    await alice.submits();
    await world.ws.settle();
    expect(await exported(world)).toContain("payments fail with 502");
    await bob.deletes("payments fail with 502");
    await world.ws.settle();
    expect(await exported(world)).not.toContain("payments fail with 502");
  });

  it("copies a message that another incident has", async () => {
    await using world = await World.open();
    await world.as("bob").in("#general").says("payments fail with 502");
    const alice = world.as("alice").in("#general");
    for (const title of ["payments", "search"]) {
      await alice.uses("Declare incident", { message: "payments fail" });
      await alice.fills({ Title: title });
      await alice.submits();
      await world.ws.settle();
    }
    const markdown = await (await world.api("/api/incidents/INC-2/postmortem.md")).text();
    expect(markdown).toContain("14:36 - payments fail with 502");
    expect(await aftermath(world)).toEqual([]);
  });

  it.each(["#secret", "@bob"])("in %s asks before the message is taken along", async (place) => {
    await using world = await World.open({ privateChannels: { secret: ["alice", "bob"] } });
    const alice = world.as("alice").in(place);
    await alice.says("the CEO's card is declined");
    await alice.uses("Declare incident", { message: "CEO" });
    expect(JSON.stringify(alice.modal())).toContain("everybody who sees the incident can read them");
    await alice.submits();
    expect(JSON.stringify(alice.modal())).not.toContain("CEO");
    await alice.fills({ Title: "payments fail with 502" });
    expect(await alice.submits()).toMatchObject({ ok: true });
    expect(await world.transcript(channel)).toContain("Status: INVESTIGATING");
    expect(await exported(world)).not.toContain("CEO");
    expect(await aftermath(world)).toEqual([]);
  });

  it("in a private channel takes it along once somebody has said so", async () => {
    await using world = await World.open({ privateChannels: { secret: ["alice", "bob"] } });
    const alice = world.as("alice").in("#secret");
    await alice.says("cards are declined");
    await alice.uses("Declare incident", { message: "cards" });
    await alice.fills({ "Take the message along?": "Yes, make it the first entry" });
    await alice.submits();
    expect(alice.modal()?.values["Title"]).toBe("cards are declined");
    await alice.submits();
    await world.ws.settle();
    expect(await exported(world)).toContain("14:36 - cards are declined");
    expect(await aftermath(world)).toEqual([]);
  });

  it("takes a message of any length and content along, and says what it cut", async () => {
    await using world = await World.open();
    await world
      .as("bob")
      .in("#general")
      .says(`<!channel> "${"\\".repeat(900)}" & ${"✓ <b>".repeat(900)}`);
    const alice = world.as("alice").in("#general");
    await alice.uses("Declare incident", { message: "channel" });
    await alice.fills({ Title: "payments fail with 502" });
    expect(await alice.submits()).toMatchObject({ ok: true });
    await world.ws.settle();
    const [record] = await world.app.store.messages(1);
    const body = record?.revisions[0]?.text.body ?? "";
    expect(body).toMatch(/… \(shortened\)$/);
    expect(body).not.toMatch(/&[a-z]{0,3}…/);
    expect(await aftermath(world)).toEqual([]);
  });
});
