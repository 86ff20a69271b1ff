import { describe, expect, it } from "vitest";
import { isRecovered } from "../../src/domain/record.ts";
import { bodies, logOf } from "./read-again.ts";
import { openIncident, recordOn } from "./sleep-story.ts";
import { World, type WorldOptions } from "./world.ts";

describe("people who came and went while Sitrep slept", () => {
  it("are known again, who came is briefed, and whoever left a private incident hears no more of it", async () => {
    const { lines, log } = logOf();
    const options: WorldOptions = { people: ["alice", "bob", "carol"], started: false };
    await using world = await World.open(options);
    await world.startApp({ log });
    const secret = "inc-1-payroll-leak";
    await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${secret}`);
    await alice.invites("bob");
    const bob = world.as("bob").in(`#${secret}`);
    await bob.types("/incident subscribe");
    await alice.types("/incident update Looking");
    await world.ws.settle();
    expect(bob.directMessages()).toContain("Update 2");
    await world.stopApp();
    await bob.leaves();
    await alice.invites("carol");
    await alice.says("rotated the passwords");
    await world.ws.clock.advance("20m");
    await world.startApp({ log });
    await world.ws.settle();
    expect(Object.keys((await world.app.store.incident(1))?.presence.members ?? {}).toSorted()).toEqual(
      [world.ws.idOf("alice"), world.ws.idOf("carol")].toSorted(),
    );
    expect(world.as("carol").directMessages()).toContain("payroll leak");
    await alice.types("/incident update Done");
    await world.ws.settle();
    expect(bob.directMessages()).not.toContain("Done");
    expect(await bodies(world)).toEqual(["rotated the passwords"]);
    expect(lines.join("")).not.toMatch(/caught up|payroll|INC-1|"incident":1/);
  });

  it("are not taken for new where the incident was opened among them", async () => {
    await using world = await World.open({ channels: ["general", "incidents", "ops"] });
    const alice = world.as("alice").in("#ops");
    await alice.types("/incident declare sev4 checkout 500s --here");
    await alice.clicks("Open it in #ops");
    await world.ws.clock.advance("10m");
    await world.stopApp();
    await world.startApp();
    await world.ws.settle();
    expect((await world.app.store.incident(1))?.presence.members).toEqual({});
    expect(world.as("bob").directMessages()).toBe("");
  });
});

describe("marks of more people than Slack names", () => {
  it("are recorded all, and taken back all", async () => {
    const crowd = Array.from({ length: 70 }, (_, n) => `person${n}`);
    const { world, bob } = await openIncident({ people: ["alice", "bob", "carol", ...crowd] });
    await using _ = world;
    const { state } = world.ws;
    await bob.says("everybody sees this");
    await world.ws.settle();
    const { ts, channel: id } = await recordOn(world, "everybody");
    await world.stopApp();
    const react = (name: string) =>
      state.addReaction({ channel: id, ts, name: "pushpin", user: world.ws.idOf(name) });
    for (const name of crowd) expect(react(name).ok).toBe(true);
    await world.startApp();
    await world.ws.settle();
    const present = async () => (await recordOn(world, "everybody")).marks.filter((mark) => mark.present);
    expect(await present()).toHaveLength(70);
    await world.stopApp();
    for (const name of crowd.slice(60))
      state.removeReaction({ channel: id, ts, name: "pushpin", user: world.ws.idOf(name) });
    await world.startApp();
    await world.ws.settle();
    expect(await present()).toHaveLength(60);
  });
});

describe("an incident that goes on in a thread", () => {
  it("is caught up with in it, and nothing else of the channel is", async () => {
    await using world = await World.open({ people: ["alice", "bob"] });
    const { ws } = world;
    ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    const alice = world.as("alice").in("#general");
    const bob = world.as("bob").in("#general");
    await alice.types("/incident declare sev4 checkout 500s");
    await ws.settle();
    await bob.replies("goes on in this thread", "error rate climbing");
    await bob.replies("goes on in this thread", "pool exhausted");
    await ws.settle();
    await world.stopApp();
    await bob.says("lunch anybody?");
    await bob.deletes("pool exhausted");
    await bob.edits("error rate climbing", "error rate falling");
    await alice.replies("goes on in this thread", "rolled back");
    await alice.pins("rolled back");
    await alice.pins("lunch");
    await ws.clock.advance("1h");
    await world.startApp();
    await ws.settle();
    expect(await bodies(world)).toEqual(["error rate falling", null, "rolled back"]);
    const [, , back] = await world.app.store.messages(1);
    expect(back?.marks.map(({ kind }) => kind)).toEqual(["pin"]);
  });
});

describe("a channel that was there before", () => {
  it("is caught up with from an hour before the incident on, replies to older messages included", async () => {
    await using world = await World.open({ channels: ["general", "incidents", "ops"] });
    const [alice, bob] = [world.as("alice").in("#ops"), world.as("bob").in("#ops")];
    await bob.says("yesterday’s news");
    await world.ws.clock.advance("2h");
    await bob.says("said just before");
    await world.ws.clock.advance("1m");
    await alice.types("/incident declare sev4 checkout 500s --here");
    await alice.clicks("Open it in #ops");
    await world.ws.settle();
    await bob.replies("yesterday", "known from the thread");
    await world.ws.settle();
    await world.stopApp();
    await bob.replies("yesterday", "missed in the thread");
    await bob.says("missed in the channel");
    await world.ws.clock.advance("1h");
    await world.startApp();
    await world.ws.settle();
    expect(await bodies(world)).toEqual([
      "said just before",
      "known from the thread",
      "missed in the thread",
      "missed in the channel",
    ]);
    // What was said before the incident nobody has missed.
    const labelled = (await world.app.store.messages(1)).map(isRecovered);
    expect(labelled).toEqual([false, false, true, true]);
  });
});
