import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command, KeyEntry } from "../../src/domain/command.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const update = (minutes: number, more = {}): Command => ({
  type: "PublishUpdate",
  incident: 1,
  at: after(minutes),
  actor: bob,
  ...more,
});
const remind = (due: number, minutes: number, keyEntries: KeyEntry[] = []): Command => ({
  type: "RemindUpdate",
  incident: 1,
  at: after(minutes),
  actor: bot,
  due: after(due),
  keyEntries,
});
const overdue = (due: number, minutes: number, keyEntries: KeyEntry[] = []): Command =>
  ({
    ...remind(due, minutes, keyEntries),
    type: "PostOverdueUpdate",
  }) as Command;
const answer = (type: "PostDraft" | "SnoozeUpdate", due: number, minutes: number) =>
  ({ type, incident: 1, at: after(minutes), actor: alice, due: after(due), minutes: 10 }) as Command;
const resolve = (minutes: number): Command => ({
  type: "Resolve",
  incident: 1,
  at: after(minutes),
  actor: alice,
});

const lastUpdate = (state: { updates: unknown[] }) => state.updates.at(-1);

describe("an update", () => {
  it("keeps what is recorded where nothing new is said, and promises the next", () => {
    const history = given([
      declare(),
      update(2, { impact: text("15 % fail"), currentAction: text("looking") }),
    ]);
    const { state } = history.when(update(5, { currentAction: text("rolling back") }));
    expect(lastUpdate(state)).toMatchObject({
      n: 3,
      lines: {
        status: "INVESTIGATING",
        impact: { body: "15 % fail" },
        currentAction: { body: "rolling back" },
        nextUpdate: after(35),
      },
    });
    expect(state.nextDue).toBe(after(35));
  });

  it("goes to the channel and to the announcement's thread, and sets the next clock", () => {
    const { effects } = given([declare(), opened]).when(update(2));
    expect(keysOf(effects)).toEqual(
      expect.arrayContaining([
        "1:post:update:2:channel",
        "1:post:update:2:thread",
        expect.stringContaining(`1:remind:${after(32)}:`),
      ]),
    );
  });

  it("sets status and start, each as an event of its own", () => {
    const { events, state } = given([declare()]).when(
      update(4, { status: "IDENTIFIED", started: after(-6) }),
    );
    expect(events.map((event) => event.type)).toEqual([
      "StatusChanged",
      "StartedSet",
      "UpdatePublished",
      "UpdateWarningPlanned",
    ]);
    expect(state).toMatchObject({ status: "IDENTIFIED", started: { at: after(-6), assumed: false } });
  });

  it("takes the same minute as no change of the start", () => {
    expect(given([declare()]).when(update(4, { started: after(0) + 30_000 })).state.started.assumed).toBe(
      true,
    );
  });

  it("lets a promise override the clock", () => {
    expect(given([declare()]).when(update(4, { nextUpdate: after(9) })).state.nextDue).toBe(after(9));
  });

  it.each([
    ["a promise in the past", { nextUpdate: after(3) }, "nextUpdate"],
    ["a start to come", { started: after(5) }, "started"],
  ])("refuses %s, naming the field", (_, more, field) => {
    expect(given([declare()]).when(update(4, more)).refusal?.field).toBe(field);
  });

  it.each([
    ["while monitoring", update(4, { status: "MONITORING" }), 64],
    ["after two hours", update(121), 181],
  ])("comes half as often %s", (_, command, due) => {
    expect(given([declare()]).when(command).state.nextDue).toBe(after(due));
  });

  it("is refused once the incident is resolved", () => {
    expect(given([declare(), resolve(5)]).when(update(6)).refusal?.code).toBe("resolved");
  });
});

describe("when an update falls due", () => {
  const entry = (minutes: number, body: string): KeyEntry => ({
    at: after(minutes),
    text: text(body),
    from: "message",
    ts: "9.1",
  });

  it("reminds one person, with a draft from the last key entry and its source", () => {
    const history = given([declare(), opened, update(2, { currentAction: text("looking") })]);
    const { state, effects } = history.when(remind(32, 32, [entry(1, "old"), entry(20, "rolling back")]));
    expect(state.reminder).toMatchObject({
      to: "U2",
      draft: {
        lines: { currentAction: { body: "rolling back" }, nextUpdate: after(62) },
        sources: [{ line: "currentAction", from: "message", at: after(20), ts: "9.1" }],
      },
    });
    expect(keysOf(effects)).toEqual([
      expect.stringContaining(`1:post:reminder:${after(32)}:`),
      expect.stringContaining(`1:overdue:${after(32)}:`),
    ]);
    expect(effects.at(-1)?.dueAt).toBe(after(37));
  });

  it("is silent when an update has satisfied it", () => {
    expect(given([declare(), update(2)]).when(remind(15, 15)).refusal).toBeDefined();
  });

  it("is silent after resolution", () => {
    expect(given([declare(), resolve(3)]).when(remind(15, 15)).refusal).toBeDefined();
  });

  it("reminds once for one due time, however often the timer fires", () => {
    expect(given([declare(), remind(15, 15)]).when(remind(15, 16)).refusal).toBeDefined();
  });

  it("counts the grace from the reminder when it comes late", () => {
    const { effects } = given([declare()]).when(remind(15, 95));
    expect(effects.find((effect) => effect.timer)?.dueAt).toBe(after(100));
  });

  it("only reminds where the severity says so", () => {
    const { effects } = given([declare({ severity: "SEV3" })]).when(remind(30, 30));
    // Nothing is posted in people's place; what follows is the daily question.
    const timers = effects.filter((effect) => effect.timer);
    expect(timers.map(({ effect, dueAt }) => [effect.type, dueAt])).toEqual([
      ["AskStillOpen", after(30 + 24 * 60)],
    ]);
  });

  it("says nothing where missed updates are switched off", () => {
    const off = { ...rules, updates: { ...rules.updates, whenMissed: "off" as const } };
    expect(given([declare()], off).when(remind(15, 15)).refusal).toBeDefined();
  });
});

