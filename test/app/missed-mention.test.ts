import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/workspace/faults.ts";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { channel, openIncident } from "./sleep-story.ts";
import type { World } from "./world.ts";

const away = "I was away when you said this";

const answers = async (world: World) => (await world.transcript(channel)).split(away).length - 1;

/** Sitrep sleeps while somebody says something, and for a while longer. */
async function slept(said: string, during: string) {
  const { world, alice, bob } = await openIncident();
  const { ws } = world;
  await alice.says("rolling back");
  await ws.settle();
  await world.stopApp();
  await bob.replies("rolling back", said);
  await ws.clock.advance(during);
  return { world, alice, bob };
}

const faults: Fault[] = (["before", "after"] as const).flatMap((when): Fault[] => [
  { when, answer: 500 },
  { when, answer: "cut" },
  { when, answer: "silence" },
]);

describe("what is said to Sitrep by name while it is away", () => {
  it("for longer than Slack repeats it is not carried out, and is answered so in its thread, once", async () => {
    const { world, alice } = await slept("@sitrep log 14:31 Reverted", "20m");
    await using _ = world;
    await alice.says("@sitrep status");
    await alice.says("ask @sitrep later");
    await world.ws.clock.advance("10m");
    for (let start = 0; start < 2; start++) {
      await world.startApp();
      await world.ws.clock.advance("2h");
      expect(await answers(world)).toBe(2);
      await world.stopApp();
    }
    await world.startApp();
    expect((await world.app.store.incident(1))?.entries).toEqual([]);
    const lines = (await world.transcript(channel)).split("\n");
    const after = (said: string) => lines[lines.findIndex((line) => line.includes(said)) + 1];
    expect(after("log 14:31 Reverted")).toContain(away);
    expect(after("status")).toContain(away);
    expect(await aftermath(world)).toEqual([]);
  });

  it("for no longer than that is carried out, and nothing else is said of it", async () => {
    const { world } = await slept("@sitrep log 14:31 Reverted", "3m");
    await using _ = world;
    await world.startApp();
    await world.ws.clock.advance("3h");
    expect((await world.app.store.incident(1))?.entries).toHaveLength(1);
    expect(await answers(world)).toBe(0);
    expect(await aftermath(world)).toEqual([]);
  });

  it("as far as the message goes, but was carried out all the same, is not answered", async () => {
    const { world, alice } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    ws.deliveries.next("message", { drop: 4 });
    await alice.says("@sitrep status");
    await ws.clock.advance("2h");
    expect(await world.app.store.messages(1)).toHaveLength(1);
    expect(await answers(world)).toBe(0);
  });

  it("and that is lost, though Sitrep was back while Slack might have repeated it, is answered at the next look", async () => {
    const { world, alice } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    await world.stopApp();
    for (const type of ["message", "app_mention"]) ws.deliveries.next(type, { drop: 4 });
    await alice.says("@sitrep log 14:31 Reverted");
    await ws.clock.advance("2m");
    await world.startApp();
    await ws.settle();
    expect(await answers(world)).toBe(0);
    await ws.clock.advance("20m");
    expect(await answers(world)).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });

  it.each([
    [
      "is over by then",
      (world: World) => world.as("alice").in(`#${channel}`).types("/incident resolve done"),
      "1h",
    ],
    ["goes on a day later", async () => ({ ok: true }), "25h"],
  ])("in an incident that %s is not answered", async (_name, act, during) => {
    const { world, alice } = await openIncident();
    await using _ = world;
    const { ws } = world;
    await ws.settle();
    for (const type of ["message", "app_mention"]) ws.deliveries.next(type, { drop: 4 });
    await alice.says("@sitrep log 14:31 Reverted");
    await act(world);
    await ws.settle();
    await world.stopApp();
    await ws.clock.advance(during);
    await world.startApp();
    await ws.clock.advance("1h");
    expect(await world.app.store.messages(1)).toHaveLength(1);
    expect(await answers(world)).toBe(0);
  });

  it.each(faults.map((fault) => [`${fault.when} ${JSON.stringify(fault.answer)}`, fault] as const))(
    "is answered once, though the post fails (%s)",
    async (_name, fault) => {
      const { world } = await slept("@sitrep log 14:31 Reverted", "30m");
      await using _ = world;
      world.ws.faults.next("chat.postMessage", fault);
      await world.startApp();
      await world.ws.clock.advance("5m");
      expect(world.ws.faults.unmet).toBe(0);
      expect(await answers(world)).toBe(1);
      expect(await aftermath(world)).toEqual([]);
    },
  );

  it("is answered once, though Sitrep is killed with the answer", async () => {
    const { world } = await slept("@sitrep log 14:31 Reverted", "30m");
    await using _ = world;
    let isPosted = false;
    world.ws.onCall(({ method, phase, args }) => {
      isPosted ||= method === "chat.postMessage" && phase === "after" && JSON.stringify(args).includes(away);
    });
    const started = Promise.withResolvers<void>();
    let killed: Promise<void> | undefined;
    await world.startApp({
      aroundStore: (store) =>
        withCommit(store, async (write) => {
          if (!isPosted) return store.commit(write);
          killed ??= started.promise.then(() => world.stopApp(0));
          throw new Error("killed");
        }),
    });
    started.resolve();
    await world.ws.settle();
    await killed;
    expect(killed).toBeDefined();
    await world.startApp();
    await world.ws.clock.advance("5m");
    expect(await answers(world)).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });
});
