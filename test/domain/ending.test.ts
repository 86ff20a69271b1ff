import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { calms } from "../../src/domain/ending/calm.ts";
import type { OtherIncident } from "../../src/domain/ending/commands.ts";
import { formatDuration } from "../../src/domain/time.ts";
import { after, alice, bob, declare, given, keysOf, opened, rules, text } from "./given.ts";

const by = (minutes: number) => ({ at: after(minutes), actor: alice, incident: 1 });
const resolve = (minutes: number, recoveredAt?: number): Command => ({
  type: "Resolve",
  ...by(minutes),
  ...(recoveredAt !== undefined && { recoveredAt: after(recoveredAt) }),
});
const reopen = (minutes: number): Command => ({ type: "Reopen", ...by(minutes), reason: text("it is back") });
const cancel = (minutes: number): Command => ({ type: "Cancel", ...by(minutes), reason: text("a test") });
const publish = (minutes: number): Command => ({ type: "PublishPostmortem", ...by(minutes) });
const other = (more: Partial<OtherIncident> = {}): OtherIncident => ({
  number: 41,
  private: false,
  channel: "C41",
  duplicateOf: null,
  ...more,
});
const duplicate = (minutes: number, of: OtherIncident | null, number = of?.number ?? 41): Command => ({
  type: "MarkDuplicate",
  ...by(minutes),
  of: number,
  other: of,
});

describe("cancelling", () => {
  it("stops every clock and tells it once, as the final update", () => {
    const { state, events, effects } = given([declare(), opened]).when(cancel(3));
    expect(events.map((event) => event.type)).toEqual(["IncidentCancelled", "UpdatePublished"]);
    expect(state).toMatchObject({ status: "CANCELLED", nextDue: null, reminder: null, resolved: null });
    expect(state.updates.at(-1)).toMatchObject({ final: true, lines: { status: "CANCELLED" } });
    expect(keysOf(effects).some((key) => key.includes(":remind:"))).toBe(false);
    expect(keysOf(effects).some((key) => key.includes("postmortem"))).toBe(false);
  });

  it("of a resolved one takes the resolution back", () => {
    const { state } = given([declare(), opened, resolve(5), cancel(9)]);
    expect(state).toMatchObject({ status: "CANCELLED", resolved: null });
  });

  it("asks for a reason, and comes once", () => {
    const blank: Command = { type: "Cancel", ...by(3), reason: text(" \u200B") };
    expect(given([declare()]).when(blank).refusal).toMatchObject({ code: "no_reason", field: "reason" });
    expect(given([declare(), cancel(3)]).when(cancel(4)).refusal?.code).toBe("cancelled");
  });
});

describe("a duplicate", () => {
  it("links both, by a command of its own for the other one", () => {
    const { state, effects } = given([declare(), opened]).when(duplicate(3, other()));
    expect(state.ending.cancelled).toMatchObject({ duplicateOf: 41, otherChannel: "C41" });
    expect(effects.map(({ effect }) => effect)).toContainEqual({
      type: "NoteDuplicate",
      incident: 41,
      other: { number: 1, channel: "C1" },
      same: true,
    });
  });

  it.each([
    ["itself", duplicate(3, other({ number: 1 })), "this very incident"],
    ["one that is not there", duplicate(3, null, 77), "There is no INC-77."],
    ["a private one, as if it were not there", duplicate(3, other({ private: true })), "There is no INC-41."],
    ["one that is the same as this one", duplicate(3, other({ duplicateOf: 1 })), "the same as this one"],
    ["one that is itself a duplicate", duplicate(3, other({ duplicateOf: 40 })), "INC-40: name that one"],
  ])("of %s is refused", (_what, command, sentence) => {
    expect(given([declare(), opened]).when(command).refusal?.sentence).toContain(sentence);
  });

  it("that is private tells the other one nothing", () => {
    const secret = given([declare({ private: true }), opened]).when(duplicate(3, other()));
    expect(secret.state.status).toBe("CANCELLED");
    expect(secret.effects.some(({ effect }) => effect.type === "NoteDuplicate")).toBe(false);
  });

  it("is noted once on the other one, and taken back when it is reopened", () => {
    const note = (minutes: number, same: boolean): Command => ({
      type: "NoteDuplicate",
      at: after(minutes),
      actor: bot,
      incident: 1,
      other: { number: 42, channel: "C42" },
      same,
    });
    const story = given([declare(), opened, note(3, true)]);
    expect(story.state.ending.duplicates).toEqual([{ number: 42, channel: "C42" }]);
    expect(story.when(note(4, true)).events).toEqual([]);
    expect(story.when(note(5, false)).state.ending.duplicates).toEqual([]);
  });
});