describe("the reminder", () => {
  const reminded = () =>
    given([declare(), opened, update(2, { currentAction: text("looking") }), remind(32, 32)]);

  it("posts its draft as is, once", () => {
    const history = reminded();
    const { state, effects, answer: said } = history.when(answer("PostDraft", 32, 33));
    expect(lastUpdate(state)).toMatchObject({
      by: alice,
      automaticSince: null,
      lines: { nextUpdate: after(62) },
    });
    expect(said).toEqual({ type: "UpdatePosted", number: 1, n: 3, nextUpdate: after(62) });
    expect(keysOf(effects)).toContainEqual(expect.stringContaining(`1:delete:reminder:${after(32)}:`));
    expect(history.when(answer("PostDraft", 32, 33)).refusal?.sentence).toContain(
      "update 3 was posted at 15:09 UTC",
    );
  });

  it("that has stood past its grace posts the draft with a promise of now", () => {
    expect(reminded().when(answer("PostDraft", 32, 40)).state.nextDue).toBe(after(70));
  });

  it("is snoozed: the published promise moves, the old one goes", () => {
    const { state, effects } = reminded().when(answer("SnoozeUpdate", 32, 33));
    expect(state.nextDue).toBe(after(43));
    expect(lastUpdate(state)).toMatchObject({ lines: { nextUpdate: after(43) } });
    expect(keysOf(effects)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("1:edit:update:2:channel"),
        expect.stringContaining("1:edit:announcement"),
        expect.stringContaining(`1:remind:${after(43)}:`),
      ]),
    );
  });

  it("is snoozed at most twice in a row", () => {
    const history = reminded();
    history.when(answer("SnoozeUpdate", 32, 32));
    history.when(remind(42, 42));
    history.when(answer("SnoozeUpdate", 42, 42));
    history.when(remind(52, 52));
    expect(history.when(answer("SnoozeUpdate", 52, 52)).refusal?.code).toBe("snoozed_twice");
    history.when(answer("PostDraft", 52, 53));
    expect(history.state.snoozes).toBe(0);
  });

  it("cannot be answered by a stale button", () => {
    const history = reminded();
    history.when(answer("SnoozeUpdate", 32, 33));
    expect(history.when(answer("PostDraft", 32, 34)).refusal?.sentence).toContain("snoozed");
  });
});

describe("when grace has passed", () => {
  const reminded = () =>
    given([declare(), opened, update(2, { currentAction: text("looking") }), remind(32, 32)]);

  it("posts what is known, marked with how old it is, and retires the reminder", () => {
    const { state, effects } = reminded().when(overdue(32, 37));
    expect(lastUpdate(state)).toMatchObject({
      automaticSince: after(2),
      by: bot,
      lines: { nextUpdate: after(67) },
    });
    expect(keysOf(effects)).toContainEqual(expect.stringContaining(`1:delete:reminder:${after(32)}:`));
  });

  it("posts nothing when somebody answered", () => {
    const history = reminded();
    history.when(answer("PostDraft", 32, 33));
    expect(history.when(overdue(32, 37)).refusal).toBeDefined();
  });

  it("stops after two automatic updates, and says since when nobody answered", () => {
    const history = reminded();
    history.when(overdue(32, 37));
    history.when(remind(67, 67));
    history.when(overdue(67, 72));
    history.when(remind(102, 102));
    const { state } = history.when(overdue(102, 107));
    expect(history.when(answer("SnoozeUpdate", 102, 108)).refusal?.code).toBe("paused");
    expect(state).toMatchObject({ pausedSince: after(2), nextDue: null });
    expect(state.updates).toHaveLength(4);
    expect(history.when(answer("PostDraft", 102, 120)).state).toMatchObject({
      pausedSince: null,
      automaticInRow: 0,
    });
  });

  it("counts from the declaration when nobody has reported anything", () => {
    const { state } = given([declare(), remind(15, 15)]).when(overdue(15, 20));
    expect(lastUpdate(state)).toMatchObject({ automaticSince: declaredAt });
  });
});

describe("a reminder", () => {
  it("that reached the channel only after another had taken its place is deleted", () => {
    const incident = given([
      declare(),
      opened,
      remind(15, 15),
      answer("SnoozeUpdate", 15, 16),
      remind(26, 26),
    ]);
    const late = {
      type: "NoteMessagePosted" as const,
      at: after(27),
      actor: bot,
      incident: 1,
      channel: "C1",
    };
    const old = incident.when({ ...late, slot: `reminder:${after(15)}`, ts: "1.1" });
    expect(keysOf(old.effects)).toEqual([`1:delete:reminder:${after(15)}:${old.state.version}`]);
    expect(incident.when({ ...late, slot: `reminder:${after(26)}`, ts: "1.2" }).effects).toEqual([]);
  });
});

describe("the updates in the incident's channel", () => {
  it("keep their order: the final one never overtakes one that had to be tried again", () => {
    const { effects } = given([declare(), opened, update(1, { currentAction: text("looking") }), resolve(2)]);
    const posts = effects.filter(({ key }) => /^1:post:update:\d:channel$/.test(key));
    expect(posts.map(({ target }) => target)).toEqual(["1:told", "1:told"]);
  });
});
