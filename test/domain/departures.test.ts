import { describe, expect, it } from "vitest";
import { bot, slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { peopleNeeded } from "../../src/domain/departures/needed.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import { after, alice, bob, declare, given, keysOf, opened, text } from "./given.ts";

const carol = slackUser("U3");
const lead: Command = {
  type: "GiveRole",
  incident: 1,
  at: after(1),
  actor: bob,
  role: "commander",
  to: "U2",
};
const scribe: Command = { ...lead, type: "GiveRole", role: "scribe" };
const ask: Command = {
  type: "AskPerson",
  incident: 1,
  at: after(2),
  actor: alice,
  ask: "a1",
  to: "U2",
  text: text("check the cache"),
  within: null,
};
const take = (actor: typeof alice, accept = true): Command => ({
  type: "AnswerAsk",
  incident: 1,
  at: after(6),
  actor,
  ask: "a1",
  accept,
});
const noted = (gone: boolean, user = "U2", minutes = 5): Command => ({
  type: "NotePerson",
  incident: 1,
  at: after(minutes),
  actor: bot,
  user,
  gone,
});

describe("a person whose account is deactivated", () => {
  it("holds no role any more, and the clock of a vacant command runs; it is told once", () => {
    const story = given([declare(), opened, lead, scribe]);
    const { events, effects, state } = story.when(noted(true));
    expect(events.map(({ type }) => type)).toEqual(["PersonGone", "CommandVacant"]);
    expect(events[0]).toMatchObject({ data: { user: "U2", roles: ["commander", "scribe"] } });
    expect(state.roles.held).toEqual({});
    expect(keysOf(effects).filter((key) => key.startsWith("1:post:gone:U2:"))).toHaveLength(1);
    expect(story.when(noted(true)).events).toEqual([]);
    expect(story.when(noted(false)).events).toMatchObject([{ type: "PersonBack" }]);
    expect(story.state.roles.held).toEqual({});
    const told = keyTimeline(
      story.state,
      story.events.map((event) => ({ event, recordedAt: event.at })),
      [],
    );
    expect(JSON.stringify(told)).toContain("account was deactivated: nobody leads");
  });

  it("of whom nothing is expected is no news for the channel", () => {
    const { effects, state } = given([declare(), opened]).when(noted(true, "U7"));
    expect(keysOf(effects).filter((key) => key.includes("gone"))).toEqual([]);
    expect(state.departed).toHaveProperty("U7");
  });

  it("leaves what was asked of them to whoever takes it, once", () => {
    const story = given([declare(), opened, ask]);
    expect(story.when(take(carol)).refusal?.code).toBe("not_yours");
    story.when(noted(true));
    expect(story.when(take(carol, false)).refusal?.code).toBe("not_yours");
    expect(story.when(take(carol)).state.asks[0]).toMatchObject({ to: "U3", state: "accepted" });
    expect(story.when(take(alice)).refusal?.code).toBe("not_yours");
  });

  it("withdraws an offer of command that nobody could take", () => {
    const offer: Command = { type: "OfferCommand", incident: 1, at: after(3), actor: bob, to: "U3" };
    const { events } = given([declare(), opened, lead, offer]).when(noted(true, "U3"));
    expect(events.map(({ type }) => type)).toEqual(["CommandOfferEnded", "PersonGone"]);
  });
});

it("those are looked for of whom something is expected, who declared it, and who is gone already", () => {
  const story = given([declare(), opened, lead, ask, noted(true, "U7")]);
  expect(peopleNeeded(story.state).toSorted()).toEqual(["U1", "U2", "U7"]);
});
