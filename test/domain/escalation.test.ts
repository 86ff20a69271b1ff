import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bot, slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { type Timer, isTimer, type Outgoing } from "../../src/domain/effect.ts";
import { callsOf } from "../../src/domain/escalation/calls.ts";
import { nextStepNow } from "../../src/domain/escalation/next-step.ts";
import type { Step, Target } from "../../src/domain/escalation/state.ts";
import { turnsOf } from "../../src/domain/escalation/walk.ts";
import type { PolicyRules, Rules } from "../../src/domain/rules.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const minute = 60_000;
const carol = slackUser("U3");

const user = (name: string): Target => ({ kind: "user", name });
const step = (minutes: number, ...notify: Target[]): Step => ({
  after: minutes * minute,
  notify,
  message: null,
  when: "unacknowledged",
});
const unresolved = (minutes: number, ...notify: Target[]): Step => ({
  ...step(minutes, ...notify),
  when: "unresolved",
  message: "Not resolved",
});
const policy = (steps: Step[], repeat = 0): PolicyRules => ({ steps, repeat, repeatEvery: 5 * minute });

const withPolicies = (
  escalation: Record<string, PolicyRules>,
  named: Partial<Record<"SEV1" | "SEV2" | "SEV3", string>> = { SEV1: "default", SEV2: "default" },
  more: Partial<Rules> = {},
): Rules => ({
  ...rules,
  escalation,
  severities: {
    ...rules.severities,
    SEV1: { ...rules.severities.SEV1, escalation: named.SEV1 ?? null },
    SEV2: { ...rules.severities.SEV2, escalation: named.SEV2 ?? null },
    SEV3: { ...rules.severities.SEV3, escalation: named.SEV3 ?? null },
  },
  ...more,
});

const usual = withPolicies({
  default: policy([step(0, user("U2")), step(5, user("U3")), unresolved(15, user("U4"))]),
  wide: policy([step(0, user("U5"))]),
});

type History = ReturnType<typeof given>;

const isOurs = (effect: Outgoing["effect"]): effect is Timer =>
  isTimer(effect) && ["StartWalk", "CallTurn", "ExhaustWalk", "CheckHeard", "GoOn"].includes(effect.type);

/** Has Slack find everybody whom a call seeks, and this part's timers fall due until so many minutes after the declaration. */
function play(history: History, minutes: number, lastSaidAt = 0, groups: Record<string, string[]> = {}) {
  const done = played.get(history) ?? new Set<string>();
  played.set(history, done);
  for (let turn = 0; turn < 2000; turn++) {
    const next = history.effects
      .filter(
        ({ key, effect, dueAt }) =>
          !done.has(key) && dueAt <= after(minutes) && (effect.type === "SeekPeople" || isOurs(effect)),
      )
      .toSorted((one, other) => one.dueAt - other.dueAt)[0];
    if (!next) return history.state;
    done.add(next.key);
    const { effect, dueAt: at } = next;
    if (effect.type === "SeekPeople") found(history, effect.call, at, groups);
    else if (isOurs(effect)) history.when(Object.assign({ at, actor: bot, lastSaidAt }, effect) as Command);
  }
  throw new Error("timers without end");
}
const played = new WeakMap<History, Set<string>>();

const found = (
  history: History,
  call: string,
  at: number,
  groups: Record<string, string[]> = {},
  unreachable: { user: string; why: string; isGone: boolean }[] = [],
) =>
  history.when({
    type: "NotePeopleFound",
    at,
    actor: bot,
    incident: 1,
    call,
    groups: Object.entries(groups).map(([name, people]) => ({ name, people, failure: null })),
    unreachable,
  });

const called = ({ state }: History) =>
  state.escalation.calls.map(({ at, people }) => [
    (at - declaredAt) / minute,
    people.map((each) => each.user).join("+"),
  ]);

const ack = (minutes: number, actor = bob): Command => ({
  type: "Acknowledge",
  at: after(minutes),
  actor,
  incident: 1,
});
const escalate = (minutes: number, more: object = {}): Command => ({
  type: "Escalate",
  at: after(minutes),
  actor: bob,
  incident: 1,
  ...more,
});
const resolve = (minutes: number): Command => ({
  type: "Resolve",
  at: after(minutes),
  actor: alice,
  incident: 1,
  fix: text("rolled back"),
});

