import { expect, test } from "vitest";
import { remindUpdate } from "../../src/domain/effect-routing.ts";
import { handle } from "../../src/handle.ts";
import { declare, declaredAt, alice, after, text } from "../domain/given.ts";
import { bench, effect } from "./bench.ts";

const reminders = async (handling: Parameters<typeof handle>[0]): Promise<number[]> =>
  (await handling.store.events(1)).flatMap(({ event }) =>
    event.type === "UpdateReminded" ? [event.at] : [],
  );

test("a due update is reminded at its time, once", async () => {
  const { run, handling, clock, attempts } = await bench();
  await handle(handling, declare());
  await run();
  await clock.advanceTo(after(15) - 1);
  expect(await reminders(handling)).toEqual([]);
  await clock.advance(1);
  expect(await reminders(handling)).toEqual([after(15)]);
  await clock.advance("4m");
  expect(await reminders(handling)).toEqual([after(15)]);
  expect(attempts.filter(({ type }) => type === "RemindUpdate")).toHaveLength(1);
});

test("settling runs through retries, and stops at a product's timer", async () => {
  const { run, handling, clock, performer } = await bench();
  performer.answers("1:channel:create", { as: "retry", error: "timeout", sure: false, pause: "row" });
  await handle(handling, declare());
  await run();
  await clock.settle();
  expect(performer.keys.filter((key) => key === "1:channel:create")).toHaveLength(2);
  expect(clock.now()).toBeLessThan(after(1));
  expect(await reminders(handling)).toEqual([]);
});

test("a timer that fell due while nothing ran fires at once, at the time it is now", async () => {
  const { run, handling, clock } = await bench();
  await handle(handling, declare());
  clock.jump("3h");
  await run();
  await clock.settle();
  expect(await reminders(handling)).toEqual([after(180)]);
});

test("a timer that an update has satisfied is skipped", async () => {
  const { run, handling, clock, lines } = await bench();
  await handle(handling, declare());
  await run();
  await clock.advance("5m");
  await handle(handling, {
    type: "PublishUpdate",
    at: clock.now(),
    actor: alice,
    incident: 1,
    currentAction: text("Rolling back"),
  });
  await clock.advance("20m");
  expect(await reminders(handling)).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({ effect: `1:remind:${after(15)}:1`, outcome: "skipped", why: "satisfied" }),
  );
});

test("a missed update is posted after its grace, from the record as it is then", async () => {
  const { run, handling, clock } = await bench();
  await handle(handling, declare());
  await run();
  await clock.advance("20m");
  const posted = (await handling.store.incident(1))?.updates.at(-1);
  expect(posted).toMatchObject({ at: after(20), automaticSince: declaredAt });
});

test("a clock that is set back fires nothing twice, and skips nothing", async () => {
  const { run, handling, clock } = await bench();
  await handle(handling, declare());
  await run();
  await clock.advance("16m");
  clock.jump("-1h");
  await clock.advance("59m");
  expect(await reminders(handling)).toEqual([after(15)]);
  await clock.advance("5m");
  expect((await handling.store.incident(1))?.updates.at(-1)?.automaticSince).not.toBeNull();
});

test("a clock that is set back holds up nothing that was to be done at once, awake or asleep", async () => {
  const { run, queue, clock, performer } = await bench();
  const fails = { as: "retry", error: "timeout", sure: true, pause: "row" } as const;
  performer.answers("awake", fails, fails, fails);
  performer.answers("asleep", fails);
  const dispatcher = await run();
  await queue(effect("awake", { dueAt: clock.now() }));
  await performer.asked(1);
  await dispatcher.idle();
  clock.jump("-2h");
  const from = clock.now();
  await clock.settle();
  expect(performer.calls.map(({ key }) => key)).toEqual(Array(4).fill("awake"));
  expect(clock.now() - from).toBeLessThan(60_000);

  await dispatcher.stop();
  await queue(effect("asleep", { dueAt: clock.now() }));
  clock.jump("-2h");
  const again = clock.now();
  await run();
  await clock.settle();
  expect(performer.calls.filter(({ key }) => key === "asleep")).toHaveLength(2);
  expect(clock.now() - again).toBeLessThan(60_000);
});

test("a clock that is set back keeps no channel waiting for more than its pace", async () => {
  const { run, queue, clock, performer } = await bench();
  const posts = ["a", "b", "c", "d", "e", "f"];
  for (const name of posts) performer.paces(name, { method: "chat.postMessage", lane: "C1" });
  await run();
  await queue(...posts.slice(0, 4).map((name) => effect(name)));
  await clock.settle();
  clock.jump("-1h");
  const from = clock.now();
  await queue(...posts.slice(4).map((name) => effect(name, { dueAt: from })));
  await clock.settle();
  expect(performer.calls.slice(4).map(({ at }) => at - from)).toEqual([1000, 2000]);
});

test("a timer whose command fails is tried again, and holds up nobody", async () => {
  const { run, handling, clock, broken, endure } = await bench();
  await handle(handling, declare());
  const dispatcher = await run({ concurrency: 1 });
  await clock.advance("14m");
  broken.add("messages");
  await endure(120_000, 1000);
  expect(dispatcher.status()).toMatchObject({ inFlight: 0, unsettled: [{}] });
  broken.clear();
  await clock.advance("1m");
  const [at] = await reminders(handling);
  expect(at).toBeGreaterThan(after(16));
  expect(dispatcher.status()).toMatchObject({ inFlight: 0, unsettled: [] });
});

test("ten thousand timers that are not due cost nothing until they are", async () => {
  const { run, queue, clock, asked, attempts } = await bench();
  const day = 24 * 3_600_000;
  // An incident that does not exist: each is refused, harmlessly.
  const timers = Array.from({ length: 10_000 }, (_, i) => ({
    ...remindUpdate(1, declaredAt + day + Math.floor(i / 1000), 1),
    key: `timer ${i}`,
    target: `timer ${i}`,
    incident: null,
  }));
  await queue(...timers);
  await run();
  await clock.settle();
  asked.clear();
  await clock.advance(day - 1);
  expect(asked.size).toBe(0);
  expect(attempts).toEqual([]);
  await clock.advance(1);
  expect(attempts).toHaveLength(1000);
  expect(attempts.every(({ outcome }) => outcome === "skipped")).toBe(true);
});

test("timers come in time while every slot is taken by what waits for Slack", async () => {
  const { run, handling, queue, clock, performer } = await bench();
  await handle(handling, declare());
  const held = Array.from({ length: 8 }, (_, i) => performer.holds(`slow ${i}`));
  await queue(...held.map((_, i) => effect(`slow ${i}`, { urgency: 0 })));
  const dispatcher = await run();
  await performer.asked(8);
  clock.jump("15m");
  await expect.poll(() => reminders(handling)).toEqual([after(15)]);
  expect(dispatcher.status().inFlight).toBe(8);
  for (const answer of held) answer();
});
