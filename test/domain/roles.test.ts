import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { timerSchema } from "../../src/domain/effect.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import type { Role } from "../../src/domain/vocab.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules } from "./given.ts";

const carol = slackUser("U3");
const bot = { kind: "bot" as const };
const give = (
  actor: typeof alice,
  to: string,
  { at = after(1), role = "commander", ...more }: { at?: number; role?: Role; from?: string } = {},
): Command => ({ type: "GiveRole", incident: 1, at, actor, role, to, ...more });
const decline = (actor: typeof alice, change: number): Command => ({
  type: "DeclineRole",
  incident: 1,
  at: after(2),
  actor,
  change,
});
const offer = (actor: typeof alice, to: string, at = after(3)): Command => ({
  type: "OfferCommand",
  incident: 1,
  at,
  actor,
  to,
});
const answer = (actor: typeof alice, id: number, accept = true): Command => ({
  type: "AnswerOffer",
  incident: 1,
  at: after(4),
  actor,
  offer: id,
  accept,
});
const remind = (at = after(3), since = declaredAt): Command => ({
  type: "RemindCommander",
  incident: 1,
  at,
  actor: bot,
  since,
});
const escalate = (at = after(8), since = declaredAt): Command => ({
  type: "EscalateCommander",
  incident: 1,
  at,
  actor: bot,
  since,
});
const resolve: Command = { type: "Resolve", incident: 1, at: after(10), actor: alice };
const history = (...more: Command[]) => given([declare(), opened, ...more]);

describe("claiming command", () => {
  it("makes the claimer the commander, tells the channel and brings card and topic up to date", () => {
    const { state, events, effects } = history().when(give(bob, "U2"));
    expect(events).toMatchObject([
      { type: "RoleTaken", actor: bob, data: { role: "commander", user: "U2", from: null, how: "claimed" } },
    ]);
    expect(state.roles).toMatchObject({
      held: { commander: { user: "U2", since: after(1), givenBy: bob } },
      firstCommandAt: after(1),
      vacantSince: null,
    });
    const keys = keysOf(effects);
    expect(keys).toContain(`1:post:role:${state.version}`);
    expect(keys).toContain(`1:edit:card:${state.version}`);
    expect(keys).toContain(`1:topic:${state.version}`);
    expect(keys).not.toContain(`1:post:dm:U2:role:${state.version}`);
  });

  it("twice is refused", () => {
    expect(history(give(bob, "U2")).when(give(bob, "U2")).refusal?.code).toBe("has_role");
  });

  it("from somebody else changes nothing until it is confirmed by naming whom it is taken from", () => {
    const world = history(give(alice, "U1"));
    expect(world.when(give(bob, "U2")).refusal?.code).toBe("held");
    expect(world.when(give(bob, "U2", { from: "U3" })).refusal?.code).toBe("held");
    expect(world.state.roles.held.commander?.user).toBe("U1");
    const { events } = world.when(give(bob, "U2", { from: "U1" }));
    expect(events).toMatchObject([{ data: { user: "U2", from: "U1" } }]);
  });

  it("is no matter of confirming when the commander herself names the next one", () => {
    expect(history(give(alice, "U1")).when(give(alice, "U2")).state.roles.held.commander?.user).toBe("U2");
  });

  it("keeps the time of the first one when command passes on", () => {
    const { state } = history(give(alice, "U1")).when(give(bob, "U2", { from: "U1", at: after(9) }));
    expect(state.roles.firstCommandAt).toBe(after(1));
  });

  it("is refused once the incident has ended, and says how to go on", () => {
    expect(history(resolve).when(give(bob, "U2", { at: after(11) })).refusal?.sentence).toContain("reopen");
  });

  it("of other roles needs no confirming, and moves no topic", () => {
    const { state, effects } = history(give(alice, "U1", { role: "scribe" })).when(
      give(bob, "U2", { role: "scribe" }),
    );
    expect(state.roles.held.scribe?.user).toBe("U2");
    expect(keysOf(effects).some((key) => key.includes(":topic:"))).toBe(false);
  });
});