describe("the walk", () => {
  it("begins with a declaration whose severity was given, each step at its time", () => {
    const history = given([declare()], usual);
    play(history, 60);
    expect(called(history)).toEqual([
      [0, "U2"],
      [5, "U3"],
      [15, "U4"],
    ]);
  });

  it("waits 60 seconds where nobody gave the severity, then begins", () => {
    const history = given([declare({ severity: null }), opened], usual);
    expect(called(history)).toEqual([]);
    expect(keysOf(history.effects)).toContain("1:post:calling:0");
    play(history, 6);
    expect(called(history)).toEqual([
      [1, "U2"],
      [6, "U3"],
    ]);
  });

  it("begins at once when somebody then gives the severity, and calls nobody twice", () => {
    const history = given([declare({ severity: null })], usual);
    history.when({
      type: "SetSeverity",
      at: declaredAt + 20_000,
      actor: alice,
      incident: 1,
      severity: "SEV2",
    });
    play(history, 4);
    expect(called(history)).toEqual([[1 / 3, "U2"]]);
  });

  it("of nobody's severity is dropped when a severity without a policy is given", () => {
    const history = given([declare({ severity: null })], usual);
    history.when({
      type: "SetSeverity",
      at: declaredAt + 20_000,
      actor: alice,
      incident: 1,
      severity: "SEV3",
    });
    play(history, 60);
    expect(called(history)).toEqual([]);
  });

  it("can be called off, or begun now, once", () => {
    const about = { at: declaredAt + 1000, actor: alice, incident: 1, walk: 0 };
    const off = given([declare({ severity: null }), { type: "DropWalk", ...about }], usual);
    expect(off.when({ type: "BeginWalk", ...about }).refusal?.sentence).toContain(
      "It was called off at 14:36 UTC",
    );
    play(off, 60);
    expect(called(off)).toEqual([]);
    const now = given([declare({ severity: null }), { type: "BeginWalk", ...about }], usual);
    expect(now.when({ type: "DropWalk", ...about }).refusal?.sentence).toContain(
      "The calls went out at 14:36 UTC",
    );
    expect(called(now)).toEqual([[1 / 60, "U2"]]);
  });

  it("that was called off begins all the same when the severity is raised", () => {
    const about = { at: declaredAt + 1000, actor: alice, incident: 1, walk: 0 };
    const history = given([declare({ severity: null }), { type: "DropWalk", ...about }], usual);
    history.when({ type: "SetSeverity", at: after(2), actor: alice, incident: 1, severity: "SEV1" });
    expect(called(history)).toEqual([[2, "U2"]]);
  });

  it("is chosen by the services, each policy once, what is due together merged", () => {
    const ruled = withPolicies(
      {
        default: policy([step(0, user("U9"))]),
        one: policy([step(0, user("U2")), step(5, user("U3"))]),
        two: policy([step(0, user("U4"), user("U2"))]),
      },
      undefined,
      {
        services: {
          checkout: { owners: [], escalation: "one" },
          cart: { owners: [], escalation: "one" },
          cards: { owners: [], escalation: "two" },
          docs: { owners: [], escalation: null },
        },
      },
    );
    const history = given(
      [declare({ services: ["cart", "checkout", "cards", "docs", "constructor"] })],
      ruled,
    );
    play(history, 60);
    expect(called(history)).toEqual([
      [0, "U2+U4"],
      [5, "U3"],
    ]);
  });

  it("of another policy begins when the severity is raised to one that names it; who has answered is not called", () => {
    const ruled = withPolicies(
      { default: policy([step(0, user("U2"))]), wide: policy([step(0, user("U2"), user("U5"))]) },
      { SEV2: "default", SEV1: "wide" },
    );
    const history = given([declare(), ack(1)], ruled);
    history.when({ type: "SetSeverity", at: after(3), actor: alice, incident: 1, severity: "SEV1" });
    expect(called(history)).toEqual([
      [0, "U2"],
      [3, "U5"],
    ]);
    history.when({
      type: "SetSeverity",
      at: after(4),
      actor: alice,
      incident: 1,
      severity: "SEV2",
      reason: text("ok"),
    });
    history.when({ type: "SetSeverity", at: after(5), actor: alice, incident: 1, severity: "SEV1" });
    expect(called(history)).toHaveLength(2);
  });

  it("stays as it was frozen, whatever the configuration says later", () => {
    const history = given([declare()], usual);
    expect(history.state.escalation.walks[0]?.turns.map((turn) => turn.after / minute)).toEqual([0, 5, 15]);
  });

  it("calls nobody who declared", () => {
    const history = given([declare({ actor: bob })], usual);
    play(history, 5);
    expect(callsOf(history.state).map(({ people, knew }) => [people.length, knew])).toEqual([
      [0, ["U2"]],
      [1, []],
    ]);
  });

  it("repeats the steps that wait, so far apart, and then says that nobody is left", () => {
    const ruled = withPolicies(
      { default: policy([step(0, user("U2")), step(5, user("U3")), unresolved(7, user("U4"))], 1) },
      undefined,
      { phones: { U2: "+84 1" } },
    );
    const history = given([declare(), opened], ruled);
    play(history, 19);
    expect(called(history)).toEqual([
      [0, "U2"],
      [5, "U3"],
      [7, "U4"],
      [10, "U2"],
      [15, "U3"],
    ]);
    expect(history.state.escalation.walks[0]?.exhaustedAt).toBeNull();
    play(history, 20);
    expect(history.state.escalation.walks[0]).toMatchObject({
      exhaustedAt: after(20),
      phones: { U2: "+84 1" },
    });
    expect(keysOf(history.effects)).toEqual(
      expect.arrayContaining(["1:post:exhausted:0.1", "1:post:exhausted:0.1:thread"]),
    );
  });

  it("after a down-time leaves those it calls so late the time to answer", () => {
    const history = given([declare()], usual);
    const exhaust: Command = { type: "ExhaustWalk", at: after(60), actor: bot, incident: 1, walk: 0 };
    const late = history.when(exhaust);
    expect(called(history).map(([, who]) => who)).toEqual(["U2", "U3", "U4"]);
    expect(late.state.escalation.walks[0]?.exhaustedAt).toBeNull();
    const { patience = 0, turns = [] } = late.state.escalation.walks[0] ?? {};
    const until = after(60) + patience - Math.max(...turns.map((turn) => turn.after));
    expect(until).toBeGreaterThan(after(60));
    expect(late.effects).toContainEqual(
      expect.objectContaining({ effect: { type: "ExhaustWalk", incident: 1, walk: 0 }, dueAt: until }),
    );
    expect(history.when({ ...exhaust, at: until }).state.escalation.walks[0]?.exhaustedAt).toBe(until);
  });

  it("after a down-time calls what is due in its order, each once", () => {
    const history = given([declare()], usual);
    history.when({ type: "CallTurn", at: after(20), actor: bot, incident: 1, walk: 0, turn: 2 });
    expect(called(history).map(([, who]) => who)).toEqual(["U2", "U3", "U4"]);
    expect(
      history.when({ type: "CallTurn", at: after(20), actor: bot, incident: 1, walk: 0, turn: 1 }).refusal,
    ).toMatchObject({ code: "satisfied" });
  });

  it("stops with the resolution", () => {
    const history = given([declare(), resolve(2)], usual);
    play(history, 60);
    expect(called(history)).toEqual([[0, "U2"]]);
  });

  it("of an incident that is reopened does not go on by itself; by hand it begins anew, and who answered is called", () => {
    const history = given([declare()], usual);
    play(history, 0);
    history.when(ack(1));
    history.when(resolve(2));
    history.when({ type: "Reopen", at: after(3), actor: carol, incident: 1, reason: text("back") });
    play(history, 60);
    expect(called(history)).toEqual([[0, "U2"]]);
    history.when(escalate(61));
    play(history, 66);
    // U3 has reopened it, so they know.
    expect(called(history).slice(1)).toEqual([
      [61, "U2"],
      [66, ""],
    ]);
  });

  it("asks nothing and calls nobody where no policy is configured", () => {
    expect(given([declare()]).state.escalation.walks).toEqual([]);
  });
});

