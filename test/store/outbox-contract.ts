import { describe, expect, it } from "vitest";
import { urgencies } from "../../src/domain/effect.ts";
import type { Outgoing } from "../../src/domain/effect.ts";
import type { SettledAs } from "../../src/store/port.ts";
import type { Bench } from "./contract.ts";
import { effect, timer } from "./records.ts";

const conflict = { kind: "conflict" };
const committed = { kind: "committed" };
const now = 5000;

export function outboxContract(bench: Bench): void {
  /** Adds each in a commit of its own, so that ids follow the order. */
  const add = async (...effects: (Outgoing & { secret?: string })[]) => {
    for (const one of effects) await bench.store.commit({ at: now, outbox: [one] });
  };
  const due = (request: Partial<Parameters<typeof bench.store.due>[0]> = {}) =>
    bench.store.due({ now, limit: 10, ...request });
  const targets = async (request?: Parameters<typeof due>[0]) =>
    (await due(request)).map(({ target }) => target);
  const claim = async (token: string, limit = 10, at = now) => {
    const ids = (await due({ limit, now: at })).map(({ id }) => id);
    return bench.store.claim({ now: at, token, leasedUntil: bench.wire.now + 60_000, ids });
  };
  const keys = async (token: string, limit?: number) => (await claim(token, limit)).map(({ key }) => key);
  const claimOne = async (token: string, at = now) => {
    const [first] = await claim(token, 1, at);
    if (!first) throw new Error("nothing could be claimed");
    return first;
  };
  const settle = (id: number, token: string, outcome: SettledAs) =>
    bench.store.commit({ at: now, settle: { id, token, outcome } });

  describe("an effect", () => {
    it("comes out as it went in, leased", async () => {
      const one = effect("42:post:card", { collapse: "c", target: "42:card", urgency: urgencies.urgent });
      await add({ ...one, secret: "https://hooks.slack.com/x" });
      expect(await due()).toEqual([{ id: 1, effect: one.effect, target: "42:card", timer: false }]);
      expect(await claim("t1")).toEqual([
        {
          ...one,
          id: 1,
          token: "t1",
          createdAt: now,
          attempts: 1,
          retries: 0,
          suspectSince: null,
          secret: "https://hooks.slack.com/x",
        },
      ]);
    });

    it("is added once under its key, even when it is through with", async () => {
      await add(effect("a"), effect("a"));
      const { id } = await claimOne("t");
      await settle(id, "t", { as: "done" });
      await add(effect("a"));
      expect(await due()).toEqual([]);
    });

    it("is not there before it falls due", async () => {
      await add(effect("a", { dueAt: now + 1 }));
      expect(await due()).toEqual([]);
      expect(await bench.store.claim({ now, token: "t", leasedUntil: 2e9, ids: [1] })).toEqual([]);
      expect(await targets({ now: now + 1 })).toEqual(["a"]);
    });

    it("that would wait for too long can be hastened, and no timer with it", async () => {
      await add(
        effect("soon", { dueAt: now + 100 }),
        effect("late", { dueAt: now + 101 }),
        timer("timer", now + 500),
      );
      expect(await bench.store.hasten({ now, after: now + 100 })).toBe(1);
      expect(await targets()).toEqual(["late"]);
      expect(await bench.store.hasten({ now, after: now })).toBe(1);
      expect(await targets()).toEqual(["soon", "late"]);
    });

    it("that waits or is under way says of its target since when, the newest one, and none that is through with", async () => {
      expect(await bench.store.waitingSince("a")).toBeUndefined();
      await bench.store.commit({ at: now, outbox: [effect("a1", { target: "a" })] });
      await bench.store.commit({ at: now + 5, outbox: [effect("a2", { target: "a", dueAt: now + 60_000 })] });
      await bench.store.commit({ at: now + 9, outbox: [{ ...timer("a3", now + 90_000), target: "a" }] });
      expect(await bench.store.waitingSince("a")).toBe(now + 5);
      expect(await bench.store.waitingSince("b")).toBeUndefined();
      const { id } = await claimOne("t");
      expect(await bench.store.waitingSince("a")).toBe(now + 5);
      await settle(id, "t", { as: "done" });
      const [last] = await claim("t2", 10, now + 60_000);
      expect(last?.key).toBe("a2");
      expect(await bench.store.waitingSince("a")).toBe(now + 5);
      await settle(last?.id ?? 0, "t2", { as: "held", why: "gone" });
      expect(await bench.store.waitingSince("a")).toBeUndefined();
    });

    it("goes in order of urgency, then of age, as far as was asked for", async () => {
      await add(
        effect("ornamental", { urgency: urgencies.ornamental }),
        effect("normal 1"),
        effect("urgent", { urgency: urgencies.urgent }),
        effect("normal 2", { dueAt: 1 }),
      );
      expect(await targets()).toEqual(["urgent", "normal 1", "normal 2", "ornamental"]);
      expect(await targets({ limit: 2 })).toEqual(["urgent", "normal 1"]);
      expect(await targets({ exceptTargets: ["urgent", "normal 2"] })).toEqual(["normal 1", "ornamental"]);
      const ids = (await due()).map(({ id }) => id).toReversed();
      const claimed = await bench.store.claim({ now, token: "t", leasedUntil: 2e9, ids });
      expect(claimed.map(({ key }) => key)).toEqual(["urgent", "normal 1", "normal 2", "ornamental"]);
    });

    it("is claimed only when it was chosen", async () => {
      await add(effect("a"), effect("b"));
      const [, second] = await due();
      const ids = [second?.id ?? 0, 99];
      expect(await bench.store.claim({ now, token: "t", leasedUntil: 2e9, ids })).toMatchObject([
        { key: "b" },
      ]);
      expect(await targets()).toEqual(["a"]);
    });
  });

  describe("a target", () => {
    it("has one in flight, the oldest first", async () => {
      await add(
        effect("a1", { target: "a" }),
        effect("a2", { target: "a", urgency: urgencies.urgent }),
        effect("b", { target: "b" }),
      );
      expect(await keys("t1")).toEqual(["a1", "b"]);
      expect(await keys("t2")).toEqual([]);
      await settle(1, "t1", { as: "done" });
      expect(await keys("t3")).toEqual(["a2"]);
    });

    it("waits for its oldest even while that one is put off", async () => {
      await add(effect("a1", { target: "a", dueAt: now + 1000 }), effect("a2", { target: "a" }));
      expect(await due()).toEqual([]);
      expect(await bench.store.claim({ now, token: "t", leasedUntil: 2e9, ids: [1, 2] })).toEqual([]);
      expect(await bench.store.nextDue()).toEqual({ at: now + 1000, timer: false });
    });

    it.each(["done", "skipped", "dead"] as const)("goes on after one that is %s", async (as) => {
      await add(effect("a1", { target: "a" }), effect("a2", { target: "a" }));
      const { id } = await claimOne("t1");
      await settle(id, "t1", as === "done" ? { as } : as === "dead" ? { as, error: "e" } : { as, why: "w" });
      expect(await keys("t2")).toEqual(["a2"]);
    });

    it("is neither held up by timers nor holds them up", async () => {
      await add(
        { ...timer("early", 1), target: "a" },
        effect("a1", { target: "a" }),
        { ...timer("late", 2), target: "b" },
        effect("b1", { target: "b", dueAt: now + 1 }),
        { ...timer("later", 3), target: "b" },
      );
      await claimOne("t");
      expect((await due()).map(({ id, target }) => [id, target])).toEqual([
        [2, "a"],
        [3, "b"],
      ]);
    });
  });

  describe("a collapse", () => {
    const edit = (n: number, change: Partial<Outgoing> = {}) =>
      effect(`edit:${n}`, { target: "card", collapse: "card", ...change });

    it("sends the newest of several pending, and holds nobody up for the older ones", async () => {
      await add(edit(1), effect("reply", { target: "card" }), edit(2), edit(3));
      expect(await keys("t1")).toEqual(["reply"]);
      await settle(2, "t1", { as: "done" });
      expect(await keys("t2")).toEqual(["edit:3"]);
      await settle(4, "t2", { as: "done" });
      expect(await bench.store.outboxCounts(now)).toMatchObject({ pending: 0, claimed: 0 });
    });

    it("leaves alone what is in flight", async () => {
      await add(edit(1));
      await claimOne("t1");
      await add(edit(2));
      expect(await due()).toEqual([]);
      expect(await settle(1, "t1", { as: "done" })).toEqual(committed);
      expect(await keys("t2")).toEqual(["edit:2"]);
    });

    it("drops one that failed while a newer one came", async () => {
      await add(edit(1));
      await claimOne("t1");
      await add(edit(2));
      await settle(1, "t1", { as: "retry", error: "e", at: now, sure: true });
      expect(await keys("t2")).toEqual(["edit:2"]);
    });

    it("drops one whose holder died while a newer one came", async () => {
      await add(edit(1));
      await claimOne("t1");
      await add(edit(2));
      await bench.store.freeLeases({ now, lingersFor: 0 });
      expect(await keys("t2")).toEqual(["edit:2"]);
    });

    it("is added when the commit that brought it first was undone", async () => {
      const { store } = bench;
      const learn = effect("person:U1", { incident: null, effect: { type: "LearnPerson", user: "U1" } });
      const nameless = { id: "U1", name: null as unknown as string, isBot: false };
      await expect(store.commit({ at: now, outbox: [learn, learn], people: [nameless] })).rejects.toThrow(
        "NOT NULL",
      );
      await add(learn, learn);
      expect(await targets()).toEqual(["person:U1"]);
    });

    it("is not moved by a key that stands there already", async () => {
      await add(edit(1), edit(2), edit(1));
      expect(await keys("t")).toEqual(["edit:2"]);
    });
  });

  describe("a lease", () => {
    it("that reads a history keeps nobody from calling the queue well", async () => {
      const { store } = bench;
      await add(effect("read", { effect: { type: "CatchUp", incident: 1 }, dueAt: 1000 }));
      expect(await store.outboxCounts(now)).toMatchObject({ pending: 1, oldestDue: null });
      await add(effect("post", { dueAt: 2000 }));
      expect(await store.outboxCounts(now)).toMatchObject({ pending: 2, oldestDue: 2000 });
    });

    it("that brought nothing leaves it waiting since it was asked for, put off and under way again", async () => {
      const { store } = bench;
      await add(effect("post"));
      const { id } = await claimOne("t1");
      expect(await store.outboxCounts(now + 900)).toMatchObject({ claimed: 1, oldestDue: 1000 });
      await settle(id, "t1", { as: "retry", error: "timeout", at: now + 60_000, sure: true });
      expect(await store.outboxCounts(now + 900)).toMatchObject({ pending: 1, oldestDue: now });
      await claimOne("t2", now + 60_000);
      expect(await store.outboxCounts(now + 60_900)).toMatchObject({ claimed: 1, oldestDue: now });
    });

    it("of which a part is done is due again at once, as if for the first time, unless another one takes its place", async () => {
      const { store } = bench;
      await add(effect("a", { collapse: "c", target: "a" }));
      const { id } = await claimOne("t1");
      const more = { settle: { id, token: "t1", outcome: { as: "more" } }, meta: { page: "2" } } as const;
      expect(await store.commit({ at: 6000, ...more })).toEqual(committed);
      expect(await store.meta("page")).toBe("2");
      expect(await store.nextDue()).toEqual({ at: 6000, timer: false });
      expect(await claimOne("t2", 6000)).toMatchObject({ key: "a", attempts: 1, suspectSince: null });
      await add(effect("b", { collapse: "c", target: "a" }));
      await store.commit({ at: 6000, settle: { id, token: "t2", outcome: { as: "more" } } });
      expect(await claimOne("t3", 6000)).toMatchObject({ key: "b" });
    });

    it("is settled with its own token only, together with its result", async () => {
      await add(effect("a"));
      const { id } = await claimOne("mine");
      const result = { at: now, outbox: [effect("b")] };
      const settling = (token: string) => ({
        ...result,
        settle: { id, token, outcome: { as: "done" } as const },
      });
      expect(await bench.store.commit(settling("other"))).toEqual(conflict);
      expect(await due()).toEqual([]);
      expect(await bench.store.commit(settling("mine"))).toEqual(committed);
      expect(await targets()).toEqual(["b"]);
      expect(await bench.store.commit(settling("mine"))).toEqual(conflict);
    });

    it("that has run out may be claimed by another, and then is theirs", async () => {
      await add(effect("a"));
      const first = await claimOne("t1");
      bench.wire.now += 59_999;
      expect(await due()).toEqual([]);
      bench.wire.now += 1;
      const second = await claimOne("t2");
      expect(second).toMatchObject({ id: first.id, attempts: 2, suspectSince: now });
      expect(await settle(first.id, "t1", { as: "done" })).toEqual(conflict);
      expect(await settle(first.id, "t2", { as: "done" })).toEqual(committed);
    });

    it("is given back with every other when its holder is gone, as a suspect", async () => {
      await add(effect("a"), timer("b", 1));
      await claim("t1");
      await add(effect("c"));
      expect(await bench.store.freeLeases({ now, lingersFor: 0 })).toBe(2);
      expect(await bench.store.freeLeases({ now, lingersFor: 0 })).toBe(0);
      expect(await settle(1, "t1", { as: "done" })).toEqual(conflict);
      expect((await claim("t2", 10, 6000)).map(({ key, suspectSince }) => [key, suspectSince])).toEqual([
        ["a", now],
        ["b", now],
        ["c", null],
      ]);
    });

    it("is given back when what was asked of Slack can be at work no more; what else it was, at once", async () => {
      const webhook = {
        type: "CallWebhook",
        incident: 1,
        webhook: "pager",
        act: "trigger",
        call: null,
      } as const;
      await add(effect("a"), effect("b"), timer("t", 1), effect("w", { effect: webhook }));
      await claim("t1");
      await settle(2, "t1", { as: "retry", error: "e", at: now, sure: false });
      // The second attempt at this one, which is suspect since the first.
      await claimOne("t2", now + 60_000);
      await bench.store.freeLeases({ now: now + 64_000, lingersFor: 10_000 });
      expect(await targets({ now: now + 64_000 })).toEqual(["a", "t", "w"]);
      expect(await targets({ now: now + 73_999 })).not.toContain("b");
      expect(await targets({ now: now + 74_000 })).toContain("b");
    });

    it.each([
      { when: "at once", at: 104_000, due: 110_000 },
      { when: "by a clock that was set back", at: 40_000, due: 50_000 },
    ])("is given back $when no later than that", async ({ at, due: expected }) => {
      await add(effect("a"));
      await claim("t1", 1, 100_000);
      await bench.store.freeLeases({ now: at, lingersFor: 10_000 });
      expect(await bench.store.nextDue()).toEqual({ at: expected, timer: false });
    });
  });

  describe("a repeated attempt", () => {
    const again = (sure: boolean, at = now): SettledAs => ({ as: "retry", error: "e", at, sure });

    it("waits as long as it was told to", async () => {
      await add(effect("a"));
      const { id } = await claimOne("t1");
      await settle(id, "t1", again(true, now + 30));
      expect(await bench.store.nextDue()).toEqual({ at: now + 30, timer: false });
      expect(await due()).toEqual([]);
      expect(await claimOne("t2", now + 30)).toMatchObject({ attempts: 2, suspectSince: null });
    });

    it("is no suspect after a failure that certainly had no effect", async () => {
      await add(effect("a"));
      const { id } = await claimOne("t1");
      await settle(id, "t1", again(true));
      expect((await claimOne("t2")).suspectSince).toBeNull();
    });

    it("is a suspect from the first doubtful attempt on, whatever later ones were", async () => {
      await add(effect("a"));
      const { id } = await claimOne("t1", 6000);
      await settle(id, "t1", again(false));
      expect((await claimOne("t2", 7000)).suspectSince).toBe(6000);
      await settle(id, "t2", again(true));
      expect((await claimOne("t3", 8000)).suspectSince).toBe(6000);
    });

    it("keeps a doubt that arose in the same millisecond as a sure failure", async () => {
      await add(effect("a"));
      const { id } = await claimOne("t1");
      await settle(id, "t1", again(false));
      await claimOne("t2");
      await settle(id, "t2", again(true));
      expect((await claimOne("t3")).suspectSince).toBe(now);
    });

    it("still has its secret; settled it has none", async () => {
      await add({ ...effect("a"), secret: "https://hooks.slack.com/x" });
      const { id } = await claimOne("t1");
      await settle(id, "t1", again(true));
      expect((await claimOne("t2")).secret).toBe("https://hooks.slack.com/x");
    });
  });

  describe("a dead one", () => {
    const dead = { as: "dead", error: "channel_not_found" } as const;
    const give = (change: Partial<{ retry: string[]; giveUp: string[] }>, at = 7000) =>
      bench.store.commit({ at, dead: { retry: [], giveUp: [], ...change } });

    it("is told with its error and when it died, the newest first, as many as asked for", async () => {
      await add(effect("a"), effect("b", { incident: null, effect: { type: "LearnPerson", user: "U1" } }));
      await claim("t");
      await settle(1, "t", dead);
      await settle(2, "t", { as: "dead", error: "user_not_found" });
      const first = { key: "a", incident: 1, effect: effect("a").effect, error: dead.error, since: now };
      const [second] = await bench.store.deadEffects(1);
      expect(second).toMatchObject({ key: "b", incident: null, error: "user_not_found" });
      expect(await bench.store.deadEffects()).toEqual([second, first]);
    });

    it("that is put back is due at once, before what came after it on its target, as at its first attempt", async () => {
      await add(effect("a1", { target: "a" }));
      await settle((await claimOne("t1")).id, "t1", dead);
      await add(effect("a2", { target: "a" }));
      expect(await give({ retry: ["a1"] })).toEqual(committed);
      expect(await bench.store.deadEffects()).toEqual([]);
      expect(await bench.store.nextDue()).toEqual({ at: 7000, timer: false });
      expect(await claimOne("t2", 7000)).toMatchObject({
        key: "a1",
        attempts: 1,
        retries: 1,
        suspectSince: null,
      });
    });

    it("is looked for again where an earlier attempt may have done it, whatever comes of the next ones", async () => {
      await add(effect("a"));
      const { id } = await claimOne("t1");
      await settle(id, "t1", { as: "retry", error: "timeout", at: now, sure: false });
      await settle((await claimOne("t2")).id, "t2", dead);
      await give({ retry: ["a"] });
      expect((await claimOne("t3", 7000)).suspectSince).toBe(now);
      await settle(id, "t3", { as: "retry", error: "ratelimited", at: 7000, sure: true });
      expect((await claimOne("t4", 7000)).suspectSince).toBe(now);
    });

    it("gives way to a newer one of its kind when it is put back", async () => {
      await add(effect("old", { target: "a", collapse: "a" }));
      await settle((await claimOne("t1")).id, "t1", dead);
      await add(effect("new", { target: "a", collapse: "a" }));
      await give({ retry: ["old"] });
      expect((await claim("t2", 10, 7000)).map(({ key }) => key)).toEqual(["new"]);
    });

    it("that is given up is gone, and what is not dead stays as it is", async () => {
      await add(effect("a"), effect("b"));
      await settle((await claimOne("t")).id, "t", dead);
      await give({ giveUp: ["a", "b"], retry: ["b", "c"] });
      expect(await bench.store.deadEffects()).toEqual([]);
      expect(await keys("t2")).toEqual(["b"]);
      expect(await bench.store.outboxCounts(now)).toMatchObject({ dead: 0, pending: 0, claimed: 1 });
    });
  });

  describe("what is next", () => {
    it("is the earliest unclaimed one, past or not, and says whether it is a timer", async () => {
      const { store } = bench;
      expect(await store.nextDue()).toBeUndefined();
      await add(timer("t", 9000));
      expect(await store.nextDue()).toEqual({ at: 9000, timer: true });
      await add(effect("a", { dueAt: 100 }));
      expect(await store.nextDue()).toEqual({ at: 100, timer: false });
      expect(await store.nextDue(100)).toEqual({ at: 9000, timer: true });
      expect(await store.nextDue(9000)).toBeUndefined();
      await claimOne("t");
      expect(await store.nextDue()).toEqual({ at: 9000, timer: true });
    });

    it("is a timer when one falls due in the same instant", async () => {
      await add(effect("a", { dueAt: 100 }), timer("t", 100));
      expect(await bench.store.nextDue()).toEqual({ at: 100, timer: true });
    });

    it("leaves out what waits for another on its target", async () => {
      await add(effect("a1", { target: "a" }), effect("a2", { target: "a" }));
      await claimOne("t");
      expect(await bench.store.nextDue()).toBeUndefined();
    });

    it("can be asked of timers alone", async () => {
      await add(effect("a"), timer("t", 1), timer("u", now + 1));
      expect(await targets({ kinds: ["timer"] })).toEqual(["t"]);
    });
  });

  describe("what is held", () => {
    const held: SettledAs = { as: "held", why: "its channel is archived" };
    const edit = (n: number) => effect(`edit:${n}`, { incident: 42, target: "card", collapse: "card" });

    it("is no backlog, and is claimed by nobody until its incident releases it, in its old order", async () => {
      const ours = { incident: 42, target: "a" };
      await add(effect("a1", ours), effect("a2", ours), effect("b1", { incident: 43, target: "b" }));
      for (const row of await claim("t1")) await settle(row.id, "t1", held);
      // What follows on the same target is not held up: it finds out for itself.
      expect(await keys("t2")).toEqual(["a2"]);
      await settle(2, "t2", held);
      expect(await due()).toEqual([]);
      expect(await bench.store.nextDue()).toBeUndefined();
      expect(await bench.store.outboxCounts(now)).toMatchObject({
        pending: 0,
        claimed: 0,
        held: 3,
        oldestDue: null,
      });
      expect(await bench.store.incidentsHeld()).toEqual(expect.arrayContaining([42, 43]));
      await bench.store.commit({ at: now + 9, release: 42 });
      expect(await bench.store.outboxCounts(now + 9)).toMatchObject({
        pending: 2,
        held: 1,
        oldestDue: now + 9,
      });
      expect((await claim("t3", 10, now + 9)).map(({ key }) => key)).toEqual(["a1"]);
      await settle(1, "t3", { as: "done" });
      expect((await claim("t4", 10, now + 9)).map(({ key }) => key)).toEqual(["a2"]);
    });

    it("is overtaken by a newer one of its collapse, and overtakes an older one", async () => {
      await add(edit(1));
      await settle((await claimOne("t1")).id, "t1", held);
      await add(edit(2));
      await settle((await claimOne("t2")).id, "t2", held);
      await bench.store.commit({ at: now, release: 42 });
      expect(await keys("t3")).toEqual(["edit:2"]);
    });

    it("keeps the suspicion of an earlier attempt, and none of its own", async () => {
      await add(effect("a", { incident: 42 }), effect("b", { incident: 42 }));
      await claim("t1");
      await settle(1, "t1", { as: "retry", error: "timeout", at: now, sure: false });
      await claim("t2");
      await settle(1, "t2", held);
      await settle(2, "t1", held);
      await bench.store.commit({ at: now, release: 42 });
      expect((await claim("t3")).map(({ key, suspectSince }) => [key, suspectSince])).toEqual([
        ["a", now],
        ["b", null],
      ]);
    });

    it("is not held when the incident has moved on from what was seen", async () => {
      await add(effect("a", { incident: 42 }));
      const { id } = await claimOne("t1");
      const seen = { incident: 42, version: 7 };
      const write = { at: now, settle: { id, token: "t1", outcome: held }, seen };
      expect(await bench.store.commit(write)).toEqual(conflict);
      expect(await bench.store.outboxCounts(now)).toMatchObject({ held: 0, claimed: 1 });
    });
  });

  it("counts what waits: timers that are still to come are no backlog", async () => {
    await add(
      effect("a", { dueAt: 300 }),
      effect("b", { dueAt: 200 }),
      effect("c", { dueAt: 1 }),
      effect("d", { dueAt: 2 }),
      effect("e", { dueAt: now + 1 }),
      timer("t", 100_000),
      timer("u", 250),
      timer("nudge", 50, { type: "AskStillOpen", incident: 1, since: 50 }),
    );
    await bench.store.claim({ now, token: "t", leasedUntil: 2e9, ids: [3, 4] });
    await settle(3, "t", { as: "dead", error: "channel_not_found" });
    expect(await bench.store.outboxCounts(now)).toEqual({
      pending: 3,
      claimed: 1,
      held: 0,
      dead: 1,
      oldestDue: 2,
    });
    await settle(4, "t", { as: "done" });
    expect(await bench.store.outboxCounts(now)).toMatchObject({ claimed: 0, oldestDue: 200 });
    expect(await bench.store.outboxCounts(100)).toMatchObject({ oldestDue: null });
  });

  it("counts a timer that is overdue, be it under way, unless it may wait for Slack", async () => {
    const { store } = bench;
    await add(timer("u", 250), timer("nudge", 50, { type: "AskStillOpen", incident: 1, since: 50 }));
    expect(await store.outboxCounts(200)).toMatchObject({ oldestDue: null });
    expect(await store.outboxCounts(now)).toMatchObject({ pending: 0, oldestDue: 250 });
    await store.claim({ now, token: "t", leasedUntil: 2e9, ids: [1] });
    expect(await store.outboxCounts(now)).toMatchObject({ claimed: 1, oldestDue: 250 });
    await store.claim({ now, token: "t", leasedUntil: 2e9, ids: [2] });
    expect(await store.outboxCounts(now)).toMatchObject({ claimed: 2, oldestDue: 50 });
  });
}
