import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command, KeyEntry } from "../../src/domain/command.ts";
import { alsoInChannel } from "../../src/domain/place.ts";
import type { Rules } from "../../src/domain/rules.ts";
import type { LiveStatus, Severity } from "../../src/domain/vocab.ts";
import { after, bob, declare, given, keysOf, opened, rules, text } from "./given.ts";

const by = (minutes: number) => ({ incident: 1, at: after(minutes), actor: bob });
const status = (minutes: number, to: LiveStatus): Command => ({
  type: "SetStatus",
  ...by(minutes),
  status: to,
});
const severity = (minutes: number, to: Severity, reason?: string): Command => ({
  type: "SetSeverity",
  ...by(minutes),
  severity: to,
  ...(reason === undefined ? {} : { reason: text(reason) }),
});
const title = (minutes: number, to: string): Command => ({
  type: "SetTitle",
  ...by(minutes),
  title: text(to),
});
const update = (minutes: number, more = {}): Command => ({ type: "PublishUpdate", ...by(minutes), ...more });
const resolve = (minutes: number): Command => ({ type: "Resolve", ...by(minutes) });
const remind = (due: number, keyEntries: KeyEntry[] = []): Command => ({
  type: "RemindUpdate",
  incident: 1,
  at: after(due),
  actor: bot,
  due: after(due),
  keyEntries,
});

describe("a status", () => {
  it("is told as the next update, of one line, which sets the clock anew", () => {
    const { events, state, answer, effects } = given([declare(), opened]).when(status(5, "IDENTIFIED"));
    expect(events.map((event) => event.type)).toEqual([
      "StatusChanged",
      "UpdatePublished",
      "UpdateWarningPlanned",
    ]);
    expect(state.updates.at(-1)).toMatchObject({
      n: 2,
      by: bob,
      final: false,
      automaticSince: null,
      change: { kind: "status", from: "INVESTIGATING", to: "IDENTIFIED" },
      lines: { status: "IDENTIFIED", nextUpdate: after(35) },
    });
    expect(state).toMatchObject({ status: "IDENTIFIED", nextDue: after(35) });
    expect(answer).toMatchObject({ type: "StatusSet", n: 2, nextUpdate: after(35) });
    // The heads-up is planned last.
    const told = state.version - 1;
    expect(keysOf(effects)).toEqual(
      expect.arrayContaining([
        "1:post:update:2:channel",
        "1:post:update:2:thread",
        `1:edit:card:${told}`,
        `1:edit:announcement:${told}`,
        `1:remind:${after(35)}:${told}`,
        expect.stringContaining(`1:WarnUpdateDue:${after(35)}:`),
      ]),
    );
  });

  it("of calm doubles the interval at once", () => {
    expect(given([declare()]).when(status(5, "MONITORING")).state.nextDue).toBe(after(65));
  });

  it("moves freely, back as well", () => {
    const history = given([declare(), status(5, "MONITORING"), status(6, "INVESTIGATING")]);
    expect(history.state.status).toBe("INVESTIGATING");
  });

  it("keeps the lines that it does not tell", () => {
    const { state } = given([
      declare(),
      update(1, { impact: text("15 % fail"), currentAction: text("looking") }),
      status(2, "IDENTIFIED"),
    ]);
    expect(state).toMatchObject({ impact: { body: "15 % fail" }, currentAction: { body: "looking" } });
  });

  it("that stands already is refused", () => {
    expect(given([declare()]).when(status(5, "INVESTIGATING")).refusal?.code).toBe("same_status");
  });

  it("is refused once the incident is resolved", () => {
    expect(given([declare(), resolve(5)]).when(status(6, "MONITORING")).refusal?.sentence).toBe(
      "INC-1 was resolved at 14:41 UTC, so its status stays. If it is back, reopen it with “reopen REASON”.",
    );
  });

  it("retires the live reminder, whose due time it satisfies", () => {
    const history = given([declare(), opened, remind(15)]);
    const { state, effects } = history.when(status(16, "IDENTIFIED"));
    expect(state).toMatchObject({ reminder: null, nextDue: after(46) });
    expect(keysOf(effects)).toContainEqual(expect.stringContaining(`1:delete:reminder:${after(15)}:`));
    const overdue: Command = { ...remind(15), type: "PostOverdueUpdate", at: after(20) } as Command;
    expect(history.when(overdue).refusal?.code).toBe("satisfied");
  });

  it("ends a pause of automatic updates", () => {
    const paused = given([declare(), opened, remind(15)], {
      ...rules,
      updates: { ...rules.updates, maxAutomatic: 0 },
    });
    paused.when({ ...remind(15), type: "PostOverdueUpdate", at: after(20) } as Command);
    expect(paused.state.pausedSince).not.toBeNull();
    expect(paused.when(status(25, "IDENTIFIED")).state).toMatchObject({
      pausedSince: null,
      nextDue: after(55),
    });
  });
});