describe("an Ack", () => {
  it("stops the steps that wait and not those until resolution", () => {
    const history = given([declare()], usual);
    play(history, 2);
    history.when(ack(3));
    play(history, 60, after(60));
    expect(called(history)).toEqual([
      [0, "U2"],
      [15, "U4"],
    ]);
    expect(history.state.escalation.acknowledged).toEqual({ by: bob, at: after(3) });
    expect(history.state.escalation.walks[0]?.exhaustedAt).toBeNull();
  });

  it("of a second person is recorded too; twice by one adds nothing and says so", () => {
    const history = given([declare(), ack(3)], usual);
    expect(history.when(ack(4, carol)).answer).toMatchObject({
      sentence: expect.stringContaining("<@U2> acknowledged at 14:39 UTC; now you have as well"),
    });
    const twice = history.when(ack(5));
    expect(twice.events).toEqual([]);
    expect(twice.answer).toMatchObject({ sentence: expect.stringContaining("at 14:39 UTC already") });
    expect(history.state.escalation.acks.map(({ by }) => by)).toEqual([bob, carol]);
    expect(history.state.escalation.acknowledged?.by).toEqual(bob);
  });

  it("comes by claiming command as well, and not by being given it", () => {
    const lead = (to: string, actor = alice): Command => ({
      type: "GiveRole",
      at: after(2),
      actor,
      incident: 1,
      role: "commander",
      to,
    });
    const history = given([declare(), lead("U3", alice)], usual);
    expect(history.state.escalation.acknowledged).toBeNull();
    const claimed = given([declare(), lead("U3", carol)], usual);
    expect(claimed.state.escalation.acknowledged).toEqual({ by: carol, at: after(2) });
    play(claimed, 10);
    expect(called(claimed)).toEqual([[0, "U2"]]);
  });

  it("after the end is refused", () => {
    expect(given([declare(), resolve(2)], usual).when(ack(3)).refusal?.sentence).toContain("RESOLVED");
  });

  it("says who answered which call after how long", () => {
    const history = given([declare()], usual);
    play(history, 0);
    history.when(ack(3));
    expect(callsOf(history.state)[0]).toMatchObject({
      policies: ["default"],
      step: 1,
      people: [
        {
          user: "U2",
          delivery: "failed",
          failure: "no message went out before it was answered or over",
          answeredAfter: 3 * minute,
        },
      ],
    });
  });
});

