import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import { after, alice, bob, declare, given, keysOf, opened, text } from "./given.ts";

const bot = { kind: "bot" as const };
const minute = 60_000;
const ask = (id: string, more: Partial<Extract<Command, { type: "AskPerson" }>> = {}): Command => ({
  type: "AskPerson",
  incident: 1,
  at: after(1),
  actor: alice,
  ask: id,
  to: "U2",
  text: text("check the pool"),
  within: 5 * minute,
  ...more,
});
const answer = (actor: typeof alice, accept: boolean, minutes = 2): Command => ({
  type: "AnswerAsk",
  incident: 1,
  at: after(minutes),
  actor,
  ask: "a",
  accept,
});
const done = (actor: typeof alice, result?: string, minutes = 4): Command => ({
  type: "FinishAsk",
  incident: 1,
  at: after(minutes),
  actor,
  ask: "a",
  ...(result !== undefined && { result: text(result) }),
});
const chase = (minutes: number, id = "a"): Command => ({
  type: "ChaseAsk",
  incident: 1,
  at: after(minutes),
  actor: bot,
  ask: id,
});
const joined = (user: string): Command => ({
  type: "NoteMemberJoined",
  incident: 1,
  at: after(0),
  actor: slackUser(user),
  user,
  keyEntries: [],
});
const resolve: Command = { type: "Resolve", incident: 1, at: after(3), actor: alice };
const history = (...more: Command[]) => given([declare(), opened, joined("U2"), ...more]);

describe("an ask", () => {
  it("is posted, and chased at the end of its minutes, or after ten", () => {
    const { effects } = history().when(ask("a"));
    expect(keysOf(effects)).toEqual(expect.arrayContaining(["1:post:ask:a", "1:ChaseAsk:a"]));
    expect(effects.find(({ timer }) => timer)?.dueAt).toBe(after(6));
    expect(
      history()
        .when(ask("a", { within: null }))
        .effects.find(({ timer }) => timer)?.dueAt,
    ).toBe(after(11));
  });

  it("brings in and tells in person whoever is not in the channel, and nobody who is", () => {
    const there = keysOf(history().when(ask("a")).effects);
    expect(there.some((key) => /:invite:|:dm:/.test(key))).toBe(false);
    const away = keysOf(history().when(ask("a", { to: "U3" })).effects);
    expect(away).toEqual(expect.arrayContaining(["1:invite:ask:a", "1:post:dm:U3:ask:a"]));
  });

  it("of a drill brings nobody in", () => {
    const drill = given([declare({ drill: true }), opened]);
    expect(keysOf(drill.when(ask("a")).effects).some((key) => /:invite:|:dm:/.test(key))).toBe(false);
  });

  it("is answered by the one it is asked of, and not twice the same", () => {
    const world = history(ask("a"));
    expect(world.when(answer(alice, true)).refusal?.sentence).toContain("<@U2>");
    expect(world.when(answer(bob, true)).state.asks).toMatchObject([{ state: "accepted", changedBy: bob }]);
    expect(world.when(answer(bob, true)).refusal?.code).toBe("answered");
    expect(world.when(answer(bob, false)).state.asks).toMatchObject([{ state: "declined" }]);
    expect(world.when(answer(bob, true)).refusal?.code).toBe("answered");
    expect(world.when(done(bob)).refusal?.code).toBe("answered");
  });

  it("that is done keeps its result, once, and puts it on the timeline", () => {
    const world = history(ask("a"));
    const { events, state } = world.when(done(bob, "pool is full"));
    expect(state.asks).toMatchObject([{ state: "done", result: { body: "pool is full" } }]);
    expect(world.when(done(alice, "other")).refusal?.code).toBe("answered");
    const told = keyTimeline(
      state,
      events.map((event) => ({ event, recordedAt: event.at })),
      [],
    );
    expect(told).toMatchObject([
      {
        kind: "told",
        parts: [
          "<@U2> did what was asked: ",
          { body: "check the pool" },
          " Result: ",
          { body: "pool is full" },
        ],
      },
    ]);
  });

  it("is chased once, while it is neither declined nor done", () => {
    const world = history(ask("a"), answer(bob, true));
    expect(world.when(chase(6)).events).toMatchObject([{ type: "AskChased" }]);
    expect(world.when(chase(20)).refusal?.code).toBe("satisfied");
    for (const end of [answer(bob, false), done(bob), resolve])
      expect(history(ask("a"), end).when(chase(6)).refusal?.code).toBe("satisfied");
  });

  it("waits with its chase while people were prompted a moment ago", () => {
    const world = history(ask("a"), ask("b"), chase(6));
    const { events, effects } = world.when(chase(6, "b"));
    expect(events).toMatchObject([{ type: "PromptHeldBack", data: { until: after(11) } }]);
    expect(effects).toMatchObject([{ effect: { type: "ChaseAsk", ask: "b" }, dueAt: after(11) }]);
    expect(world.when(chase(11, "b")).events).toMatchObject([{ type: "AskChased" }]);
  });

  it("takes its chase away when it is answered", () => {
    const { effects } = history(ask("a"), chase(6)).when(answer(bob, true, 7));
    expect(keysOf(effects).some((key) => key.startsWith("1:delete:chase:a:"))).toBe(true);
  });

  it.each([
    ["without words", ask("a", { text: text(" ") }), "no_text"],
    ["that nobody made", answer(bob, true), "no_such_ask"],
  ])("%s is refused", (_, command, code) => {
    expect(history().when(command).refusal?.code).toBe(code);
  });

  it("is not made or accepted after the end, but can be said to be done", () => {
    const world = history(ask("a"), resolve);
    expect(world.when(ask("b", { at: after(4) })).refusal?.code).toBe("ended");
    expect(world.when(answer(bob, true, 5)).refusal?.code).toBe("ended");
    expect(world.when(done(bob, "it was the pool", 6)).state.asks).toMatchObject([{ state: "done" }]);
  });
});
