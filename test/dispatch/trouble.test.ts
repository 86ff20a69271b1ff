import { expect, test } from "vitest";
import { backOff } from "../../src/dispatch/back-off.ts";
import type { Performed } from "../../src/dispatch/performer.ts";
import { handle } from "../../src/handle.ts";
import { declare, declaredAt, opened } from "../domain/given.ts";
import { bench, effect } from "./bench.ts";

const unreachable: Performed = { as: "retry", error: "ECONNREFUSED", sure: true, pause: "all" };
const limited = (method: string, seconds: number): Performed => ({
  as: "retry",
  error: "ratelimited",
  sure: true,
  after: seconds * 1000,
  pause: "method",
  method,
});

test("a failed effect comes again with growing pauses, and knows which attempt it is", async () => {
  const { run, queue, clock, performer } = await bench();
  const failed: Performed = { as: "retry", error: "internal_error", sure: true, pause: "row" };
  performer.answers("a", failed, failed, failed);
  await queue(effect("a"));
  await run();
  await clock.settle();
  expect(performer.calls.map(({ attempts }) => attempts)).toEqual([1, 2, 3, 4]);
  const waits = performer.calls.slice(1).map(({ at }, i) => at - (performer.calls[i]?.at ?? 0));
  expect(waits).toEqual([backOff(1, 1), backOff(2, 1), backOff(3, 1)]);
});

test("an attempt that may have had its effect is a suspect the next time, one that surely had none is not", async () => {
  const { run, queue, clock, performer } = await bench();
  const failed = (sure: boolean): Performed => ({ as: "retry", error: "timeout", sure, pause: "row" });
  performer.answers("sure", failed(true));
  performer.answers("unsure", failed(false));
  await queue(effect("sure"), effect("unsure"));
  await run();
  await clock.settle();
  const suspects = (name: string) =>
    performer.calls.filter(({ key }) => key === name).map(({ suspect }) => suspect);
  expect(suspects("sure")).toEqual([false, false]);
  expect(suspects("unsure")).toEqual([false, true]);
});

test("what may take effect yet is tried again ten seconds later; others wait no longer than for a method that broke", async () => {
  const { run, queue, clock, performer, seconds } = await bench();
  for (const name of ["lost", "other"]) performer.paces(name, { method: "chat.postMessage", lane: name });
  const broke = { pause: "method", method: "chat.postMessage", broken: true } as const;
  performer.answers("lost", { as: "retry", error: "timeout", sure: false, ...broke, lingers: true });
  await queue(effect("lost"), effect("behind it", { target: "lost" }));
  const dispatcher = await run();
  await performer.asked(1);
  await dispatcher.idle();
  await queue(effect("other"), effect("elsewhere"));
  await clock.settle();
  expect(performer.keys).toEqual(["lost", "elsewhere", "other", "lost", "behind it"]);
  expect(seconds()).toEqual([0, 0, backOff(1, 1) / 1000, 10, 10]);
});

test("a performer that throws costs an attempt, not the effect", async () => {
  const { run, queue, clock, performer, counts } = await bench();
  performer.answers("a", () => {
    throw new Error("a bug");
  });
  await queue(effect("a"), effect("b"));
  await run();
  await clock.settle();
  expect(performer.keys).toEqual(["a", "b", "a"]);
  expect(performer.calls.at(-1)?.suspect).toBe(true);
  expect(await counts()).toMatchObject({ pending: 0, dead: 0 });
});

test("Retry-After holds back its method and nothing else", async () => {
  const { run, queue, clock, performer, seconds } = await bench();
  for (const name of ["edit 1", "edit 2"]) performer.paces(name, { method: "chat.update" });
  performer.paces("post", { method: "chat.postMessage", lane: "C1" });
  performer.answers("edit 1", limited("chat.update", 30));
  await queue(effect("edit 1"));
  const dispatcher = await run();
  await performer.asked(1);
  await dispatcher.idle();
  await queue(effect("edit 2"), effect("post"));
  await dispatcher.idle();
  expect(performer.keys).toEqual(["edit 1", "post"]);
  expect(dispatcher.status().pausedMethods).toEqual([{ method: "chat.update", until: declaredAt + 30_000 }]);
  await clock.settle();
  expect(performer.keys).toEqual(["edit 1", "post", "edit 1", "edit 2"]);
  // One by one at first: a burst would earn the next pause.
  expect(seconds()).toEqual([0, 0, 30, 31.2]);
  expect(dispatcher.status().pausedMethods).toEqual([]);
});