describe("a target that cannot be reached", () => {
  it("is known by Slack's answer, and the next step comes at once, once", () => {
    const history = given([declare(), opened], usual);
    const gone = [{ user: "U2", why: "the account is deactivated", isGone: true }];
    const { effects } = found(history, "0.0", after(0), {}, gone);
    expect(keysOf(effects)).not.toContain("1:post:dm:U2:call:0.0");
    expect(called(history)).toEqual([
      [0, "U2"],
      [0, "U3"],
    ]);
    expect(found(history, "0.0", after(1), {}, gone).events).toEqual([]);
    play(history, 14);
    expect(called(history)).toHaveLength(2);
  });

  it("because of do not disturb is told all the same", () => {
    const history = given([declare()], usual);
    const quiet = [{ user: "U2", why: "do not disturb is on", isGone: false }];
    const { effects } = found(history, "0.0", after(0), {}, quiet);
    expect(keysOf(effects)).toContain("1:post:dm:U2:call:0.0");
    expect(called(history)).toHaveLength(2);
  });

  it("is an empty rotation, or one that there is not: nobody waits for Slack", () => {
    const ruled = withPolicies({
      default: policy([step(0, { kind: "oncall", name: "primary" }), step(5, user("U3"))]),
    });
    const history = given([declare()], ruled);
    expect(callsOf(history.state).map(({ failure, because }) => [failure, because])).toEqual([
      ["there is no such rotation", null],
      [null, "nobody was reached by the step before"],
    ]);
  });

  it("at the last step means that nobody is left", () => {
    const ruled = withPolicies({ default: policy([step(0, { kind: "oncall", name: "primary" })]) });
    expect(given([declare()], ruled).state.escalation.walks[0]?.exhaustedAt).toBe(declaredAt);
  });

  it("is found by a direct message that Slack refuses", () => {
    const history = given([declare(), opened], usual);
    play(history, 0);
    const refusal = history.when({
      type: "NoteEffectRefused",
      at: after(1),
      actor: bot,
      incident: 1,
      key: "1:post:dm:U2:call:0.0",
      error: "user_disabled",
      sentence: "Posting the call was not possible.",
    });
    expect(callsOf(refusal.state)[0]?.people[0]).toMatchObject({ delivery: "failed" });
    expect(called(history)).toHaveLength(2);
  });

  it("where others of the group are reached holds up nothing", () => {
    const ruled = withPolicies({
      default: policy([step(0, { kind: "group", name: "sre" }), step(5, user("U9"))]),
    });
    const history = given([declare({ actor: alice })], ruled);
    found(history, "0.0", after(0), { sre: ["U1", "U2", "U3"] }, [
      { user: "U2", why: "do not disturb is on", isGone: false },
    ]);
    expect(called(history)).toEqual([[0, "U2+U3"]]);
    expect(callsOf(history.state)[0]?.knew).toEqual(["U1"]);
  });
});

