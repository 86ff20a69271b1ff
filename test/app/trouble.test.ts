import { describe, expect, it } from "vitest";
import { currentText } from "../../src/domain/record.ts";
import type { Fault } from "../../src/workspace/faults.ts";
import { InFlight } from "../../src/workspace/in-flight.ts";
import { aftermath } from "./aftermath.ts";
import { freePort, withCommit } from "./around-store.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob") };
}
const hour = 3_600_000;
const count = (text: string, part: string) => text.split(part).length - 1;

const calls = [
  "conversations.create",
  "conversations.join",
  "conversations.invite",
  "conversations.list",
  "chat.postMessage",
  "chat.update",
  "chat.delete",
  "pins.add",
  "reactions.add",
  "reactions.remove",
  "users.info",
  "files.getUploadURLExternal",
  "upload",
  "files.completeUploadExternal",
];

// A call that Slack answers 429 was not carried out, so that one comes before only.
const faults: { named: string; when: Fault["when"]; answer: Fault["answer"] }[] = [
  { named: "429", when: "before", answer: 429 },
  ...(["before", "after"] as const).flatMap((when) => [
    { named: "500", when, answer: 500 as const },
    { named: "a cut line", when, answer: "cut" as const },
    { named: "silence", when, answer: "silence" as const },
    { named: "internal_error", when, answer: { error: "internal_error" } },
  ]),
];

describe("an incident in which every kind of call fails", () => {
  it.each(faults)("by $named, $when it takes effect, is whole and single", async ({ answer, when }) => {
    await using world = await World.open({ started: false });
    const { ws } = world;
    // What took effect is found when it is looked for, so that such a call is not made again.
    const times = when === "before" ? 2 : 1;
    for (const method of calls) {
      // The upload address answers in statuses alone.
      if (method === "upload" && typeof answer === "object") continue;
      ws.faults.next(method, { answer, when, times, retryAfter: 3 });
    }
    // So that people are asked for one by one.
    ws.faults.next("users.list", { when: "before", answer: 500 });
    await world.startApp();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    await alice.says("Graphs look odd");
    await alice.reacts("pushpin", "Graphs");
    await alice.unreacts("pushpin", "Graphs");
    await alice.says("Retries loop");
    await alice.reacts("pushpin", "Retries loop");
    await ws.clock.advanceTo("2024-02-15T14:52:00Z");
    await alice.clicks("Post as is");

    await alice.types("/incident resolve Rolled back");
    expect(await aftermath(world)).toEqual([]);
    expect(ws.faults.unmet).toBe(0);
    const said = await world.transcript(channel);
    expect(said).toMatch(/Update 2 ·[\s\S]*Current action: Retries loop[\s\S]*Update 3 \(final\)/);
    expect(count(said, "INC-1-post-mortem.md")).toBe(1);
    expect(said).not.toContain("update is due");
    expect(count(said, ":memo:")).toBe(1);
    expect(await world.transcript("incidents")).toMatch(/Resolved after[\s\S]*Update 2[\s\S]*Update 3/);
    expect(ws.channel(channel).members).toContain("alice");
    expect(ws.channels().filter((name) => name.startsWith("inc-"))).toEqual([channel]);
  });
});

/** As an administrator can: deletes one of Sitrep's messages. */
function erase(world: World, name: string, part: string): void {
  const { state } = world.ws;
  const message = world.ws
    .channel(name)
    .messages.findLast((each) => each.botId && JSON.stringify(each.blocks ?? each.text).includes(part));
  if (!message) throw new Error(`Nothing in #${name} says “${part}”`);
  expect(state.deleteMessage(message).ok).toBe(true);
}

