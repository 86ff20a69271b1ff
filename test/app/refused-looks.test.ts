import { expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

/** alice leads, and two others are asked for something: of all three Slack is asked whether they are still there. */
async function declared() {
  const world = await World.open({ people: ["alice", "bob", "carol"] });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.invites("bob", "carol");
  for (const words of ["lead", "ask @bob check the cache", "ask @carol call the vendor"])
    await alice.types(`/incident ${words}`);
  await world.ws.settle();
  const startAgain = async () => {
    await world.stopApp();
    await world.ws.clock.advance("10m");
    await world.startApp();
    await world.ws.settle();
  };
  const sentences = async () =>
    (await world.app.store.incident(1))?.troubles.map(({ sentence }) => sentence) ?? [];
  return { world, alice, startAgain, sentences };
}

it.each([
  { method: "conversations.info", needed: "channels:read", what: "at the channel" },
  { method: "users.info", needed: "users:read", what: "at people" },
])("a look $what that Slack refuses each time is told once", async ({ method, needed }) => {
  const { world, alice, startAgain, sentences } = await declared();
  await using _ = world;
  const refuses = () =>
    world.ws.faults.always(method, { when: "before", answer: { error: "missing_scope", needed } });
  refuses();
  for (let start = 0; start < 3; start++) await startAgain();
  expect(await sentences()).toEqual([expect.stringContaining(needed)]);
  expect((await world.app.store.outboxCounts(world.ws.clock.now())).dead).toBe(1);
  // Whoever has it tried again hears what comes of it.
  await alice.clicks("Try again");
  await world.ws.settle();
  expect(await sentences()).toHaveLength(2);
  expect(await world.transcript(channel)).toContain("Refused once more at");
  world.ws.faults.clear();
  await alice.clicks("Try again");
  expect(await world.transcript(channel)).toContain("Put right at");
  // What was put right and is refused anew is news.
  refuses();
  await startAgain();
  expect(await sentences()).toHaveLength(3);
});

it("a look at somebody whom Slack does not show finds that they are gone, whatever Slack calls it", async () => {
  const { world, startAgain, sentences } = await declared();
  await using _ = world;
  world.ws.faults.always("users.info", { when: "before", answer: { error: "user_not_visible" } });
  await startAgain();
  expect(await sentences()).toEqual([]);
  expect((await world.app.store.incident(1))?.departed).toHaveProperty(world.ws.idOf("alice"));
});