describe("escalating by hand", () => {
  it("calls the next step, and one press only one", () => {
    const history = given([declare()], usual);
    play(history, 0);
    history.when(escalate(1, { calls: 1, reason: text("nobody answers") }));
    expect(history.when(escalate(1, { calls: 1 })).refusal?.sentence).toContain(
      "Meanwhile the next step was called: <@U3>",
    );
    play(history, 14);
    expect(called(history)).toEqual([
      [0, "U2"],
      [1, "U3"],
    ]);
    history.when(escalate(14));
    // It would not be true before its time.
    expect(history.state.escalation.calls.at(-1)).toMatchObject({ message: null });
    expect(called(history).at(-1)).toEqual([14, "U4"]);
  });

  it("begins the walk where none has begun, and where one waits to begin", () => {
    const history = given([declare({ severity: null }), escalate(0.1)], usual);
    play(history, 4);
    expect(called(history)).toEqual([[0.1, "U2"]]);
    const later = given([declare({ severity: "SEV3" })], withPolicies(usual.escalation, { SEV2: "default" }));
    expect(later.when(escalate(1)).refusal?.sentence).toContain("neither its services nor SEV3 name one");
  });

  it("says at the end that nobody is left, once", () => {
    const history = given([declare(), escalate(1), escalate(1)], usual);
    expect(history.when(escalate(2)).answer).toMatchObject({
      sentence: expect.stringContaining("nobody is left"),
    });
    expect(history.when(escalate(3)).refusal?.code).toBe("exhausted");
  });

  it("by page calls a person, but not one who knows; or walks a policy", () => {
    const history = given([declare()], usual);
    const page = (whom: object): Command =>
      ({ type: "Page", at: after(1), actor: bob, incident: 1, whom, reason: text("yours") }) as Command;
    expect(history.when(page({ target: user("U7") })).answer).toMatchObject({ sentence: "Calling <@U7>." });
    expect(history.when(page({ target: user("U1") })).refusal?.code).toBe("knows");
    history.when(page({ policy: "wide" }));
    expect(called(history)).toEqual([
      [0, "U2"],
      [1, "U7"],
      [1, "U5"],
    ]);
    expect(history.when(page({ policy: "toString" })).refusal?.code).toBe("no_such_policy");
  });

  it("comes by itself when nobody has taken command", () => {
    const history = given([declare()], usual);
    const missing = history.state.roles.vacantSince ?? declaredAt;
    history.when({ type: "EscalateCommander", at: after(4), actor: bot, incident: 1, since: missing });
    expect(called(history)).toEqual([
      [0, "U2"],
      [4, "U3"],
    ]);
    expect(history.state.escalation.calls[1]?.because).toBe("nobody has taken command");
  });

  it("gives events to others, none after the end", () => {
    const history = given([declare()], usual);
    expect(
      nextStepNow(usual, history.state, after(1), "an update was missed twice").map(({ type }) => type),
    ).toEqual(["PeopleCalled"]);
    history.when(resolve(2));
    expect(nextStepNow(usual, history.state, after(3), "late")).toEqual([]);
  });
});