describe("being given a role", () => {
  it("comes as a direct message, and brings in who is not in the channel", () => {
    const { state, effects } = history().when(give(alice, "U2", { role: "commsLead" }));
    const keys = keysOf(effects);
    expect(keys).toContain(`1:post:dm:U2:role:${state.version}`);
    expect(keys).toContain(`1:invite:role:${state.version}`);
  });

  it("can be given back, which the channel and the giver hear of", () => {
    const world = history(give(alice, "U2"));
    const { version } = world.state;
    const { state, effects } = world.when(decline(bob, version));
    expect(state.roles.held.commander).toBeUndefined();
    const keys = keysOf(effects);
    expect(keys).toContain(`1:post:role:${version + 1}`);
    expect(keys).toContain(`1:post:dm:U1:role:${version + 1}`);
    expect(keys.some((key) => key.startsWith(`1:edit:dm:U2:role:${version}:`))).toBe(true);
  });

  it("given back, it is with whoever had it before", () => {
    const world = history(give(carol, "U3"), give(carol, "U2"));
    const { state, events } = world.when(decline(bob, world.state.version));
    expect(state.roles.held.commander?.user).toBe("U3");
    expect(events.map(({ type }) => type)).toEqual(["RoleDeclined"]);
  });

  it("is given back only by the one who has it, and only once", () => {
    const world = history(give(alice, "U2"));
    const { version } = world.state;
    expect(world.when(decline(alice, version)).refusal?.code).toBe("not_yours");
    world.when(decline(bob, version));
    expect(world.when(decline(bob, version)).refusal?.code).toBe("not_held");
  });

  it("command given back asks for a commander anew", () => {
    const world = history(give(alice, "U2"));
    const { effects } = world.when(decline(bob, world.state.version));
    expect(effects.filter(({ effect }) => effect.type === "RemindCommander")).toMatchObject([
      { dueAt: after(5), effect: { since: after(2) } },
    ]);
    expect(world.when(remind(after(5), after(2))).events).toMatchObject([{ type: "CommanderReminded" }]);
  });
});

describe("a handover", () => {
  const led = () => history(give(alice, "U1"));

  it("moves command when the one it is offered to accepts, and not before", () => {
    const world = led();
    const { state, effects } = world.when(offer(alice, "U2"));
    expect(state.roles.held.commander?.user).toBe("U1");
    expect(keysOf(effects)).toContain(`1:post:handover:${state.version}`);
    const accepted = world.when(answer(bob, state.version));
    expect(accepted.state.roles.held.commander).toMatchObject({ user: "U2", givenBy: alice });
    expect(accepted.events).toMatchObject([
      { type: "CommandOfferEnded", data: { how: "accepted" } },
      { type: "RoleTaken", data: { from: "U1", how: "handover" } },
    ]);
  });

  it("is answered by nobody else, and once", () => {
    const world = led();
    const { version } = world.when(offer(alice, "U2")).state;
    expect(world.when(answer(carol, version)).refusal?.code).toBe("not_yours");
    expect(world.when(answer(alice, version)).refusal?.code).toBe("not_yours");
    world.when(answer(bob, version, false));
    expect(world.when(answer(bob, version)).refusal?.code).toBe("offer_ended");
    expect(world.state.roles.held.commander?.user).toBe("U1");
  });

  it("is taken back by a new one, and by whoever takes command meanwhile", () => {
    const world = led();
    const first = world.when(offer(alice, "U2")).state.version;
    const second = world.when(offer(alice, "U3")).state.version;
    expect(world.when(answer(bob, first)).refusal?.sentence).toContain("withdrawn");
    world.when(give(bob, "U2", { from: "U1", at: after(4) }));
    expect(world.when(answer(carol, second)).refusal?.sentence).toContain("withdrawn");
  });

  it.each([
    ["by somebody who does not lead", () => led().when(offer(bob, "U3")), "not_commander"],
    ["while nobody leads", () => history().when(offer(alice, "U2")), "no_commander"],
    ["to the commander", () => led().when(offer(alice, "U1")), "has_role"],
    ["after the end", () => history(give(alice, "U1"), resolve).when(offer(alice, "U2", after(11))), "ended"],
  ])("%s is refused", (_, act, code) => {
    expect(act().refusal?.code).toBe(code);
  });

  it("that nobody took up loses its buttons with the end", () => {
    const world = led();
    const { version } = world.when(offer(alice, "U2")).state;
    const { effects, state } = world.when(resolve);
    expect(keysOf(effects).some((key) => key.startsWith(`1:edit:handover:${version}:`))).toBe(true);
    expect(world.when(answer(bob, version)).refusal?.code).toBe("ended");
    expect(state.roles.held.commander?.user).toBe("U1");
  });
});