describe("when Slack cannot be asked", () => {
  it("for two hours in mid-incident, all is caught up with once it is back, in order and once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    await alice.types("/incident update Looking");
    await ws.settle();
    ws.faults.setAway(true);
    // Time waits for the answer: else Slack might be back before the question is there.
    const asking = new InFlight();
    ws.clock.join(asking);
    const probe = ws.clock
      .sleepUntil(ws.clock.now() + hour, "dispatch")
      .then(() => asking.during(() => world.api("/readyz")));
    void ws.clock.sleepUntil(ws.clock.now() + 2 * hour, "dispatch").then(() => ws.faults.setAway(false));
    await ws.clock.advance("2h");
    expect((await probe).status).toBe(503);
    expect(await aftermath(world)).toEqual([]);
    expect((await world.api("/readyz")).status).toBe(200);
    const said = await world.transcript(channel);
    expect(said).toMatch(/Update 2 ·[\s\S]*Update 4 ·/);
    // Sitrep made it by itself, and another one followed before anybody could see it.
    expect(said).not.toContain("Update 3 ·");
    expect(count(said, "update is due")).toBe(1);
    await alice.clicks("Post as is");
    await alice.types("/incident resolve Done");
    expect(await aftermath(world)).toEqual([]);
  });

  it("because its token was revoked, it waits, says so, and goes on when it holds again", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    ws.faults.always(/^(?!auth)/, { when: "before", answer: { error: "token_revoked" } });
    await alice.types("/incident update Looking");
    void ws.clock.sleepUntil(ws.clock.now() + hour, "dispatch").then(() => ws.faults.clear());
    await ws.clock.advance("61m");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Update 2 ·");
  });
});

describe("the announcements channel", () => {
  it("that is missing is named in the incident's channel and in /readyz; the next incident finds it once it is there, and then the first is announced, too", async () => {
    const { world } = await declared({ channels: ["general"] });
    await using _ = world;
    const { ws } = world;
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
    expect(await world.transcript(channel)).toContain("#incidents does not exist");
    expect(await (await world.api("/readyz")).text()).toContain("1 refused");
    const alice = ws.state.personNamed("alice");
    ws.state.createChannel({ name: "incidents", creator: alice?.id ?? "" });
    await world.as("alice").in("#general").types("/incident declare sev2 search slow");
    expect(await world.transcript("incidents")).toContain("INC-2 search slow");
    expect(await world.transcript("incidents")).toContain("INC-1 checkout 500s");
    expect(await aftermath(world)).toEqual([]);
  });

  it("that is private is named the same way", async () => {
    const world = await World.open({ channels: ["general"] });
    await using _ = world;
    const alice = world.ws.state.personNamed("alice");
    world.ws.state.createChannel({ name: "incidents", creator: alice?.id ?? "", isPrivate: true });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
    expect(await world.transcript(channel)).toContain("is private");
  });

  it("from which somebody deletes the announcement gets it again, with the updates under it", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    erase(world, "incidents", "INC-1");
    await alice.types("/incident update Looking");
    expect(await aftermath(world)).toEqual([]);
    const said = await world.transcript("incidents");
    expect(count(said, "Impact: being assessed")).toBe(1);
    expect(said).toContain("Update 2 ·");
  });
});

describe("the incident's channel", () => {
  it("from which Sitrep was removed is entered again", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { state, installation } = world.ws;
    expect(state.leave(world.ws.channel(channel).id, installation.botUserId).ok).toBe(true);
    await alice.types("/incident update Looking");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Update 2 ·");
    expect(world.ws.channel(channel).members).toContain("sitrep");
  });

  it("that a person archives stops nothing else", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("16m");
    await alice.archives();
    const seen = await world.as("alice").in("#general").types("/incident INC-1 resolve Rolled back");
    expect(seen.answer).toContain("resolved");
    await world.ws.settle();
    const counts = await world.app.store.outboxCounts(world.ws.clock.now());
    expect(counts).toMatchObject({ pending: 0, claimed: 0, oldestDue: null });
    expect(await world.transcript("incidents")).toContain("Status: RESOLVED");
    expect(world.ws.state.loud).toEqual([]);
  });

  it("whose name is taken ten times over gets the next free one", async () => {
    const world = await World.open();
    await using _ = world;
    const creator = world.ws.state.personNamed("alice")?.id ?? "";
    for (const suffix of ["", ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `-${n}`)])
      world.ws.state.createChannel({ name: `${channel}${suffix}`, creator });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(`${channel}-11`)).toContain("INC-1 checkout 500s");
    expect(world.as("alice").sees().at(-1)).toBe(`INC-1 is open: #${channel}-11`);
  });
});

