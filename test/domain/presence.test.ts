import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { heldBack } from "../../src/domain/presence/quiet.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const bot = { kind: "bot" as const };
const joined = (
  user: string,
  minutes = 0,
  keyEntries: { at: number; text: ReturnType<typeof text> }[] = [],
) =>
  ({
    type: "NoteMemberJoined",
    incident: 1,
    at: after(minutes),
    actor: slackUser(user),
    user,
    keyEntries,
  }) satisfies Command;
const left = (user: string, minutes: number) => ({
  type: "NoteMemberLeft" as const,
  incident: 1,
  at: after(minutes),
  actor: slackUser(user),
  user,
});
const lead = (actor: typeof alice, to: string): Command => ({
  type: "GiveRole",
  incident: 1,
  at: after(1),
  actor,
  role: "commander",
  to,
});
const resolve: Command = { type: "Resolve", incident: 1, at: after(2), actor: alice };
const remind: Command = {
  type: "RemindCommander",
  incident: 1,
  at: after(3),
  actor: bot,
  since: declaredAt,
};
const history = (...more: Command[]) => given([declare(), opened, ...more]);
const typesOf = (events: { type: string }[]) => events.map(({ type }) => type);

describe("who is in the channel", () => {
  it("is known by joins and leaves, each told twice counting once", () => {
    const world = history(joined("U1"), joined("U2"));
    expect(world.when(joined("U2", 1)).events).toEqual([]);
    expect(Object.keys(world.state.presence.members)).toEqual(["U1", "U2"]);
    world.when(left("U2", 1));
    expect(world.when(left("U2", 1)).events).toEqual([]);
    expect(Object.keys(world.state.presence.members)).toEqual(["U1"]);
  });
});

describe("who is found to have come or gone", () => {
  const compare = (joined: string[], left: string[], minutes = 10): Command => ({
    type: "CompareMembers",
    incident: 1,
    at: after(minutes),
    actor: bot,
    joined,
    left,
    since: after(minutes),
    keyEntries: [],
  });

  it("is recorded as if Slack had told it, and who came is briefed", () => {
    const world = history(joined("U1"), joined("U2"));
    const { events } = world.when(compare(["U3"], ["U2"]));
    expect(typesOf(events)).toEqual(["MemberJoined", "MemberBriefed", "MemberLeft"]);
    expect(Object.keys(world.state.presence.members)).toEqual(["U1", "U3"]);
    expect(world.when(compare(["U3"], ["U2"], 11)).events).toEqual([]);
  });

  it("does not undo what Slack has told since", () => {
    const world = history(joined("U1"), joined("U2", 12), left("U3", 12));
    expect(world.when({ ...compare(["U3"], ["U2"]), at: after(13) }).events).toEqual([]);
  });
});

describe("what Slack tells late of who is in the channel", () => {
  it("changes nothing when somebody has left since, or come back", () => {
    const world = history();
    const since = (minutes: number) => ({ since: after(minutes) });
    world.when({ ...left("U2", 9), ...since(4) });
    expect(world.when({ ...joined("U2", 10), ...since(3) }).events).toEqual([]);
    expect(Object.keys(world.state.presence.members)).toEqual([]);
    world.when({ ...joined("U2", 11), ...since(8) });
    expect(world.when({ ...left("U2", 12), ...since(7) }).events).toEqual([]);
    expect(Object.keys(world.state.presence.members)).toEqual(["U2"]);
  });

  it("is known though Slack tells of a leaving after the return", () => {
    const world = history(joined("U1"), { ...joined("U2", 1), since: after(1) });
    world.when({ ...joined("U2", 10), since: after(5) });
    expect(world.when({ ...left("U2", 11), since: after(4) }).events).toEqual([]);
    expect(world.when({ ...joined("U2", 12), since: after(5) }).events).toEqual([]);
    expect(world.state.presence.members["U2"]).toBe(after(5));
  });
});