describe("a draft after a change", () => {
  const entry: KeyEntry = { at: after(3), text: text("rolling back"), from: "log entry" };

  it("still quotes what was marked before, since one line told nothing of it", () => {
    const { state } = given([
      declare(),
      opened,
      update(1, { currentAction: text("looking") }),
      status(5, "MITIGATING"),
      remind(35, [entry]),
    ]);
    expect(state.reminder?.draft.lines.currentAction?.body).toBe("rolling back");
  });

  it("cites the update that said the lines", () => {
    const { state } = given([
      declare(),
      opened,
      update(4, { impact: text("15 % fail"), currentAction: text("looking") }),
      status(5, "MITIGATING"),
      remind(35, [entry]),
    ]);
    expect(state.reminder?.draft.sources).toEqual([
      { line: "impact", from: "update 2", at: after(4) },
      { line: "currentAction", from: "update 2", at: after(4) },
    ]);
  });
});

describe("raising the severity", () => {
  it("is immediate and needs no reason", () => {
    const { events, state, answer } = given([declare()]).when(severity(2, "SEV1"));
    expect(events.map((event) => event.type)).toEqual(["SeverityChanged", "UpdatePublished"]);
    expect(state).toMatchObject({ severity: "SEV1", provisional: false });
    expect(answer).toMatchObject({ type: "SeveritySet", severity: "SEV1", n: 2, nextUpdate: after(12) });
  });

  it.each([
    ["the promise, where that is earlier", [update(2, { nextUpdate: after(9) })], 5, 9],
    ["a new first interval, where that is earlier", [update(2)], 5, 15],
    ["a new first interval, where the promise is overdue", [remind(15)], 16, 26],
  ])("promises %s", (_, more, at, due) => {
    const { state } = given([declare(), opened, ...more]).when(severity(at, "SEV1"));
    expect(state.nextDue).toBe(after(due));
    expect(state.reminder).toBeNull();
  });

  it("starts a clock where none ran", () => {
    expect(given([declare({ severity: "SEV4" })]).when(severity(5, "SEV2")).state.nextDue).toBe(after(20));
  });

  it("promises the usual interval where no first one is configured", () => {
    const ruled: Rules = {
      ...rules,
      severities: { ...rules.severities, SEV2: { ...rules.severities.SEV2, firstUpdate: null } },
    };
    expect(given([declare({ severity: "SEV4" })], ruled).when(severity(5, "SEV2")).state.nextDue).toBe(
      after(35),
    );
  });

  it("is shown in the announcements channel as well, to SEV1 and SEV2", () => {
    const raised = (from: Severity, to: Severity) =>
      alsoInChannel(
        given([declare({ severity: from }), update(1), severity(2, to, "why")]).state,
        "update:3:thread",
      );
    expect(raised("SEV3", "SEV2")).toBe(true);
    expect(raised("SEV2", "SEV1")).toBe(true);
    expect(raised("SEV4", "SEV3")).toBe(false);
    expect(raised("SEV1", "SEV2")).toBe(false);
    const { state } = given([declare(), update(1), status(2, "IDENTIFIED")]);
    expect(alsoInChannel(state, "update:3:thread")).toBe(false);
  });
});