describe("a message of Sitrep's that somebody deletes", () => {
  it("comes back once when it is the control card, however much was going to change on it", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    erase(world, channel, "Everything said");
    world.ws.faults.next("pins.add", { when: "before", answer: 500, times: 3 });
    await alice.types("/incident update Looking");
    await alice.types("/incident update Still looking");
    expect(await aftermath(world)).toEqual([]);
    const said = await world.transcript(channel);
    expect(count(said, "Everything said")).toBe(1);
    expect(said).toContain("Current action: Still looking");
    expect(world.ws.channel(channel).pins).toHaveLength(1);
  });

  it("is not missed when it is the reminder: the update is posted for all that", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("15m");
    erase(world, channel, "update is due");
    await alice.types("/incident update Looking");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Update 2 ·");
  });
});

describe("at the same instant", () => {
  it("sixty declarations get sixty numbers, channels and cards", async () => {
    const people = Array.from({ length: 60 }, (_, index) => `person${index}`);
    await using world = await World.open({ people });
    const seen = await Promise.all(
      people.map((name, index) =>
        world.as(name).in("#general").types(`/incident declare sev3 part ${index} fails`),
      ),
    );
    expect(seen.filter(({ ok }) => !ok)).toEqual([]);
    expect(await aftermath(world)).toEqual([]);
    expect(new Set(seen.map(({ answer }) => /INC-\d+/.exec(answer ?? "")?.[0])).size).toBe(60);
    expect(world.ws.channels().filter((name) => name.startsWith("inc-"))).toHaveLength(60);
  });

  it("two incidents keep apart", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    // So long after each other that nobody is asked whether they are the same.
    await world.ws.clock.advance("11m");
    await bob.in("#general").types("/incident declare sev2 search slow");
    await world.ws.settle();
    const there = bob.in("#inc-2-search-slow");
    await Promise.all([
      alice.types("/incident update Rolling back"),
      there.types("/incident update Reindexing"),
    ]);
    await world.ws.clock.advance("1h");
    await Promise.all([
      alice.types("/incident resolve Rolled back"),
      there.types("/incident resolve Reindexed"),
    ]);
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).not.toMatch(/INC-2|eindex|search/);
    expect(await world.transcript("inc-2-search-slow")).not.toMatch(/INC-1|olling|checkout/);
  });

  it("a person whose first act is an update is named in it", async () => {
    const { world, bob } = await declared();
    await using _ = world;
    await bob.in(`#${channel}`).joins();
    await bob.in(`#${channel}`).types("/incident update Looking");
    expect(await world.transcript(channel)).toContain("by @bob");
    expect(await world.transcript("incidents")).toContain("by @bob");
  });
});

describe("what people say while Sitrep starts", () => {
  it("is not acknowledged before there is somebody to hear it, and so comes again", async () => {
    const port = await freePort();
    const { world } = await declared({ env: { PORT: String(port) } });
    await using _ = world;
    const { ws } = world;
    await world.stopApp();
    ws.requestUrl = `http://127.0.0.1:${port}/slack/events`;
    const saidBefore = ws.deliveries.log.length;
    const user = ws.state.personNamed("alice")?.id ?? "";
    await world.startApp({
      aroundStore: (store) =>
        withCommit(store, async (write) => {
          // Slack has answered, and nobody listens yet.
          if (write.meta && Object.keys(write.meta).join() === "teamUrl") {
            ws.state.postMessage({ channel: ws.channel(channel).id, user, text: "Found it" });
            while (ws.deliveries.log.length === saidBefore) await new Promise(setImmediate);
          }
          return store.commit(write);
        }),
    });
    await ws.clock.advance("10m");
    expect((await world.app.store.messages(1)).map(currentText)).toMatchObject([{ body: "Found it" }]);
  });
});

