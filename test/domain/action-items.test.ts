import { describe, expect, it } from "vitest";
import { nextDigest } from "../../src/domain/action-items/digest.ts";
import { readItemLine } from "../../src/domain/action-items/due.ts";
import type { Command } from "../../src/domain/command.ts";
import { after, alice, declare, given, opened, rules, text } from "./given.ts";

describe("the line of an action item", () => {
  // A Thursday.
  const today = "2024-02-15";
  it.each([
    ["add a circuit breaker", "add a circuit breaker", null, null],
    ["add a circuit breaker fri", "add a circuit breaker", null, "2024-02-16"],
    ["add a circuit breaker <@U1> next friday", "add a circuit breaker", "U1", "2024-02-16"],
    ["add a breaker <@U1> fri", "add a breaker", "U1", "2024-02-16"],
    ["add a breaker fri <@U1|alice>", "add a breaker", "U1", "2024-02-16"],
    ["add a breaker by Friday.", "add a breaker", null, "2024-02-16"],
    ["add a breaker thu", "add a breaker", null, "2024-02-22"],
    ["add a breaker today", "add a breaker", null, "2024-02-15"],
    ["add a breaker tomorrow", "add a breaker", null, "2024-02-16"],
    ["add a breaker in 3 days", "add a breaker", null, "2024-02-18"],
    ["add a breaker in 2 weeks", "add a breaker", null, "2024-02-29"],
    ["add a breaker 2/20", "add a breaker", null, "2024-02-20"],
    ["add a breaker 2/15", "add a breaker", null, "2024-02-15"],
    ["add a breaker 2/14", "add a breaker", null, "2025-02-14"],
    ["add a breaker 20/2", "add a breaker", null, "2024-02-20"],
    ["add a breaker 2026-02-20", "add a breaker", null, "2026-02-20"],
    ["add a breaker 2/29", "add a breaker", null, "2024-02-29"],
    // What is no day of the calendar, and what stands before the end, belongs to the text.
    ["pay 2/30", "pay 2/30", null, null],
    ["pay 2026-02-30", "pay 2026-02-30", null, null],
    ["check the friday deployment", "check the friday deployment", null, null],
    ["ask <@U1> about the pool", "ask <@U1> about the pool", null, null],
    ["upgrade to 2.3", "upgrade to 2.3", null, null],
    ["keep logs for 7 days", "keep logs for 7 days", null, null],
    ["plan a wedding", "plan a wedding", null, null],
    ["fri", "fri", null, null],
    ["<@U1>", "<@U1>", null, null],
    ["a <@U1> <@U2>", "a <@U1>", "U2", null],
  ])("“%s”", (line, said, owner, due) => {
    expect(readItemLine(line, "mdy", today)).toEqual({ text: said, owner, due });
  });

  it("reads days first where the configuration says so", () => {
    expect(readItemLine("a 3/2", "mdy", today).due).toBe("2024-03-02");
    expect(readItemLine("a 3/2", "dmy", today).due).toBe("2025-02-03");
    expect(readItemLine("a 29/2", "dmy", "2024-03-01").due).toBe("2028-02-29");
  });

  it("takes no longer for a long one", () => {
    const long = `${"a ".repeat(5000)}fri`;
    expect(readItemLine(long, "mdy", today).due).toBe("2024-02-16");
  });
});

describe("the weekly list", () => {
  it.each([
    ["on a Thursday comes on Monday", "2024-02-15T14:36:00Z", "2024-02-19T09:00:00Z"],
    ["on a Monday comes a week later", "2024-02-19T03:00:00Z", "2024-02-26T09:00:00Z"],
    ["on a Sunday comes the next day", "2024-02-18T23:59:00Z", "2024-02-19T09:00:00Z"],
  ])("%s", (_what, now, expected) => {
    expect(nextDigest(rules, Date.parse(now))).toBe(Date.parse(expected));
  });
});

describe("action items", () => {
  const by = (minutes: number) => ({ at: after(minutes), actor: alice, incident: 1 });
  const add = (more: Partial<Extract<Command, { type: "AddActionItem" }>> = {}): Command => ({
    type: "AddActionItem",
    ...by(5),
    item: "a",
    text: text("add a breaker"),
    owner: "U2",
    due: "2024-02-20",
    ...more,
  });

  it("are possible at every stage, and plan the reminder of the day and one weekly list", () => {
    const first = given([declare(), opened]).when(add());
    expect(
      first.effects.filter(({ timer }) => timer).map(({ effect, dueAt }) => [effect.type, dueAt]),
    ).toEqual([
      ["RemindActionItem", Date.parse("2024-02-20T09:00:00Z")],
      ["SendActionDigest", Date.parse("2024-02-19T09:00:00Z")],
    ]);
    const resolve: Command = { type: "Resolve", ...by(6) };
    const second = given([declare(), add(), resolve]).when(add({ item: "b" }));
    expect(second.effects.filter(({ effect }) => effect.type === "SendActionDigest")).toEqual([]);
  });

  it("are done, dropped and brought back once each", () => {
    const story = given([declare(), opened, add()]);
    const act = (type: "FinishActionItem" | "DropActionItem" | "RestoreActionItem"): Command => ({
      type,
      ...by(10),
      item: "a",
    });
    expect(story.when(act("RestoreActionItem")).refusal?.code).toBe("open");
    expect(story.when(act("FinishActionItem")).refusal).toBeUndefined();
    expect(story.when(act("FinishActionItem")).refusal?.code).toBe("ended");
    expect(story.when(act("DropActionItem")).state.actionItems[0]).toMatchObject({ done: null });
    expect(story.when(act("RestoreActionItem")).state.actionItems[0]).toMatchObject({ dropped: null });
  });

  it("remind nobody once they are done, or due on another day", () => {
    const remind: Command = { type: "RemindActionItem", ...by(9000), item: "a", due: "2024-02-20" };
    const edited: Command = {
      type: "EditActionItem",
      ...by(6),
      item: "a",
      text: text("add a breaker"),
      owner: "U2",
      due: "2024-02-21",
    };
    expect(given([declare(), add()]).when(remind).events).toHaveLength(1);
    expect(given([declare(), add(), edited]).when(remind).refusal?.code).toBe("satisfied");
    const done: Command = { type: "FinishActionItem", ...by(7), item: "a" };
    expect(given([declare(), add(), done]).when(remind).refusal?.code).toBe("satisfied");
  });

  it("keep a day that has come when something else is changed", () => {
    const later = after(30 * 24 * 60);
    const edit = (due: string): Command => ({
      type: "EditActionItem",
      at: later,
      actor: alice,
      incident: 1,
      item: "a",
      text: text("add two breakers"),
      owner: "U2",
      due,
    });
    const story = given([declare(), add()]);
    expect(story.when(edit("2024-02-21")).refusal?.code).toBe("due_in_past");
    expect(story.when(edit("2024-02-20")).refusal).toBeUndefined();
  });
});