describe("a brief", () => {
  it.each([
    ["before the third minute", 2, []],
    ["from then on", 3, ["MemberBriefed"]],
  ])("for who joins %s", (_, minutes, briefed) => {
    const { events } = history().when(joined("U2", minutes));
    expect(typesOf(events)).toEqual(["MemberJoined", ...briefed]);
  });

  it("goes to that person alone, with the last three key entries", () => {
    const entries = [1, 2, 3, 4].map((minutes) => ({ at: after(minutes), text: text(`entry ${minutes}`) }));
    const { events, effects } = history().when(joined("U2", 5, entries));
    expect(events.at(-1)).toMatchObject({
      data: { user: "U2", recent: [{ at: after(2) }, { at: after(3) }, { at: after(4) }] },
    });
    expect(keysOf(effects)).toContain(`1:post:dm:U2:brief:${after(5)}`);
  });

  it("comes once an hour a person", () => {
    const world = history(joined("U2", 5), left("U2", 6));
    expect(typesOf(world.when(joined("U2", 64)).events)).toEqual(["MemberJoined"]);
    world.when(left("U2", 64));
    expect(typesOf(world.when(joined("U2", 65)).events)).toEqual(["MemberJoined", "MemberBriefed"]);
    expect(typesOf(world.when(joined("U3", 65)).events)).toContain("MemberBriefed");
  });

  it("is none after the end, nor where it is switched off", () => {
    expect(typesOf(history(resolve).when(joined("U2", 5)).events)).toEqual(["MemberJoined"]);
    const off = { ...rules, timeline: { ...rules.timeline, joinBrief: false } };
    expect(typesOf(given([declare(), opened], off).when(joined("U2", 5)).events)).toEqual(["MemberJoined"]);
  });
});

describe("what is missing", () => {
  it("is the commander alone while at most one person is there", () => {
    expect(history().state.presence.missing.gaps).toEqual(["commander"]);
    expect(history(joined("U1")).state.presence.missing.gaps).toEqual(["commander"]);
    expect(history(joined("U1"), lead(alice, "U1")).state.presence.missing.gaps).toEqual([]);
  });

  it("is everything that nobody has filled once two are there", () => {
    const world = history(joined("U1"), joined("U2"));
    expect(world.state.presence.missing.gaps).toEqual([
      "commander",
      "users",
      "business",
      "scope",
      "trend",
      "update",
    ]);
    world.when(lead(bob, "U2"));
    world.when({ type: "SetStatus", incident: 1, at: after(2), actor: bob, status: "IDENTIFIED" });
    expect(world.state.presence.missing.gaps).toEqual(["users", "business", "scope", "trend"]);
  });

  it("is posted once there is a channel, edited when it changes, and only then", () => {
    const world = given([declare()]);
    expect(world.state.presence.missing.gaps).toEqual([]);
    expect(keysOf(world.when(opened).effects)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^1:post:missing:\d+$/)]),
    );
    const about = (command: Command) =>
      keysOf(world.when(command).effects).filter((key) => key.includes(":missing:"));
    const posted: Command = {
      type: "NoteMessagePosted",
      incident: 1,
      at: after(0),
      actor: bot,
      slot: "missing",
      channel: "C1",
      ts: "1.1",
    };
    expect(about(posted)).toEqual([]);
    expect(about(joined("U1"))).toEqual([]);
    expect(about(joined("U2"))).toEqual([expect.stringMatching(/^1:edit:missing:/)]);
    expect(about(joined("U3"))).toEqual([]);
    expect(about(resolve)).toEqual([expect.stringMatching(/^1:delete:missing:/)]);
  });

  it("that is found again while its message is on the way out is posted anew", () => {
    const world = history(joined("U1"));
    const gone: Command = {
      type: "NoteMessageGone",
      incident: 1,
      at: after(4),
      actor: bot,
      slot: "missing",
      ts: "1.1",
      wanted: true,
    };
    world.when({
      type: "NoteMessagePosted",
      incident: 1,
      at: after(0),
      actor: bot,
      slot: "missing",
      channel: "C1",
      ts: "1.1",
    });
    world.when(remind);
    expect(keysOf(world.when(gone).effects)).toEqual([expect.stringMatching(/^1:post:missing:/)]);
  });

  it("of an incident that has ended is nothing", () => {
    expect(history(joined("U1"), joined("U2"), resolve).state.presence.missing.gaps).toEqual([]);
  });
});

describe("quiet", () => {
  const timer = { type: "RemindCommander" as const, incident: 1, since: declaredAt };

  it("lets the first prompt out, and holds the next one back for five minutes", () => {
    const world = history();
    expect(heldBack(rules, world.state, timer, { at: after(3) })).toBeNull();
    world.when(remind);
    expect(heldBack(rules, world.state, timer, { at: after(7) })).toMatchObject({
      data: { until: after(8), timer },
    });
    expect(heldBack(rules, world.state, timer, { at: after(8) })).toBeNull();
  });

  it("holds nothing back where it is switched off", () => {
    const loud = { ...rules, prompts: { atMostEvery: null } };
    const world = history(remind);
    expect(heldBack(loud, world.state, timer, { at: after(3) })).toBeNull();
  });
});