describe("while nobody leads", () => {
  it("timers ask after 3 minutes and escalate after 8, as configured", () => {
    const timers = history().effects.filter(({ effect }) => effect.type.endsWith("Commander"));
    expect(timers.map(({ effect, dueAt }) => [effect.type, dueAt])).toEqual([
      ["RemindCommander", after(3)],
      ["EscalateCommander", after(8)],
    ]);
    expect(timers.every(({ effect }) => timerSchema.safeParse(effect).success)).toBe(true);
    const off = { ...rules, roles: { remindCommanderAfter: null, escalateAfter: null } };
    const quiet = given([declare(), opened], off).effects;
    expect(quiet.some(({ effect }) => effect.type.endsWith("Commander"))).toBe(false);
  });

  it("people are reminded by a message of its own, since an edit notifies nobody", () => {
    const { state, effects } = history().when(remind());
    expect(keysOf(effects)).toEqual([`1:delete:missing:${state.version}`, `1:post:missing:${state.version}`]);
    expect(state.presence.promptedAt).toBe(after(3));
  });

  it("the reminder waits for another prompt, the escalation does not", () => {
    const prompted = history(remind(after(3)));
    expect(prompted.when(escalate(after(8))).events).toMatchObject([{ type: "CommanderStillMissing" }]);
    const asked: Command = {
      type: "AskPerson",
      incident: 1,
      at: declaredAt,
      actor: alice,
      ask: "a",
      to: "U2",
      text: { words: "w", body: "look" },
      within: 60_000,
    };
    const chase: Command = { type: "ChaseAsk", incident: 1, at: after(1), actor: bot, ask: "a" };
    const { events, effects } = history(asked, chase).when(remind(after(3)));
    expect(events).toMatchObject([{ type: "PromptHeldBack", data: { until: after(6) } }]);
    expect(effects).toMatchObject([{ effect: { type: "RemindCommander" }, dueAt: after(6) }]);
  });

  it.each([
    ["somebody leads", history(give(alice, "U1"))],
    ["the incident has ended", history(resolve)],
  ])("nobody is asked when %s", (_, world) => {
    expect(world.when(remind(after(11))).refusal?.code).toBe("satisfied");
    expect(world.when(escalate(after(12))).refusal?.code).toBe("satisfied");
  });

  it("nobody is asked twice for one vacancy, nor for one that is over", () => {
    const world = history(remind());
    expect(world.when(remind(after(9))).refusal?.code).toBe("satisfied");
    expect(world.when(escalate(after(9), after(2))).refusal?.code).toBe("satisfied");
  });
});

describe("the timeline", () => {
  it("has who led as key entries, and no other role", () => {
    const world = history();
    const carryOut = (command: Command) => world.when(command).events;
    const events = [
      ...carryOut(give(alice, "U2")),
      ...carryOut(give(bob, "U3", { role: "scribe" })),
      ...carryOut(offer(bob, "U1")),
      ...carryOut(answer(alice, world.state.version)),
      ...carryOut({ ...give(alice, "U2", { from: "U1" }), at: after(30) }),
    ];
    const told = keyTimeline(
      world.state,
      events.map((event) => ({ event, recordedAt: event.at })),
      [],
    ).flatMap((entry) => (entry.kind === "told" ? entry.parts : []));
    expect(told).toEqual([
      "<@U2> took command, named by <@U1>",
      "<@U1> took command from <@U2>",
      "<@U1> made <@U2> the commander",
    ]);
  });
});

describe("the reminder of an update", () => {
  const due: Command = {
    type: "RemindUpdate",
    incident: 1,
    at: after(15),
    actor: bot,
    due: after(15),
    keyEntries: [],
  };
  it.each([
    ["the comms lead", history(give(alice, "U2"), give(alice, "U3", { role: "commsLead" })), "U3"],
    ["the commander where there is none", history(give(alice, "U2")), "U2"],
    ["the declarer where nobody leads", history(), "U1"],
  ])("mentions %s", (_, world, to) => {
    expect(world.when(due).events).toMatchObject([{ type: "UpdateReminded", data: { to } }]);
  });
});
