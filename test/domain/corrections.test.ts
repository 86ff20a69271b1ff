import { describe, expect, it } from "vitest";
import type { Command, CommandNamed } from "../../src/domain/command.ts";
import { keyTimeline, standingTimeline } from "../../src/domain/timeline.ts";
import { after, alice, bob, declare, given, opened, text } from "./given.ts";

const log: Command = {
  type: "LogEntry",
  at: after(4),
  actor: alice,
  incident: 1,
  entry: "e1",
  happenedAt: after(4),
  text: text("Rollback completed"),
};
const correct = (more: Partial<CommandNamed<"CorrectEntry">>): Command => ({
  type: "CorrectEntry",
  at: after(10),
  actor: bob,
  incident: 1,
  entry: "entry:e1",
  standsAt: after(4),
  ...more,
});
const resolve: Command = { type: "Resolve", at: after(20), actor: alice, incident: 1 };

const timelineOf = (commands: Command[]) => {
  const { state, events } = given(commands);
  const recorded = events.map((event) => ({ event, recordedAt: event.at }));
  return { state, shown: keyTimeline(state, recorded, []), all: standingTimeline(state, recorded, []) };
};

describe("an entry of the timeline", () => {
  it("is reworded and retimed, and keeps who did", () => {
    const { shown, all } = timelineOf([
      declare(),
      opened,
      log,
      correct({ text: text("Rollback finished"), happenedAt: after(2) }),
    ]);
    const entry = shown.find(({ kind }) => kind === "logged");
    expect(entry).toMatchObject({ at: after(2), reworded: { body: "Rollback finished" } });
    expect(all.find(({ id }) => id === "entry:e1")?.corrected).toEqual({ by: bob, at: after(10) });
  });

  it("is hidden and brought back, whatever was changed before", () => {
    const steps = [declare(), opened, log, correct({ text: text("Done") }), correct({ hidden: true })];
    const hidden = timelineOf(steps);
    expect(hidden.shown.map(({ kind }) => kind)).toEqual(["declared"]);
    expect(hidden.all.find(({ id }) => id === "entry:e1")?.hidden).toBe(true);
    const back = timelineOf([...steps, correct({ hidden: false })]);
    expect(back.shown.find(({ kind }) => kind === "logged")?.reworded?.body).toBe("Done");
  });

  it("that was undone is brought back as well", () => {
    const undo: Command = { type: "UndoEntry", at: after(5), actor: alice, incident: 1, entry: "e1" };
    const { shown } = timelineOf([declare(), opened, log, undo, correct({ hidden: false })]);
    expect(shown.map(({ kind }) => kind)).toEqual(["declared", "logged"]);
  });

  it("of Sitrep’s own is corrected by the place of its event", () => {
    const { shown } = timelineOf([
      declare(),
      opened,
      correct({ entry: "event:1:0", standsAt: after(0), happenedAt: after(-6) }),
    ]);
    expect(shown).toMatchObject([{ kind: "declared", at: after(-6) }]);
  });

  it.each([
    [correct({ happenedAt: after(11) }), "in_future"],
    [correct({ text: text("  ") }), "no_text"],
    [correct({}), "nothing_changed"],
    [correct({ hidden: false }), "nothing_changed"],
    [correct({ useAs: "resolved" }), "wrong_order"],
  ])("is not changed by what makes no sense (%#)", (command, code) => {
    expect(given([declare(), opened, log]).when(command).refusal?.code).toBe(code);
  });

  it("is told in the channel without its words", () => {
    const { effects, state } = given([declare(), opened, log]).when(correct({ text: text("secret") }));
    expect(effects.map(({ key }) => key)).toContain(`1:post:correction:${state.version}`);
    expect(JSON.stringify(state.corrections.changes)).not.toContain("secret");
  });
});

describe("an entry’s time", () => {
  it("becomes the start, and what depends on it is computed again", () => {
    const { state } = given([declare(), opened, log, correct({ useAs: "started", happenedAt: after(-5) })]);
    expect(state.started).toEqual({ at: after(-5), assumed: false });
  });

  it("becomes the detection with by whom, and the mitigation", () => {
    const { state } = given([
      declare(),
      opened,
      log,
      correct({ useAs: "detected", detector: "customer" }),
      correct({ useAs: "mitigated", at: after(11) }),
    ]);
    expect(state.corrections.detected).toEqual({ at: after(4), by: "customer" });
    expect(state.corrections.mitigated).toBe(after(4));
  });

  it("becomes the recovery of a resolved incident, never before its start", () => {
    const steps = [declare(), opened, log, resolve];
    const { state } = given([...steps, correct({ at: after(25), useAs: "resolved" })]);
    expect(state.resolved?.recovered).toEqual({ at: after(4), assumed: false });
    const started = given([...steps, correct({ at: after(25), useAs: "started", entry: "event:1:0" })]);
    expect(
      started.when(correct({ at: after(26), standsAt: after(4), happenedAt: after(3), useAs: "resolved" }))
        .refusal?.code,
    ).toBe("wrong_order");
  });
});