describe("lowering the severity", () => {
  it.each([undefined, "  "])("that somebody gave is refused without a reason (%j)", (reason) => {
    expect(given([declare()]).when(severity(2, "SEV3", reason)).refusal).toEqual({
      code: "no_reason",
      sentence: "Somebody made INC-1 SEV2; lowering it to SEV3 asks for a reason.",
      field: "reason",
    });
  });

  it("with a reason tells it, at the pace of the new one", () => {
    const { state } = given([declare()]).when(severity(2, "SEV3", "one region"));
    expect(state).toMatchObject({ severity: "SEV3", nextDue: after(62) });
    expect(state.updates.at(-1)?.change).toMatchObject({
      from: "SEV2",
      to: "SEV3",
      reason: { body: "one region" },
    });
  });

  it("to one without a clock promises none", () => {
    expect(given([declare()]).when(severity(2, "SEV4", "one customer")).state.nextDue).toBeNull();
  });

  it("needs no reason while nobody has given one", () => {
    const { state } = given([declare({ severity: null })]).when(severity(2, "SEV4"));
    expect(state).toMatchObject({ severity: "SEV4", provisional: false });
  });

  it("needs one as soon as somebody has", () => {
    const history = given([declare({ severity: null }), severity(2, "SEV2")]);
    expect(history.when(severity(3, "SEV3")).refusal?.field).toBe("reason");
  });
});

describe("the same severity again", () => {
  it("confirms a provisional one, and promises nothing later than before", () => {
    const { events, state } = given([declare({ severity: null })]).when(severity(2, "SEV2"));
    expect(events[0]?.data).toMatchObject({ from: "SEV2", to: "SEV2", wasProvisional: true });
    expect(state).toMatchObject({ severity: "SEV2", provisional: false, nextDue: after(15) });
    expect(state.updates).toHaveLength(2);
  });

  it("is refused when it was given", () => {
    expect(given([declare()]).when(severity(2, "SEV2", "still")).refusal?.sentence).toBe(
      "INC-1 is SEV2 already.",
    );
  });

  it("is refused, as any other, once the incident is resolved", () => {
    expect(given([declare(), resolve(5)]).when(severity(6, "SEV1")).refusal?.sentence).toBe(
      "INC-1 was resolved at 14:41 UTC, as SEV2, which stays. If it is back, reopen it with “reopen REASON”.",
    );
  });
});

describe("a title", () => {
  it("is told in the channel and shown wherever the incident is", () => {
    const { state, events, effects } = given([declare(), opened]).when(title(2, "card payments fail"));
    expect(events).toMatchObject([
      { type: "TitleChanged", data: { from: { body: "checkout 500s" }, to: { body: "card payments fail" } } },
    ]);
    expect(state).toMatchObject({
      title: { body: "card payments fail" },
      channelName: "inc-1-checkout-500s",
    });
    expect(keysOf(effects)).toEqual([
      "person:U2",
      `1:post:title:${state.version}`,
      `1:edit:card:${state.version}`,
      `1:edit:announcement:${state.version}`,
    ]);
  });

  it("is no update, and moves no clock", () => {
    const { state } = given([declare(), opened]).when(title(2, "card payments fail"));
    expect(state).toMatchObject({ nextDue: after(15), updates: [{ n: 1 }] });
  });

  it("given before the channel was there is told once it is", () => {
    const { effects, state } = given([declare(), title(0, "card payments fail")]).when(opened);
    expect(keysOf(effects)).toContain(`1:post:title:${state.renames[0]?.version}`);
  });

  it("may come after the end, for the post-mortem", () => {
    expect(given([declare(), resolve(5)]).when(title(9, "payments")).state.title.body).toBe("payments");
  });

  it.each([
    [" ", "no_title"],
    ["checkout 500s ", "same_title"],
  ])("%j is refused, naming the field", (to, code) => {
    expect(given([declare()]).when(title(2, to)).refusal).toMatchObject({ code, field: "title" });
  });
});

describe("the final update", () => {
  it("comes after changes with its number and the last severity", () => {
    const { state } = given([declare(), opened, severity(2, "SEV1"), status(3, "MONITORING"), resolve(9)]);
    expect(state.updates.map(({ n, final }) => [n, final])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(state.updates.at(-1)?.change).toBeUndefined();
    expect(state).toMatchObject({ severity: "SEV1", nextDue: null, status: "RESOLVED" });
  });
});
