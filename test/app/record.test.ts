import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared() {
  const world = await World.open();
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob").in(`#${channel}`) };
}
const recorded = async (world: World) => {
  await world.ws.settle();
  return (await world.app.store.messages(1)).map((message) => ({
    text: message.revisions.at(-1)?.text.body ?? null,
    wordings: message.revisions.length,
    deleted: message.deletedAt !== null,
    inThread: message.threadTs !== null,
    files: message.files,
  }));
};
const plain = { wordings: 1, deleted: false, inThread: false, files: [] };
const exported = async (world: World) => (await world.api("/api/incidents/INC-1/postmortem.md")).text();

describe("what is said in an incident's channel", () => {
  it("is recorded with replies, files, edits and deletions, and nothing of the bot's own", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.says("error rate climbing");
    await bob.replies("error rate climbing", "since the deployment");
    await bob.shares("graph.png", "…", "see the graph");
    await alice.says("password is hunter2");
    await alice.edits("error rate climbing", "error rate at 15 %");
    await alice.deletes("hunter2");
    expect(await recorded(world)).toEqual([
      { ...plain, text: "error rate at 15 %", wordings: 2 },
      { ...plain, text: "since the deployment", inThread: true },
      { ...plain, text: "see the graph", files: ["graph.png"] },
      { ...plain, text: null, deleted: true },
    ]);
  });

  it("is recorded once, however often and in whatever order Slack delivers it", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.deliveries.next("message", { duplicate: 3, newEventId: true });
    await alice.says("error rate climbing");
    world.ws.deliveries.next("message", { late: "2m" });
    await alice.edits("error rate climbing", "error rate at 15 %");
    await alice.edits("error rate at 15 %", "error rate at 20 %");
    await world.ws.clock.advance("3m");
    expect(await recorded(world)).toEqual([{ ...plain, text: "error rate at 20 %", wordings: 3 }]);
  });

  it("stays out of the record anywhere else", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.as("alice").in("#incidents").says("lunch?");
    expect(await recorded(world)).toEqual([]);
  });

  it("leaves no copy of a deleted text, not even in the update that quoted it", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.says("token is hunter2");
    await alice.reacts("pushpin", "hunter2");
    await world.ws.clock.advance("15m");
    await alice.clicks("Post as is");
    await world.ws.clock.advance("30m");
    expect(await world.transcript("incidents")).toContain("hunter2");
    await alice.deletes("hunter2");
    expect(await world.transcript(channel)).not.toContain("hunter2");
    expect(await world.transcript("incidents")).not.toContain("hunter2");
    expect(await exported(world)).not.toContain("hunter2");
    expect(await exported(world)).toMatch(/- 14:36 - _deleted by its author, 15:\d\d UTC_/);
    const events = JSON.stringify(await world.app.store.events(1));
    expect(events).not.toContain("hunter2");
  });
});

describe("a :pushpin: on a reply", () => {
  it("is cited with the thread it stands in, in the draft and in the post-mortem", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.says("error rate climbing");
    await bob.replies("error rate climbing", "rolled back");
    await alice.reacts("pushpin", "rolled back");
    await world.ws.clock.advance("15m");
    const reminder = world.ws.channel(channel).messages.find(({ text }) => text.includes("update is due"));
    expect(JSON.stringify(reminder?.blocks)).toMatch(/\/p\d+\?thread_ts=[\d.]+&cid=C/);
    await alice.clicks("Post as is");
    expect((await exported(world)).match(/\/p\d+\?thread_ts=[\d.]+&cid=C/g)).toHaveLength(2);
  });
});

describe("a :pushpin:", () => {
  it("makes a key entry at the message's own time, with a receipt, until the last one is gone", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.says("Rolled back");
    await world.ws.clock.advance("7m");
    await alice.reacts("pushpin", "Rolled back");
    await bob.reacts("pushpin", "Rolled back");
    expect(await world.transcript(channel)).toContain(":pushpin: 2  :memo: 1");
    expect(await exported(world)).toContain("- 14:36 - Rolled back ([source](");
    await alice.unreacts("pushpin", "Rolled back");
    expect(await world.transcript(channel)).toContain(":pushpin: 1  :memo: 1");
    await bob.unreacts("pushpin", "Rolled back");
    expect(await world.transcript(channel)).not.toContain(":memo:");
    expect(await exported(world)).not.toContain("- 14:36 - Rolled back");
  });
});

describe("a :pushpin: on what Sitrep posted", () => {
  it("is answered with what to do instead, and gets no receipt", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident update looking");
    await world.ws.clock.advance("1m");
    await alice.reacts("pushpin", "Update 2");
    const shown = await world.transcript(channel);
    expect(shown).not.toContain(":memo:");
    expect(shown).toMatch(/Update 2 [\s\S]*\n {4}14:37 Sitrep \(app\): What I post is on record already/);
    await alice.unreacts("pushpin", "Update 2");
    expect(await world.transcript(channel)).toBe(shown.replace(/\n *:pushpin: 1/, ""));
  });
});

describe("log", () => {
  it("puts a line at its past time, shows it, and takes it off again", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const logged = await alice.types("/incident log 14:30 Deployed <v2.3.2> & more");
    expect(logged.answer).toContain("14:30 UTC (6 min ago)");
    expect(await world.transcript(channel)).toContain("14:30 UTC - Deployed <v2.3.2> & more");
    expect(await exported(world)).toMatch(/- 14:30 - Deployed .*v2\.3\.2.* & more/);
    await alice.clicks("Undo");
    expect(await world.transcript(channel)).toMatch(/Deployed[\s\S]*undone|taken off/i);
    expect(await exported(world)).not.toContain("Deployed");
  });

  it("refuses a time to come and a time that is none, and says what would be right", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident log 25:00 x")).answer).toContain("hours go to 23");
    expect((await alice.types("/incident log 2030-01-01 10:00 x")).answer).toContain("has not come yet");
    expect(await exported(world)).not.toMatch(/ - x/);
  });
});
