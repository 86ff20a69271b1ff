import { expect, test } from "vitest";
import { urgencies } from "../../src/domain/effect.ts";
import { declaredAt } from "../domain/given.ts";
import { bench, effect } from "./bench.ts";

test("what is due when it starts is performed, and settled once", async () => {
  const { run, queue, clock, performer, counts } = await bench();
  await queue(effect("a"), effect("b"));
  await run();
  await clock.settle();
  await clock.advance("3h");
  expect(performer.keys).toEqual(["a", "b"]);
  expect(await counts()).toEqual({ pending: 0, claimed: 0, held: 0, dead: 0, oldestDue: null });
});

test("a commit wakes the loop, a due time too", async () => {
  const { run, queue, clock, performer, seconds } = await bench();
  await run();
  await clock.settle();
  await queue(effect("later", { dueAt: declaredAt + 90_000 }), effect("now"));
  await clock.settle();
  expect(performer.keys).toEqual(["now", "later"]);
  expect(seconds()).toEqual([0, 90]);
});

test("effects of one target go one after the other, in the order they were committed", async () => {
  const { run, queue, clock, performer } = await bench();
  performer.answers("a1", { as: "retry", error: "internal_error", sure: false, pause: "row" });
  await queue(
    ...["a1", "a2", "a3"].map((key) => effect(key, { target: "a" })),
    ...["b1", "b2"].map((key) => effect(key, { target: "b", urgency: urgencies.urgent })),
  );
  await run();
  await clock.settle();
  expect(performer.keys.filter((key) => key.startsWith("a"))).toEqual(["a1", "a1", "a2", "a3"]);
  expect(performer.keys.filter((key) => key.startsWith("b"))).toEqual(["b1", "b2"]);
  expect(performer.overlaps).toEqual([]);
});

test("within a channel urgent effects go before ornamental ones, else the older first", async () => {
  const { run, queue, clock, performer, seconds } = await bench();
  const names = ["pin", "post", "update", "receipt", "call", "log", "reminder"];
  for (const name of names) performer.paces(name, { method: "chat.postMessage", lane: "C1" });
  await queue(
    effect("pin", { urgency: urgencies.ornamental }),
    effect("post"),
    effect("update", { urgency: urgencies.urgent }),
    effect("receipt", { urgency: urgencies.ornamental }),
    effect("log"),
    effect("reminder", { urgency: urgencies.urgent }),
  );
  await run({ concurrency: 1 });
  await clock.settle();
  expect(performer.keys).toEqual(["update", "reminder", "post", "log", "pin", "receipt"]);
  expect(seconds()).toEqual([0, 0, 0, 0, 1, 2]);
});

test("an urgent effect overtakes those that wait for room in the channel", async () => {
  const { run, queue, clock, performer } = await bench();
  const posts = Array.from({ length: 8 }, (_, i) => `post ${i + 1}`);
  for (const name of [...posts, "call"]) performer.paces(name, { lane: "C1" });
  await queue(...posts.map((name) => effect(name)));
  await run();
  await clock.advance(1500);
  await queue(effect("call", { urgency: urgencies.urgent }));
  await clock.settle();
  expect(performer.keys).toEqual([
    "post 1",
    "post 2",
    "post 3",
    "post 4",
    "post 5",
    ...posts.slice(5),
    "call",
  ]);
});

test("of several pending edits only the newest is sent", async () => {
  const { run, queue, clock, performer } = await bench();
  const edit = (key: string) => effect(key, { target: "card", collapse: "edit card" });
  const answer = performer.holds("v1");
  await queue(edit("v1"));
  await run();
  await performer.asked(1);
  await queue(edit("v2"));
  await queue(edit("v3"), edit("v4"));
  answer();
  await clock.settle();
  expect(performer.keys).toEqual(["v1", "v4"]);
});

test("as many as allowed are under way together, and no more", async () => {
  const { run, queue, clock, performer, asked } = await bench();
  const names = Array.from({ length: 20 }, (_, i) => `e${i}`);
  const held = names.slice(0, 8).map((name) => performer.holds(name));
  await queue(...names.map((name) => effect(name)));
  const dispatcher = await run();
  await performer.asked(8);
  // Nothing to find as long as all are busy, so nothing is asked.
  const looks = asked.get("due");
  for (let i = 0; i < 20; i++) await queue();
  expect(asked.get("due")).toBe(looks);
  expect(performer.calls).toHaveLength(8);
  expect(dispatcher.status().inFlight).toBe(8);
  for (const answer of held) answer();
  await clock.settle();
  expect(performer.mostTogether).toBe(8);
  expect(performer.calls).toHaveLength(20);
});

test("with a concurrency of one nothing overlaps", async () => {
  const { run, queue, clock, performer } = await bench();
  await queue(...Array.from({ length: 10 }, (_, i) => effect(`e${i}`)));
  await run({ concurrency: 1 });
  await clock.settle();
  expect(performer.mostTogether).toBe(1);
  expect(performer.keys).toEqual(Array.from({ length: 10 }, (_, i) => `e${i}`));
});

test("a slow effect holds up nothing but its own target", async () => {
  const { run, queue, clock, performer } = await bench();
  const answer = performer.holds("slow");
  await queue(effect("slow", { target: "a" }), effect("next", { target: "a" }), effect("other"));
  await run();
  await performer.asked(2);
  expect(performer.keys).toEqual(["slow", "other"]);
  answer();
  await clock.settle();
  expect(performer.keys).toEqual(["slow", "other", "next"]);
});

test("a full channel lets other channels through, also from behind a long queue", async () => {
  const { run, queue, clock, performer } = await bench();
  const many = Array.from({ length: 200 }, (_, i) => `post ${i}`);
  for (const name of many) performer.paces(name, { lane: "C1" });
  performer.paces("elsewhere", { lane: "C2" });
  await queue(...many.map((name) => effect(name)), effect("elsewhere"));
  await run({ concurrency: 2 });
  await clock.advance(0);
  expect(performer.calls.find(({ key }) => key === "elsewhere")?.at).toBe(declaredAt);
  expect(performer.calls).toHaveLength(201);
  expect(performer.calls.at(-1)?.at).toBe(declaredAt + 196_000);
});

test("without pacing nothing waits", async () => {
  const { run, queue, clock, performer, seconds } = await bench();
  const many = Array.from({ length: 30 }, (_, i) => `post ${i}`);
  for (const name of many) performer.paces(name, { lane: "C1" });
  await queue(...many.map((name) => effect(name)));
  await run({ pacing: false });
  await clock.settle();
  expect(seconds()).toEqual(many.map(() => 0));
});