test("while Slack cannot be reached one effect at a time probes, and its success lets all others go", async () => {
  const { run, queue, clock, performer, counts, endure } = await bench();
  const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
  let reachable = false;
  performer.always = () => (reachable ? undefined : unreachable);
  await queue(...names.map((name) => effect(name)));
  const dispatcher = await run();
  await dispatcher.idle();
  expect(performer.calls).toHaveLength(8);
  expect(dispatcher.status().standstill).toEqual({
    why: "ECONNREFUSED",
    since: declaredAt,
    until: declaredAt + 1000,
  });

  await endure(15_000, 500);
  expect(performer.calls).toHaveLength(12);
  reachable = true;
  await clock.settle();
  const probes = performer.calls.slice(8, 12).map(({ at }) => at - declaredAt);
  expect(probes).toEqual([1000, 3000, 7000, 15_000]);
  expect(dispatcher.status().standstill).toBeNull();
  expect(new Set(performer.keys)).toEqual(new Set(names));
  expect(await counts()).toMatchObject({ pending: 0, dead: 0 });
});

const broken = (method: string): Performed => ({
  as: "retry",
  error: "ETIMEDOUT",
  sure: true,
  pause: "method",
  method,
  broken: true,
});

const methods = ["chat.postMessage", "chat.update", "pins.add", "bookmarks.add"];

test("when three methods break one after the other, and Slack is not there, it is all of Slack", async () => {
  const { run, queue, clock, performer, endure } = await bench();
  let isBroken = true;
  performer.always = ({ key }) => (isBroken ? broken(key) : undefined);
  performer.isThere = async () => !isBroken;
  for (const method of methods) performer.paces(method, { method });
  await queue(...methods.map((method) => effect(method)));
  const dispatcher = await run();
  await dispatcher.idle();
  expect(performer.calls).toHaveLength(4);
  expect(dispatcher.status().standstill).toMatchObject({ why: "ETIMEDOUT", since: declaredAt });
  await endure(15_000, 500);
  // One probe at a time, where each method by itself would have been tried as often.
  expect(performer.calls.slice(4).map(({ at }) => at - declaredAt)).toEqual([1000, 3000, 7000, 15_000]);
  isBroken = false;
  await clock.settle();
  expect(dispatcher.status().standstill).toBeNull();
  expect(new Set(performer.keys.slice(8))).toEqual(new Set(methods));
});

test("one method that stays broken keeps no other waiting once Slack is back", async () => {
  const { run, queue, performer, endure } = await bench();
  let isBack = false;
  performer.always = ({ key }) => (isBack && key !== "chat.postMessage" ? undefined : broken(key));
  performer.isThere = async () => isBack;
  for (const method of methods) performer.paces(method, { method });
  await queue(...methods.map((method) => effect(method)));
  const dispatcher = await run();
  await dispatcher.idle();
  isBack = true;
  await queue(effect("another"));
  await endure(2000, 500);
  expect(performer.keys.slice(4)).toEqual(expect.arrayContaining(["another", ...methods.slice(1)]));
  expect(dispatcher.status().standstill).toBeNull();
});

test("methods that are broken though Slack is there hold up themselves and no other", async () => {
  const { run, queue, clock, performer } = await bench();
  for (const method of methods) {
    performer.paces(method, { method });
    performer.answers(method, broken(method), broken(method));
  }
  let asked = 0;
  performer.isThere = async () => (asked += 1) > 0;
  const dispatcher = await run();
  await queue(...methods.map((method) => effect(method)));
  await dispatcher.idle();
  await queue(effect("another"));
  await dispatcher.idle();
  expect(performer.keys.at(-1)).toBe("another");
  expect(clock.now()).toBe(declaredAt);
  expect(dispatcher.status().standstill).toBeNull();
  expect(asked).toBeGreaterThan(0);
  await clock.settle();
});

