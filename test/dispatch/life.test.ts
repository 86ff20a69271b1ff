import { expect, test } from "vitest";
import { handle } from "../../src/handle.ts";
import { declare, declaredAt, opened } from "../domain/given.ts";
import { lingersFor } from "../../src/dispatch/performer.ts";
import { bench, effect } from "./bench.ts";

test("stopping waits for what is under way and claims nothing more", async () => {
  const { run, queue, performer, counts } = await bench();
  const answer = performer.holds("a");
  await queue(effect("a"), effect("b", { target: "a" }));
  const dispatcher = await run();
  await performer.asked(1);
  const stopped = dispatcher.stop();
  await queue(effect("c"));
  answer();
  await stopped;
  expect(performer.keys).toEqual(["a"]);
  expect(await counts()).toMatchObject({ pending: 2, claimed: 0 });
});

test("stopping does not wait longer than it was told, and what comes later is dropped", async () => {
  const { run, queue, performer, counts, lines, broken } = await bench();
  const answer = performer.holds("a");
  await queue(effect("a"));
  const dispatcher = await run();
  await performer.asked(1);
  await dispatcher.stop(0);
  broken.add("commit");
  answer();
  await dispatcher.idle();
  expect(await counts()).toMatchObject({ claimed: 1 });
  expect(lines.map(({ says }) => says)).toEqual(["stopped while effects were under way"]);
});

test("what was killed between call and settlement is a suspect for the next process, and settled once", async () => {
  const { run, handling, clock, performer, lines } = await bench();
  const answer = performer.holds("1:channel:create");
  await handle(handling, declare());
  const killed = await run();
  await performer.asked(1);
  await killed.stop(0);
  answer();

  performer.answers("1:channel:create", { as: "done", result: opened });
  await run();
  await clock.settle();
  const attempts = performer.calls.filter(({ key }) => key === "1:channel:create");
  expect(attempts).toMatchObject([
    { attempts: 1, suspect: false, at: declaredAt },
    // By then Slack is through with what the first one asked for.
    { attempts: 2, suspect: true, at: declaredAt + lingersFor },
  ]);
  expect((await handling.store.events(1)).filter(({ event }) => event.type === "ChannelOpened")).toHaveLength(
    1,
  );
  expect(lines).toContainEqual(expect.objectContaining({ freed: expect.any(Number) }));
});

test("stopping does not wait for a store that has failed", async () => {
  const { run, queue, performer, broken } = await bench();
  const answer = performer.holds("a");
  await queue(effect("a"));
  const dispatcher = await run();
  await performer.asked(1);
  broken.add("commit").add("due");
  answer();
  await dispatcher.idle();
  expect(dispatcher.status()).toMatchObject({ inFlight: 0, unsettled: [{}] });
  await dispatcher.stop();
  expect(dispatcher.isIdle()).toBe(true);
});

test("a start that cannot free the predecessor's leases says so", async () => {
  const { run, broken } = await bench();
  broken.add("freeLeases");
  await expect(run()).rejects.toThrow("database or disk is full");
});

test("it is busy from the commit on until all that follows from it has happened", async () => {
  const { run, queue, clock, performer } = await bench();
  const dispatcher = await run();
  await clock.settle();
  expect(dispatcher.isIdle()).toBe(true);
  const answer = performer.holds("a");
  await queue(effect("a"));
  expect(dispatcher.isIdle()).toBe(false);
  await performer.asked(1);
  expect(dispatcher.isIdle()).toBe(false);
  answer();
  await dispatcher.idle();
  expect(performer.keys).toEqual(["a"]);
  expect(dispatcher.isIdle()).toBe(true);
});

test("it is busy from the instant on at which something falls due, before it has noticed", async () => {
  const { run, queue, clock, performer } = await bench();
  await queue(effect("a", { dueAt: declaredAt + 1000 }));
  const dispatcher = await run();
  await dispatcher.idle();
  expect(dispatcher.isIdle()).toBe(true);
  clock.jump("1s");
  expect(dispatcher.isIdle()).toBe(false);
  await dispatcher.idle();
  expect(performer.keys).toEqual(["a"]);
});

test("a commit in the middle of a look is looked at too", async () => {
  const { run, queue, clock, performer, store } = await bench();
  const nextDue = store.nextDue.bind(store);
  let late: Promise<void> | undefined;
  const between = new Proxy(store, {
    get: (target, name: keyof typeof store) =>
      name === "nextDue"
        ? async (after?: number) => {
            const answer = await nextDue(after);
            late ??= queue(effect("late"));
            await late;
            return answer;
          }
        : Reflect.get(target, name),
  });
  await run({ store: between });
  await clock.settle();
  expect(performer.keys).toEqual(["late"]);
});

test("disposing stops it", async () => {
  const { run, queue, performer } = await bench();
  {
    await using _dispatcher = await run();
  }
  await queue(effect("a"));
  expect(performer.keys).toEqual([]);
});
