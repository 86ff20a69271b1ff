import { describe, expect, it } from "vitest";
import type { Command, CommandNamed } from "../../src/domain/command.ts";
import { after, alice, bob, declare, given, keysOf, opened, text } from "./given.ts";

const resolve = (minutes: number, more = {}): Command => ({
  type: "Resolve",
  incident: 1,
  at: after(minutes),
  actor: alice,
  ...more,
});
const write = (sections: CommandNamed<"WriteSections">["sections"]): Command => ({
  type: "WriteSections",
  incident: 1,
  at: after(30),
  actor: bob,
  sections,
});

describe("resolving", () => {
  it("sets the status, posts the final update without a promise and stops the clock, in one act", () => {
    const { state, events } = given([declare(), opened]).when(resolve(16, { fix: text("rolled back") }));
    expect(events.map((event) => event.type)).toEqual([
      "IncidentResolved",
      "PostmortemOwned",
      "UpdatePublished",
    ]);
    expect(state).toMatchObject({ status: "RESOLVED", nextDue: null, reminder: null });
    expect(state.updates.at(-1)).toMatchObject({
      final: true,
      lines: { status: "RESOLVED", currentAction: { body: "rolled back" }, nextUpdate: null },
    });
  });

  it("assumes its own time as the recovery when nobody names one", () => {
    expect(given([declare()]).when(resolve(16)).state.resolved?.recovered).toEqual({
      at: after(16),
      assumed: true,
    });
  });

  it("uploads the draft, and only then shares it, and only then says so", () => {
    const history = given([declare(), opened]);
    expect(keysOf(history.when(resolve(16)).effects)).toContain("1:postmortem:draft:upload");
    const fact = { incident: 1, at: after(16), actor: { kind: "bot" as const } };
    expect(
      keysOf(history.when({ ...fact, type: "NotePostmortemUploaded", copy: "draft", file: "F1" }).effects),
    ).toEqual(["1:postmortem:draft:share:F1"]);
    expect(keysOf(history.when({ ...fact, type: "NotePostmortemShared", copy: "draft" }).effects)).toEqual([
      "1:post:postmortem",
    ]);
  });

  it.each([
    ["to come", after(17)],
    ["before the start that somebody set", after(-60)],
  ])("refuses a recovery %s, naming the field", (_, recoveredAt) => {
    const started: Command = {
      type: "PublishUpdate",
      incident: 1,
      at: after(1),
      actor: bob,
      started: after(-6),
    };
    expect(given([declare(), started]).when(resolve(16, { recoveredAt })).refusal?.field).toBe("recoveredAt");
  });

  it("is refused the second time, unless it brings details", () => {
    const history = given([declare(), resolve(16)]);
    expect(history.when(resolve(17)).refusal?.code).toBe("resolved");
    const { state, answer } = history.when(
      resolve(18, { fix: text("rolled back"), dataLoss: "no", recoveredAt: after(15) }),
    );
    expect(answer).toMatchObject({ detailed: true });
    expect(state.resolved).toMatchObject({
      at: after(16),
      recovered: { at: after(15), assumed: false },
      dataLoss: "no",
    });
  });

  it("does not let a second one replace what the first recorded, unless that was seen", () => {
    const history = given([declare(), resolve(16, { fix: text("rolled back") })]);
    const second = { fix: text("restarted") };
    expect(history.when(resolve(17, second)).refusal?.sentence).toContain("Add details");
    expect(history.state.resolved?.fix?.body).toBe("rolled back");
    expect(history.when(resolve(17, { ...second, replaces: true })).state.resolved?.fix?.body).toBe(
      "restarted",
    );
  });

  it("keeps the root cause as a section with its author", () => {
    const { state } = given([declare()]).when(resolve(16, { rootCause: text("pool exhausted") }));
    expect(state.sections.rootCause).toMatchObject({ text: { body: "pool exhausted" }, by: alice });
  });
});

describe("writing the post-mortem", () => {
  it("changes only what was changed", () => {
    const history = given([
      declare(),
      resolve(16),
      write({ rootCause: text("pool"), wentWell: text("paging") }),
    ]);
    const { events } = history.when(write({ rootCause: text("pool"), wentWell: text("paging, docs") }));
    expect(events).toMatchObject([{ data: { sections: { wentWell: { body: "paging, docs" } } } }]);
  });

  it("refuses a form in which nothing was changed", () => {
    expect(given([declare()]).when(write({ rootCause: text("") })).refusal?.code).toBe("nothing_written");
  });
});

describe("the timeline", () => {
  const log = (happenedAt: number, body = "deployed"): Command => ({
    type: "LogEntry",
    incident: 1,
    at: after(5),
    actor: bob,
    entry: "e1",
    happenedAt,
    text: text(body),
  });

  it("takes an entry at the time it happened", () => {
    expect(given([declare()]).when(log(after(-6))).state.entries).toMatchObject([
      { at: after(-6), recordedAt: after(5), hidden: false },
    ]);
  });

  it.each([
    ["one to come", log(after(6)), "time"],
    ["an empty one", log(after(1), " "), "text"],
  ])("refuses %s", (_, command, field) => {
    expect(given([declare()]).when(command).refusal?.field).toBe(field);
  });

  it("takes an entry off once, and tells who comes second", () => {
    const history = given([declare(), log(after(1))]);
    const undo: Command = { type: "UndoEntry", incident: 1, at: after(6), actor: bob, entry: "e1" };
    expect(history.when(undo).state.entries).toMatchObject([{ hidden: true }]);
    expect(history.when(undo).refusal?.code).toBe("already_undone");
  });
});
