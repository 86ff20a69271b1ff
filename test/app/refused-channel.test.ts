import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const refusal = { when: "before", answer: { error: "restricted_action" } } as const;

/** An incident whose channel Slack refuses, declared by alice in `place`. */
async function refused(place = "#general", options: WorldOptions = {}, times = 1) {
  const world = await World.open({ people: ["alice", "bob"], ...options });
  world.ws.faults.next("conversations.create", { ...refusal, times });
  const alice = world.as("alice").in(place);
  await alice.types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice, bob: world.as("bob").in("#general") };
}

describe("an incident whose channel Slack refuses", () => {
  it("goes on in a thread where it was declared, which says why", async () => {
    const { world, alice } = await refused();
    await using _ = world;
    const told = await world.transcript("general");
    expect(told).toContain("INC-1 checkout 500s goes on in this thread.");
    expect(told).toContain("a setting of the workspace forbids it to apps");
    expect(told).toContain("[Try again]");
    expect(told).toContain("Status: INVESTIGATING");
    expect(alice.sees().at(-1)).toContain("It goes on in a thread where you declared it");
    expect(await world.transcript("incidents")).toContain("where it goes on");
    expect(world.ws.channels().filter((name) => name.startsWith("inc-"))).toEqual([]);
    const general = world.ws.channel("general");
    expect(general.pins).toEqual([]);
    expect(general.topic).toBe("");
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });

  it("takes pins and both shortcuts on what is said in the thread as in its channel", async () => {
    const { world, alice, bob } = await refused();
    await using _ = world;
    await bob.replies("goes on in this thread", "error rate climbing");
    await bob.replies("goes on in this thread", "pool exhausted");
    await alice.pins("error rate climbing");
    await alice.uses("Add to timeline", "pool exhausted");
    const entries = (await world.app.store.messages(1, { marked: true })).map(
      (message) => message.revisions.at(-1)?.text.body,
    );
    expect(entries).toEqual(["error rate climbing", "pool exhausted"]);
    await alice.uses("Create action item", "pool exhausted");
    expect(alice.modal()?.title).toBe("Action item, INC-1");
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });

  it("takes updates, entries and reminders in the thread, and records what is said in it", async () => {
    const { world, alice, bob } = await refused();
    await using _ = world;
    await bob.replies("goes on in this thread", "error rate climbing");
    await bob.says("lunch anybody?");
    await bob.reacts("pushpin", "error rate climbing");
    await alice.types("/incident INC-1 update Rolling back");
    await alice.replies("goes on in this thread", "@Sitrep status");
    const told = await world.transcript("general");
    expect(told).toContain("Update 2 · INC-1 checkout 500s");
    expect(told).toMatch(/error rate climbing[\s\S]*:memo: 1/);
    const said = await world.app.store.messages(1);
    expect(said.map((message) => message.revisions.at(-1)?.text.body)).toEqual([
      "error rate climbing",
      expect.stringContaining("status"),
    ]);
    expect((await alice.types("/incident status")).answer).toContain("which one do you mean");
    await world.ws.clock.advance("31m");
    expect(await world.transcript("general")).toContain("Next update is due");
    const own = world.ws.channel("general").messages.filter(({ botId }) => botId !== undefined);
    const [opener] = own;
    expect(own.slice(1).every(({ threadTs }) => threadTs === opener?.ts)).toBe(true);
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });

  it("forgets what its author deletes, in the thread as in a channel", async () => {
    const { world, bob } = await refused();
    await using _ = world;
    await bob.replies("goes on in this thread", "password is hunter2");
    await bob.edits("password is hunter2", "password is hunter3");
    await bob.deletes("password is hunter3");
    await world.ws.settle();
    const [record] = await world.app.store.messages(1);
    expect(record?.deletedAt).not.toBeNull();
    expect(JSON.stringify(record)).not.toContain("hunter");
  });

  it("moves into its channel when somebody presses Try again", async () => {
    const { world, alice, bob } = await refused();
    await using _ = world;
    await alice.types("/incident INC-1 update Rolling back");
    await bob.clicks("Try again");
    const there = await world.transcript(channel);
    expect(there).toMatch(/Status: INVESTIGATING[\s\S]*\(pinned\)/);
    expect(there).toContain("Update 2 · INC-1 checkout 500s");
    expect(world.ws.channel(channel).topic).toContain("SEV2");
    expect(world.ws.channel(channel).members).toContain("alice");
    const told = await world.transcript("general");
    expect(told).toContain("INC-1 checkout 500s has its channel now: #inc-1-checkout-500s");
    expect(told).toContain("INC-1 goes on in its channel: #inc-1-checkout-500s");
    expect(told).not.toContain("[Try again]");
    expect(told.split("Status: INVESTIGATING").length).toBe(2);
    await world.as("alice").in(`#${channel}`).types("/incident resolve Rolled back");
    expect(await world.transcript(channel)).toContain("[file: INC-1-post-mortem.md]");
    expect(await world.transcript("general")).not.toContain("Status: RESOLVED");
    expect(await aftermath(world)).toEqual([]);
  });

  it("says so when Slack refuses again, and can be tried again", async () => {
    const { world, bob } = await refused("#general", {}, 2);
    await using _ = world;
    await bob.clicks("Try again");
    expect(await world.transcript("general")).toContain("Slack refused: Creating the channel");
    await bob.clicks("Try again");
    expect(await world.transcript(channel)).toContain("Status: INVESTIGATING");
    expect(await aftermath(world)).toEqual([]);
  });

  it("ends in the thread with its post-mortem", async () => {
    const { world, alice } = await refused();
    await using _ = world;
    await alice.types("/incident INC-1 resolve Rolled back");
    const told = await world.transcript("general");
    expect(told).toContain("Status: RESOLVED");
    expect(told).toContain("[file: INC-1-post-mortem.md]");
    expect(told).not.toContain("[Try again]");
    const file = world.ws.channel("general").messages.find(({ files }) => files.length > 0);
    expect(file?.threadTs).toBeDefined();
  });

  it("goes on in direct messages to the declarer where Sitrep may not write", async () => {
    const { world } = await refused("#secret", { privateChannels: { secret: ["alice", "bob"] } });
    await using _ = world;
    const alice = world.as("alice");
    expect(alice.directMessages()).toContain("INC-1 checkout 500s goes on in this thread.");
    expect(alice.directMessages()).toContain("Status: INVESTIGATING");
    await alice.in("@sitrep").clicks("Try again");
    expect(await world.transcript(channel)).toContain("Status: INVESTIGATING");
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });

  it("gets another thread when somebody deletes the message that opens it", async () => {
    const { world, alice } = await refused();
    await using _ = world;
    const { state } = world.ws;
    const [opener] = world.ws.channel("general").messages.filter(({ botId }) => botId !== undefined);
    state.deleteMessage({ channel: opener!.channel, ts: opener!.ts, user: opener!.user });
    await alice.types("/incident INC-1 update Rolling back");
    const told = await world.transcript("general");
    expect(told).toContain("goes on in this thread");
    expect(told).toContain("Update 2 · INC-1 checkout 500s");
  });
});

it("a private incident never goes on in a thread", async () => {
  await using world = await World.open();
  world.ws.faults.next("conversations.create", refusal);
  await world.as("alice").in("#general").types("/incident declare sev2 --private checkout 500s");
  expect(await world.transcript("general")).not.toContain("INC-1 checkout");
});
