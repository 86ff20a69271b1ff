import { describe, expect, it } from "vitest";
import type { Store } from "../../src/store/port.ts";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

async function declared(options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

/** Calls of a method from now on, each with the seconds since now. */
function callsOf({ ws }: World, method: string): number[] {
  const from = ws.clock.now();
  const seen: number[] = [];
  ws.onCall((call) => {
    if (call.method === method && call.phase === "before") seen.push((ws.clock.now() - from) / 1000);
  });
  return seen;
}

describe("what Slack is still at work on when its answer is lost", () => {
  it.each(["silence", "cut", 500, { error: "internal_error" }] as const)(
    "(%j) is waited for before it is looked for: a message stands once",
    async (answer) => {
      const { world, alice } = await declared();
      await using _ = world;
      world.ws.faults.next("chat.postMessage", { when: "later", answer, laterBy: 8 });
      await alice.types("/incident log 14:30 Deployed");
      const told = await world.transcript(channel);
      expect(count(told, "Deployed")).toBe(1);
      expect(await aftermath(world)).toEqual([]);
    },
  );

  it("is done after that wait where it never was", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.faults.next("chat.postMessage", { when: "before", answer: "cut" });
    const posts = callsOf(world, "chat.postMessage");
    await alice.types("/incident log 14:30 Deployed");
    expect(count(await world.transcript(channel), "Deployed")).toBe(1);
    expect(posts).toEqual([0, 10]);
  });

  it("may be a channel: it is asked for once", async () => {
    const world = await World.open();
    await using _ = world;
    world.ws.faults.next("conversations.create", { when: "later", answer: "silence", laterBy: 8 });
    const creations = callsOf(world, "conversations.create");
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await aftermath(world)).toEqual([]);
    expect(creations).toEqual([0]);
    expect(world.ws.channels().filter((name) => name.startsWith("inc-"))).toEqual([channel]);
  });

  it("may be a file: it is shared once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.faults.next("files.completeUploadExternal", { when: "later", answer: "silence", laterBy: 8 });
    const shares = callsOf(world, "files.completeUploadExternal");
    await alice.types("/incident resolve Rolled back");
    expect(await aftermath(world)).toEqual([]);
    expect(shares).toHaveLength(1);
    expect(world.ws.channel(channel).messages.filter(({ files }) => files.length > 0)).toHaveLength(1);
  });

  it("is waited for by the next process as well, where this one was killed meanwhile", async () => {
    let isDead = false;
    const aroundStore = (store: Store) =>
      withCommit(store, (write) => (isDead ? Promise.reject(new Error("killed")) : store.commit(write)));
    const { world, alice } = await declared({ app: { aroundStore } });
    await using _ = world;
    world.ws.faults.next("chat.postMessage", { when: "later", answer: "cut", laterBy: 8 });
    world.ws.onCall(({ phase, args }) => {
      isDead ||= phase === "before" && JSON.stringify(args).includes("Deployed");
    });
    await world.unwaited(async () => {
      await alice.types("/incident log 14:30 Deployed");
      await expect.poll(() => world.ws.faults.unmet).toBe(0);
      await world.stopApp(0);
      isDead = false;
      await world.startApp();
    });
    expect(count(await world.transcript(channel), "Deployed")).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });
});