describe("reopening", () => {
  it.each([
    ["RESOLVED", [resolve(10)]],
    ["CLOSED", [resolve(10), publish(20)]],
    ["CANCELLED", [cancel(10)]],
  ])("from %s brings status, promise and reminder", (from, before) => {
    const story = given([declare(), opened, ...before]);
    expect(story.state.status).toBe(from);
    const { state, effects, events } = story.when(reopen(60));
    expect(state).toMatchObject({ status: "INVESTIGATING", resolved: null, nextDue: after(75) });
    expect(state.ending).toMatchObject({ closed: null, cancelled: null, postmortem: { published: null } });
    expect(events.find((event) => event.type === "UpdatePublished")).toMatchObject({
      data: { final: false, change: { kind: "reopened", from } },
    });
    expect(keysOf(effects).some((key) => key.startsWith(`1:remind:${after(75)}`))).toBe(true);
    // A long life before does not make its clock slow.
    const update: Command = { type: "PublishUpdate", ...by(61), currentAction: text("looking") };
    expect(given([declare(), ...before, reopen(300)]).when({ ...update, at: after(301) }).state.nextDue).toBe(
      after(331),
    );
  });

  it("is refused for an open one, and without a reason", () => {
    expect(given([declare()]).when(reopen(3)).refusal?.code).toBe("open");
    const blank: Command = { type: "Reopen", ...by(6), reason: text("  ") };
    expect(given([declare(), resolve(5)]).when(blank).refusal?.code).toBe("no_reason");
  });

  it("asks anew who leads, while nobody does", () => {
    const asked = (...before: Command[]) =>
      given([declare(), opened, ...before, resolve(10)])
        .when(reopen(60))
        .effects.filter(({ effect }) => effect.type.endsWith("Commander"))
        .map(({ effect, dueAt }) => [effect.type, dueAt]);
    expect(asked()).toEqual([
      ["RemindCommander", after(63)],
      ["EscalateCommander", after(68)],
    ]);
    expect(asked({ type: "GiveRole", ...by(2), role: "commander", to: "U1" })).toEqual([]);
  });

  it("posts another draft with the next resolution", () => {
    const { effects } = given([declare(), opened, resolve(10), reopen(20)]).when(resolve(30));
    expect(keysOf(effects)).toContain("1:postmortem:draft-2:upload");
  });
});

describe("the calm between recovery and reopening", () => {
  it.each([
    ["never reopened", [resolve(20)], []],
    ["once", [resolve(20), reopen(50), resolve(80)], [[20, 50]]],
    ["still open", [resolve(20), reopen(50)], [[20, 50]]],
    [
      "several times",
      [resolve(20), reopen(50), resolve(60), reopen(90), resolve(100)],
      [
        [20, 50],
        [60, 90],
      ],
    ],
    ["from the recovery, not from the word", [resolve(20, 10), reopen(50), resolve(80)], [[10, 50]]],
    ["a false alarm was no calm", [cancel(20), reopen(50), resolve(80)], []],
    ["closed in between", [resolve(20), publish(25), reopen(50), resolve(80)], [[20, 50]]],
    ["users had recovered before it was reopened", [resolve(20), reopen(50), resolve(80, 40)], [[20, 40]]],
  ])("%s", (_what, story, expected) => {
    const { state } = given([declare(), opened, ...story]);
    expect(calms(state)).toEqual(
      expected.map(([from = 0, to = 0]) => ({ from: after(from), to: after(to) })),
    );
  });

  it("is exact over days", () => {
    const { state } = given([declare(), resolve(20), reopen(20 + 3 * 24 * 60), resolve(5000)]);
    expect(calms(state).map(({ from, to }) => formatDuration(to - from))).toEqual(["3 days"]);
  });
});