describe("a private incident, and a drill", () => {
  const ruled = withPolicies({
    default: policy([step(0, user("U2"), { kind: "channel", name: "leadership" })]),
  });

  it("the first tells no other channel", () => {
    const history = given([declare({ private: true })], ruled);
    play(history, 1);
    expect(keysOf(history.effects)).not.toContainEqual(expect.stringContaining("in:leadership"));
    expect(keysOf(history.effects)).toContain("1:post:dm:U2:call:0.0");
    expect(called(history)).toHaveLength(1);
  });

  it("the second seeks, writes to and invites nobody", () => {
    const { effects } = given([declare({ drill: true }), opened], ruled);
    expect(keysOf(effects)).toContain("1:post:call:0.0");
    const keys = keysOf(effects).join(" ");
    expect(keys).not.toMatch(/dm:U2|in:leadership|seek|invite:call/);
  });
});

describe("somebody who has it and is silent", () => {
  const silent = () => {
    const history = given([declare(), opened], usual);
    play(history, 2);
    history.when(ack(3));
    return history;
  };
  const types = (history: History) => history.effects.map(({ key }) => key);

  it("is asked after 15 minutes, and 5 minutes later the walk goes on", () => {
    const history = silent();
    play(history, 17);
    expect(types(history)).not.toContainEqual(expect.stringMatching(/post:still/));
    play(history, 18);
    expect(types(history)).toContainEqual(expect.stringMatching(/post:still/));
    play(history, 23);
    expect(called(history)).toEqual([
      [0, "U2"],
      [15, "U4"],
      [23, "U3"],
    ]);
    play(history, 40);
    expect(history.state.escalation.walks[0]?.exhaustedAt).not.toBeNull();
  });

  it("is not asked while anybody writes or does something", () => {
    const history = silent();
    play(history, 22, after(10));
    expect(types(history)).not.toContainEqual(expect.stringMatching(/post:still/));
    const busy = silent();
    busy.when({ type: "SetStatus", at: after(12), actor: carol, incident: 1, status: "IDENTIFIED" });
    play(busy, 26);
    expect(types(busy)).not.toContainEqual(expect.stringMatching(/post:still/));
    play(busy, 27);
    expect(types(busy)).toContainEqual(expect.stringMatching(/post:still/));
  });

  it("who answers keeps it, and is asked again after the next silence", () => {
    const history = silent();
    play(history, 18);
    const watch = history.state.escalation.watch?.version ?? 0;
    history.when({ type: "ConfirmStillOnIt", at: after(19), actor: bob, incident: 1, watch });
    expect(
      history.when({ type: "ConfirmStillOnIt", at: after(19), actor: bob, incident: 1, watch }).refusal?.code,
    ).toBe("answered");
    play(history, 33);
    expect(called(history)).toHaveLength(2);
    play(history, 39);
    expect(called(history).at(-1)).toEqual([39, "U3"]);
  });

  it("is not asked, nor passed over, while it is being read what was said; that ends", () => {
    const history = silent();
    play(history, 17);
    const watch = history.state.escalation.watch?.version ?? 0;
    const asksAt = after(18);
    const comes = (type: "CheckHeard" | "GoOn", at: number, readingSince: number, more: object = {}) => {
      const { events } = history.when({ type, at, actor: bot, incident: 1, watch, readingSince, ...more });
      return events.map((event) =>
        event.type === "PromptHeldBack" ? (event.data.until - asksAt) / 1000 : event.type,
      );
    };
    expect(comes("CheckHeard", asksAt, asksAt)).toEqual([10]);
    expect(comes("CheckHeard", asksAt + 10_000, asksAt)).toEqual([20]);
    expect(comes("CheckHeard", after(22), asksAt)).toEqual([8 * 60]);
    // Slack does not show it, or the clock was set back.
    expect(comes("CheckHeard", after(33), asksAt)).toEqual(["StillOnItAsked"]);
    expect(comes("GoOn", after(38), after(36))).toEqual([22 * 60]);
    expect(comes("GoOn", after(38), after(38), { lastSaidAt: after(34) })).toEqual(["StillOnIt"]);
  });

  it("has the time to answer from when the question is shown, unless it never will be", () => {
    const asked = (shownAfter: number | null) => {
      const history = silent();
      play(history, 18);
      const watch = history.state.escalation.watch?.version ?? 0;
      if (shownAfter !== null) {
        const at = after(shownAfter);
        const ts = `${at / 1000}.000100`;
        history.when({
          type: "NoteMessagePosted",
          at,
          actor: bot,
          incident: 1,
          slot: `still:${watch}`,
          channel: "C1",
          ts,
        });
      }
      return (at: number, isOnItsWay: boolean) => {
        const goOn = { type: "GoOn", at: after(at), actor: bot, incident: 1, watch, isOnItsWay } as const;
        return history
          .when(goOn)
          .events.map((event) =>
            event.type === "PromptHeldBack" ? (event.data.until - declaredAt) / minute : event.type,
          );
      };
    };
    expect(asked(null)(23, true)).toEqual([28]);
    expect(asked(null)(23, false)).toContain("WalkResumed");
    expect(asked(18)(23, true)).toContain("WalkResumed");
    const late = asked(21);
    expect(late(23, false)).toEqual([expect.closeTo(26, 3)]);
    expect(late(27, false)).toContain("WalkResumed");
  });

  it("is asked in SEV1 and SEV2 only", () => {
    const history = given(
      [declare({ severity: "SEV3" }), ack(1)],
      withPolicies(usual.escalation, { SEV3: "default" }),
    );
    play(history, 60);
    expect(types(history)).not.toContainEqual(expect.stringMatching(/GoOn/));
  });
});