test("while everything that goes to Slack stands still, a webhook is called at once, and is no probe", async () => {
  const { run, queue, clock, performer } = await bench();
  performer.always = ({ effect: { type } }) => (type === "CallWebhook" ? undefined : unreachable);
  await queue(effect("a"));
  const dispatcher = await run();
  await dispatcher.idle();
  const { standstill } = dispatcher.status();
  expect(standstill).not.toBeNull();
  const call = { type: "CallWebhook", incident: 1, webhook: "pager", act: "resolve", call: null } as const;
  await queue(effect("webhook", { effect: call }));
  await dispatcher.idle();
  expect(performer.keys).toEqual(["a", "webhook"]);
  expect(clock.now()).toBe(declaredAt);
  expect(dispatcher.status().standstill).toEqual(standstill);
});

test("a probe that finds nothing to do leaves the standstill to the next one", async () => {
  const { run, queue, clock, performer } = await bench();
  performer.answers("a", unreachable, { as: "skipped", why: "unwanted" });
  performer.answers("b", unreachable);
  await queue(effect("a"));
  await run();
  await clock.advance(500);
  await queue(effect("b"), effect("c"));
  await clock.settle();
  expect(performer.keys).toEqual(["a", "a", "b", "b", "c"]);
});

test("neither a day without Slack nor a revoked token kills an effect", async () => {
  const { run, queue, clock, performer, counts, endure } = await bench();
  const back = declaredAt + 24 * 3_600_000;
  performer.always = () =>
    clock.now() < back ? { as: "retry", error: "token_revoked", sure: true, pause: "all" } : undefined;
  await queue(effect("a"), effect("b"), effect("c"));
  const dispatcher = await run();
  await endure(back - 1 - declaredAt, 20_000);
  expect(await counts()).toMatchObject({ pending: 3, dead: 0 });
  expect(dispatcher.status().standstill?.why).toBe("token_revoked");
  await clock.advance("2m");
  expect(await counts()).toMatchObject({ pending: 0, dead: 0 });
});

test("timers fire while nothing can go to Slack", async () => {
  const { run, handling, clock, performer } = await bench();
  performer.always = () => ({ as: "retry", error: "token_revoked", sure: true, pause: "all" });
  await handle(handling, declare());
  await run();
  await clock.advanceTo(declaredAt + 15 * 60_000);
  expect((await handling.store.incident(1))?.reminder?.remindedAt).toBe(declaredAt + 15 * 60_000);
});

test("what Slack definitely refuses is dead, and the incident knows", async () => {
  const { run, handling, clock, performer, counts, lines } = await bench();
  performer.answers("1:channel:create", {
    as: "dead",
    error: "restricted_action",
    sentence: "Slack does not let Sitrep create channels.",
  });
  await handle(handling, declare());
  await run();
  await clock.settle();
  expect(await counts()).toMatchObject({ dead: 1 });
  const events = await handling.store.events(1);
  expect(events.map(({ event }) => event)).toContainEqual(
    expect.objectContaining({
      type: "EffectRefused",
      data: {
        key: "1:channel:create",
        error: "restricted_action",
        sentence: "Slack does not let Sitrep create channels.",
      },
    }),
  );
  expect(lines).toContainEqual({
    level: "error",
    says: "effect refused",
    incident: 1,
    effect: "1:channel:create",
    attempts: 1,
    outcome: "dead",
    why: "restricted_action",
  });
});

test("a dead effect of no incident is dead all the same", async () => {
  const { run, queue, clock, performer, counts, attempts } = await bench();
  performer.answers("a", { as: "dead", error: "user_not_found", sentence: "" });
  await queue(effect("a"));
  await run();
  await clock.settle();
  expect(await counts()).toMatchObject({ pending: 0, dead: 1 });
  expect(attempts).toEqual([{ type: "LearnPerson", outcome: "dead", seconds: expect.any(Number) }]);
});

test("a result and its settlement are one commit", async () => {
  const { run, handling, clock, performer } = await bench();
  performer.answers("1:channel:create", { as: "done", result: opened });
  await handle(handling, declare());
  await run();
  await clock.settle();
  expect((await handling.store.incident(1))?.channel?.id).toBe("C1");
  expect(performer.keys.filter((key) => key === "1:channel:create")).toHaveLength(1);
  expect(performer.keys).toContain("1:post:card");
});