describe("an incident through which Sitrep", () => {
  it("is started anew every minute is whole and single", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    for (let minute = 0; minute < 40; minute++) {
      await world.stopApp(minute % 2 === 0 ? 0 : undefined);
      await world.startApp();
      if (minute % 7 === 0) await alice.says(`minute ${minute}`);
      if (minute === 3) await alice.types("/incident update Looking");
      await ws.clock.advance("1m");
    }
    await alice.types("/incident resolve Done");
    expect(await aftermath(world)).toEqual([]);
    const said = await world.transcript(channel);
    expect(count(said, "automatic: nothing new")).toBe(1);
    expect(count(said, "(final)")).toBe(1);
    expect(await world.app.store.messages(1)).toHaveLength(6);
  });
});

describe("a machine whose clock is set", () => {
  it("forward by hours sends what has fallen due once, and says how late it is", async () => {
    const { world } = await declared();
    await using _ = world;
    world.ws.clock.jump("3h");
    expect(await aftermath(world)).toEqual([]);
    const said = await world.transcript(channel);
    expect(said).toContain("Next update is due (14:51 UTC, 2 h 45 min late)");
    expect(count(said, "update is due")).toBe(1);
  });

  it("back by an hour keeps answering, posting and reminding", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    await ws.clock.advance("16m");
    ws.clock.jump("-1h");
    await alice.types("/incident update");
    await alice.fills({ "Current action": "Looking", "Next update (UTC)": "14:51" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Update 2 ·");
    await ws.clock.advanceTo("2024-02-15T14:51:00Z");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Next update is due (14:51 UTC)");
    await alice.clicks("Post as is");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).not.toContain("update is due");
  });
});

describe("in Socket Mode", () => {
  const world = () => declared({ transport: "socket" });

  it.each(["warning", "refresh_requested"] as const)("a disconnect for %s loses nothing", async (reason) => {
    const { world: there, alice } = await world();
    await using _ = there;
    there.ws.sockets?.disconnect(reason);
    await alice.says("Found it");
    await expect.poll(async () => (await there.app.store.messages(1)).length).toBe(1);
    await alice.types("/incident update Looking");
    expect(await aftermath(there)).toEqual([]);
  });

  it("a line that is cut and refused twice comes back", async () => {
    const { world: there, alice } = await world();
    await using _ = there;
    const { ws } = there;
    ws.sockets?.refuse(2);
    ws.sockets?.cut();
    await expect.poll(() => ws.sockets?.connections, { timeout: 10_000 }).toBe(1);
    await expect.poll(async () => (await there.api("/readyz")).status).toBe(200);
    await alice.types("/incident update Looking");
    expect(await aftermath(there)).toEqual([]);
    expect(await there.transcript(channel)).toContain("Update 2 ·");
  });

  it("a line that is cut while a command waits for its answer shows Slack's error, and the repeat is another command", async () => {
    const held = Promise.withResolvers<void>();
    let holds = false;
    const there = await World.open({
      transport: "socket",
      app: {
        aroundStore: (store) =>
          withCommit(store, async (write) => {
            if (holds) await held.promise;
            return store.commit(write);
          }),
      },
    });
    await using _ = there;
    await there.ws.settle();
    holds = true;
    const asked = there.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await expect.poll(() => there.app.isIdle()).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    there.ws.sockets?.cut();
    expect(await asked).toMatchObject({ ok: false });
    holds = false;
    held.resolve();
    await expect.poll(() => there.ws.sockets?.connections, { timeout: 10_000 }).toBe(1);
    expect(await aftermath(there)).toEqual([]);
    expect(await there.transcript(channel)).toContain("INC-1 checkout 500s");
  });
});
