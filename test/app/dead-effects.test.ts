import { describe, expect, it } from "vitest";
import { sitrep } from "../cli/terminal.ts";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const key = "1:post:announcement";
const count = (text: string, part: string) => text.split(part).length - 1;

/** An incident that Slack does not let be announced: there is no channel for it. */
async function unannounced(options: WorldOptions = {}, more = "") {
  const world = await World.open({ channels: ["general"], ...options });
  await world.as("alice").in("#general").types(`/incident declare sev2 ${more}checkout 500s`);
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

function makeAnnouncements({ ws }: World): void {
  ws.state.createChannel({ name: "incidents", creator: ws.idOf("alice") });
}

const retry = (world: World, ...args: string[]) =>
  sitrep(["retry", ...args], { env: world.env(), cwd: world.folder, clock: world.ws.clock });

const readiness = async (world: World) => {
  const answer = await world.api("/readyz");
  return { status: answer.status, text: await answer.text() };
};

describe("what Slack refused", () => {
  it("is told in the channel, to the declarer, in /readyz, in the metrics; the bot stays ready", async () => {
    const { world, alice } = await unannounced();
    await using _ = world;
    const told = await world.transcript(channel);
    expect(told).toMatch(/Slack refused: #incidents does not exist[\s\S]*\[Try again\]/);
    expect(alice.directMessages()).toContain("INC-1 is not announced.");
    const { status, text } = await readiness(world);
    expect(status).toBe(200);
    expect(text).toContain(`1 refused: ${key} (channel_not_found)`);
    const metrics = await (await world.api("/metrics")).text();
    expect(metrics).toContain('sitrep_outbox_effects{state="dead"} 1');
  });

  it("is done by the button in its note once the cause is mended, and the note says so", async () => {
    const { world, alice } = await unannounced();
    await using _ = world;
    makeAnnouncements(world);
    await world.ws.clock.advance("4m");
    await alice.clicks("Try again");
    const told = await world.transcript(channel);
    expect(told).toContain("Put right at 14:40 UTC (tried again by @alice).");
    expect(told).not.toContain("[Try again]");
    expect(alice.sees().at(-1)).toContain("It is being tried again");
    expect(alice.directMessages()).toContain("Put right at 14:40 UTC");
    expect(await world.transcript("incidents")).toContain("INC-1 checkout 500s");
    expect((await readiness(world)).text).toContain("nothing was refused");
    expect(await aftermath(world)).toEqual([]);
  });

  it("and is refused again is told again, once", async () => {
    const { world, alice } = await unannounced();
    await using _ = world;
    await alice.clicks("Try again");
    const told = await world.transcript(channel);
    expect(told).toContain("Refused once more at 14:36 UTC (tried again by @alice).");
    expect(count(told, "Slack refused: ")).toBe(2);
    expect(count(told, "[Try again]")).toBe(1);
    expect(await aftermath(world, { dead: 1 })).toEqual([]);
  });

  it("is tried again from the shell while the bot runs, which notices by itself", async () => {
    const { world } = await unannounced();
    await using _ = world;
    makeAnnouncements(world);
    const { code, out } = await retry(world, key);
    expect(code).toBe(0);
    expect(out).toMatch(/^INC-1: 1:post:announcement is tried again\. .*\nThe running Sitrep does it/);
    await expect
      .poll(() => world.transcript("incidents"), { timeout: 8000 })
      .toContain("INC-1 checkout 500s");
    expect(await world.transcript(channel)).toMatch(
      /Put right at 14:36 UTC \(tried again by .* \(command line\)\)/,
    );
    expect(await aftermath(world)).toEqual([]);
  });

  it("twice at once is tried again once, also when the bot does not run", async () => {
    const { world } = await unannounced();
    await using _ = world;
    makeAnnouncements(world);
    await world.stopApp();
    const both = await Promise.all([retry(world, key), retry(world, key)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const said = both.map(({ out }) => out).join("");
    expect(count(said, "is tried again.")).toBe(1);
    expect(said).toContain("being tried again already");
    expect(said).toContain("No Sitrep is running on this database");
    await world.startApp();
    expect(count(await world.transcript("incidents"), "INC-1 checkout 500s")).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });

  it("and is no longer wanted when it is tried again is left, and its note says so", async () => {
    const world = await World.open({ settings: "mitigation: { promptAfter: off }" });
    await using _ = world;
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.clock.advance("14m");
    ws.faults.next("chat.postMessage", { when: "before", answer: { error: "invalid_blocks" } });
    // The reminder is refused; what it asks for has been done when somebody tries again.
    await ws.clock.advance("2m");
    const alice = world.as("alice").in(`#${channel}`);
    expect(await world.transcript(channel)).toContain("Slack refused: Posting the reminder of the update");
    await alice.types("/incident update Rolling back");
    await alice.clicks("Try again");
    const told = await world.transcript(channel);
    expect(told).toContain("Found no longer needed at");
    expect(told).not.toContain("Next update is due");
    expect(await aftermath(world)).toEqual([]);
  });

  it("is looked for before it is repeated where an earlier attempt may have done it", async () => {
    const world = await World.open();
    await using _ = world;
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    // It stands in Slack, the answer is lost, and looking is refused.
    ws.faults.next("chat.postMessage", { when: "after", answer: 500 });
    ws.faults.next("conversations.history", { when: "before", answer: { error: "missing_scope" } });
    const alice = world.as("alice").in(`#${channel}`);
    await alice.types("/incident log 14:30 Deployed");
    const before = await world.transcript(channel);
    expect(before).toContain("Slack refused: Posting the timeline entry");
    await alice.clicks("Try again");
    const told = await world.transcript(channel);
    expect(told).toContain("Put right at");
    expect(
      ws.channel(channel).messages.filter(({ botId, text }) => botId && text.includes("Deployed")),
    ).toHaveLength(1);
    expect(await aftermath(world)).toEqual([]);
  });

  it("of a private incident is counted in /readyz and named nowhere outside its channel", async () => {
    const world = await World.open();
    await using _ = world;
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 --private checkout 500s");
    await ws.settle();
    ws.faults.next("chat.postMessage", { when: "before", answer: { error: "invalid_blocks" } });
    const name = ws.channels().find((each) => each.startsWith("inc-1")) ?? "";
    await world.as("alice").in(`#${name}`).types("/incident log 14:30 Deployed");
    expect(await world.transcript(name)).toContain("Slack refused: Posting the timeline entry");
    const { text } = await readiness(world);
    expect(text).toContain("1 refused; ");
    expect(text).not.toMatch(/INC-1|1:post|invalid_blocks/);
    const { code, out } = await sitrep(["doctor"], { env: world.env(), cwd: world.folder, clock: ws.clock });
    expect(code).toBe(1);
    expect(out).toContain("INC-1 (PRIVATE): Posting the timeline entry was not possible");
  });

  it("of a channel is asked for by sitrep retry as by the button", async () => {
    const world = await World.open();
    await using _ = world;
    const { ws } = world;
    ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    await world.stopApp();
    expect((await retry(world, "--all")).code).toBe(0);
    await world.startApp();
    expect(await world.transcript(channel)).toContain("Status: INVESTIGATING");
    expect(await world.transcript("general")).toContain("has its channel now");
    expect(await aftermath(world)).toEqual([]);
  });

  it("of the channel of an incident that is over is left when it is tried again", async () => {
    const world = await World.open();
    await using _ = world;
    const { ws } = world;
    ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    const alice = world.as("alice").in("#general");
    await alice.types("/incident declare sev2 checkout 500s");
    await ws.settle();
    await alice.types("/incident INC-1 resolve It was nothing");
    await ws.settle();
    await world.stopApp();
    await retry(world, "--incident", "INC-1");
    await world.startApp();
    expect(await aftermath(world)).toEqual([]);
    expect(ws.channels()).not.toContain(channel);
  });
});

it("what is tried again by a process that is killed before it is settled is told as put right, once", async () => {
  const { world } = await unannounced();
  await using _ = world;
  const { ws } = world;
  makeAnnouncements(world);
  await world.stopApp();
  await retry(world, key);
  const posted = Promise.withResolvers<void>();
  const off = ws.onCall(({ method, phase }) => {
    if (method === "chat.postMessage" && phase === "after") posted.resolve();
  });
  await world.startApp({
    aroundStore: (store) =>
      new Proxy(store, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (name === "commit")
            return (write: Parameters<typeof store.commit>[0]) =>
              write.settle ? new Promise(() => {}) : store.commit(write);
          return typeof value === "function" ? value.bind(target) : value;
        },
      }),
  });
  await posted.promise;
  off();
  await world.stopApp(0);
  await world.startApp();
  expect(count(await world.transcript("incidents"), "INC-1 checkout 500s")).toBe(1);
  expect(count(await world.transcript(channel), "Put right at")).toBe(1);
  expect(await aftermath(world)).toEqual([]);
});