describe("whatever the policy and whenever somebody answers", () => {
  const anyTarget = fc.constantFrom("U2", "U3", "U4", "U5").map(user);
  const anyStep = fc.record({
    after: fc.integer({ min: 0, max: 20 }).map((minutes) => minutes * minute),
    notify: fc.array(anyTarget, { minLength: 1, maxLength: 3 }),
    message: fc.constant(null),
    when: fc.constantFrom("unacknowledged" as const, "unresolved" as const),
  });
  const anyPolicy = fc.record({
    steps: fc.array(anyStep, { minLength: 1, maxLength: 5 }),
    repeat: fc.nat(3),
    repeatEvery: fc.integer({ min: 1, max: 10 }).map((minutes) => minutes * minute),
  });

  it("the steps come in order, each once, never after an Ack unless until resolution, never after it", () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyPolicy,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 90 }),
        (one, two, acked, ended) => {
          const ruled = withPolicies({ one, two }, undefined, {
            services: { a: { owners: [], escalation: "one" }, b: { owners: [], escalation: "two" } },
          });
          const history = given([declare({ services: ["a", "b"] })], ruled);
          const first = Math.min(acked, ended);
          play(history, first - 0.001, after(first));
          // In a month nobody is silent.
          if (acked < ended) history.when(ack(acked, slackUser("U99")));
          play(history, ended - 0.001, after(ended));
          history.when(resolve(ended));
          play(history, 1000, after(1000));
          const { calls, walks } = history.state.escalation;
          const turns = calls.map(({ turn }) => turn ?? -1);
          expect(turns).toEqual([...new Set(turns)].toSorted((less, more) => less - more));
          for (const { at, turn } of calls) {
            const due = walks[0]?.turns[turn ?? -1];
            expect(at).toBe(declaredAt + (due?.after ?? Number.NaN));
            expect(at).toBeLessThan(after(ended));
            const isAfterAck = acked < ended && at >= after(acked);
            expect(isAfterAck && due?.when === "unacknowledged").toBe(false);
          }
          const missed = walks[0]?.turns.filter(
            ({ after: later, when }, index) =>
              !turns.includes(index) && declaredAt + later < after(when === "unresolved" ? ended : first),
          );
          expect(missed).toEqual([]);
        },
      ),
    );
  });

  it("each step is frozen as often as it comes, in the order of time", () => {
    fc.assert(
      fc.property(anyPolicy, (one) => {
        const { turns, patience } = turnsOf([one]);
        const times = turns.map((turn) => turn.after);
        expect(times).toEqual(times.toSorted((less, more) => less - more));
        expect(patience).toBeGreaterThan(times.at(-1) ?? 0);
        const rounds = new Set(turns.filter(({ when }) => when === "unresolved").map(({ round }) => round));
        expect([...rounds].every((round) => round === 0)).toBe(true);
      }),
    );
  });
});