describe("closing", () => {
  const add = (owner: string | null): Command => ({
    type: "AddActionItem",
    ...by(5),
    item: "a",
    text: text("add a breaker"),
    owner,
    due: null,
  });

  it("comes by itself with the last thing that was missing, whichever it is", () => {
    expect(given([declare(), add("U2"), resolve(10)]).when(publish(20)).state.status).toBe("CLOSED");
    const story = given([declare(), add(null), resolve(10), publish(20)]);
    expect(story.state.status).toBe("RESOLVED");
    expect(story.when({ type: "Close", ...by(21) }).refusal?.sentence).toBe(
      "INC-1 is not ready to close: one action item has no owner. It closes by itself once that is done.",
    );
    const dropped = story.when({ type: "DropActionItem", ...by(30), item: "a" });
    expect(dropped.events.at(-1)).toMatchObject({ type: "IncidentClosed", actor: bot });
  });

  it("is of no live or cancelled incident, and neither is its post-mortem", () => {
    for (const before of [[declare()], [declare(), cancel(3)]])
      for (const command of [
        { type: "Close", ...by(5) } as const,
        publish(5),
        { type: "Waive", ...by(5), reason: text("no") } as const,
      ])
        expect(given(before).when(command).events).toEqual([]);
  });

  it("publishes and waives once", () => {
    const published = given([declare(), resolve(10), publish(20)]);
    expect(published.when(publish(21)).refusal?.code).toBe("published");
    const waive: Command = { type: "Waive", ...by(20), reason: text("the same as INC-41") };
    expect(given([declare(), resolve(10), waive]).when(waive).refusal?.code).toBe("waived");
  });

  it("plans the archiving where that is configured, and lets it be kept, in this order only", () => {
    const ruled = { ...rules, channels: { ...rules.channels, archiveAfter: 7 * 24 * 60 * 60_000 } };
    const story = given([declare(), opened, resolve(10), publish(20)], ruled);
    const due = story.state.ending.archiving?.at ?? 0;
    expect(due).toBe(after(20 + 7 * 24 * 60));
    expect(story.when({ type: "ArchiveWhenDue", ...by(30), due }).refusal?.code).toBe("satisfied");
    story.when({ type: "AnnounceArchiving", ...by(40), due });
    expect(story.when({ type: "KeepChannel", ...by(50), due }).refusal).toBeUndefined();
    expect(story.when({ type: "KeepChannel", ...by(51), due }).refusal?.code).toBe("kept");
    expect(story.when({ type: "ArchiveWhenDue", ...by(60), due }).refusal?.code).toBe("satisfied");
  });
});

describe("the post-mortem’s owner", () => {
  const within = { ...rules.severities.SEV2, postmortemWithin: 5 * 24 * 60 * 60_000 };
  const ruled = { ...rules, severities: { ...rules.severities, SEV1: within, SEV2: within } };

  it.each([
    ["SEV1 counts every day", "SEV1", "2024-02-20T14:46:00Z"],
    ["SEV2 counts working days", "SEV2", "2024-02-22T14:46:00Z"],
  ] as const)("%s", (_what, severity, expected) => {
    const { state } = given([declare({ severity }), resolve(10)], ruled);
    expect(state.ending.postmortem).toMatchObject({ owner: "U1", remindAt: Date.parse(expected) });
  });

  it("may decline, if it is hers, and then whoever resolved is reminded, every week until it is done", () => {
    const own = (actor: typeof alice, claim: boolean): Command => ({
      type: "OwnPostmortem",
      at: after(12),
      actor,
      incident: 1,
      claim,
    });
    const story = given([declare(), opened, { ...resolve(10), actor: bob }], ruled);
    expect(story.when(own(bob, false)).refusal?.code).toBe("not_owner");
    expect(story.when(own(alice, false)).state.ending.postmortem.owner).toBeNull();
    const due = story.state.ending.postmortem.remindAt ?? 0;
    const remind: Command = { type: "RemindPostmortem", at: due, actor: bot, incident: 1, due };
    expect(story.when(remind).events[0]).toMatchObject({ data: { to: "U2" } });
    expect(story.when(remind).refusal?.code).toBe("satisfied");
    expect(story.state.ending.postmortem.remindAt).toBe(due + 7 * 24 * 60 * 60_000);
  });
});