test("what was performed while the disk was full is settled later, not performed again", async () => {
  const { run, handling, clock, performer, broken, lines, endure } = await bench();
  const answer = performer.holds("1:channel:create");
  await handle(handling, declare());
  const dispatcher = await run({ wireNow: leaping() });
  await performer.asked(1);
  broken.add("commit");
  answer({ as: "done", result: opened });
  await endure(600_000, 1000);
  expect(dispatcher.status()).toMatchObject({
    inFlight: 0,
    unsettled: expect.arrayContaining([
      expect.objectContaining({ key: "1:channel:create", error: "database or disk is full" }),
    ]),
  });
  broken.clear();
  await clock.advance("2m");
  expect(performer.keys.filter((key) => key === "1:channel:create")).toHaveLength(1);
  expect((await handling.store.incident(1))?.channel?.id).toBe("C1");
  expect(dispatcher.status().unsettled).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({ says: "a result cannot be stored; trying again", effect: "1:channel:create" }),
  );
});

test.each(["due", "claim", "nextDue"] as const)(
  "a store that cannot answer %s is asked again, less and less often, until it can",
  async (method) => {
    const { run, queue, clock, performer, broken, asked, lines, endure } = await bench();
    const dispatcher = await run();
    await clock.settle();
    broken.add(method);
    asked.clear();
    await queue(effect("a"));
    await endure(600_000, 1000);
    expect(asked.get(method)).toBeLessThan(25);
    expect(asked.get(method)).toBeGreaterThan(10);
    expect(dispatcher.status().storeFault).toBe("database or disk is full");
    // Told once, however often it is asked.
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
    broken.clear();
    await clock.advance("1m");
    expect(performer.keys).toEqual(["a"]);
    expect(dispatcher.status().storeFault).toBeNull();
  },
);

test("an effect that cannot be paced is sent without pacing", async () => {
  const { run, queue, clock, performer } = await bench();
  performer.paceOf = () => Promise.reject(new Error("no such row"));
  await queue(effect("a"));
  await run();
  await clock.settle();
  expect(performer.keys).toEqual(["a"]);
});

test("the log names effects and outcomes, never what people wrote", async () => {
  const { run, handling, clock, performer, lines } = await bench();
  performer.answers("1:channel:create", { as: "retry", error: "timeout", sure: false, pause: "row" });
  await handle(handling, declare({ title: { words: "w-secret", body: "the hidden title" } }));
  await run();
  await clock.advance("20m");
  const known = new Set(["level", "says", "incident", "effect", "attempts", "outcome", "why"]);
  expect(lines.flatMap((line) => Object.keys(line)).filter((field) => !known.has(field))).toEqual([]);
  expect(JSON.stringify(lines)).not.toContain("hidden");
  expect(lines).toContainEqual(
    expect.objectContaining({
      incident: 1,
      effect: "1:channel:create",
      attempts: 1,
      outcome: "retry",
      why: "timeout",
    }),
  );
});

/** Wire time that runs out every lease between two looks. */
function leaping(): () => number {
  let at = 0;
  return () => (at += 3_600_000);
}

test("a nudge that waits for Slack asks again though nothing else happens", async () => {
  const { run, queue, clock, performer } = await bench();
  let asked = 0;
  performer.isThere = async () => (asked += 1) > 2;
  performer.answers(
    "a",
    { as: "retry", error: "ETIMEDOUT", sure: true, pause: "row" },
    { as: "skipped", why: "unwanted" },
  );
  const nudge = { type: "RemindCommander", incident: 1, since: declaredAt } as const;
  const dispatcher = await run();
  await queue(
    effect("a"),
    effect("nudge", { effect: nudge, incident: 1, timer: true, dueAt: declaredAt + 500 }),
  );
  await clock.advance("9s");
  expect([performer.keys, asked]).toEqual([["a", "a"], 1]);
  await clock.advance("15s");
  expect(asked).toBe(2);
  await clock.advance("10m");
  expect(asked).toBe(3);
  await dispatcher.idle();
});
