import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { renderAudienceLines } from "../../src/domain/policy/audience-text.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { after, alice, bob, declare, given, keysOf, opened, rules, text } from "./given.ts";

const ruled: Rules = {
  ...rules,
  audiences: {
    support: {
      channel: "support",
      severities: ["SEV1", "SEV2"],
      template: "Status: {status}\nImpact: {impact}",
    },
    management: { channel: "leadership", severities: ["SEV1"], template: "{incident}: {business}" },
  },
};
const lead: Command = {
  type: "GiveRole",
  at: after(1),
  actor: bob,
  incident: 1,
  role: "commander",
  to: "U2",
};
const publish = (minutes: number, more: object = {}): Command => ({
  type: "PublishUpdate",
  at: after(minutes),
  actor: alice,
  incident: 1,
  ...more,
});
const remind = (due: number, minutes = due): Command => ({
  type: "RemindUpdate",
  at: after(minutes),
  actor: { kind: "bot" },
  incident: 1,
  due: after(due),
  keyEntries: [],
});
const overdue = (due: number, minutes: number): Command =>
  ({ ...remind(due, minutes), type: "PostOverdueUpdate" }) as Command;
const warn = (due: number, minutes: number): Command => ({
  type: "WarnUpdateDue",
  at: after(minutes),
  actor: { kind: "bot" },
  incident: 1,
  due: after(due),
});

describe("an update", () => {
  it("goes to the audiences that are on for its severity, with what their template gives", () => {
    const { events, effects } = given([declare(), opened], ruled).when(publish(2, { impact: text("15 %") }));
    expect(events.filter(({ type }) => type === "AudienceTold")).toMatchObject([
      { data: { n: 2, audience: "support", channel: "support", edited: null } },
    ]);
    expect(keysOf(effects)).toContain("1:post:in:support:audience:support:2");
  });

  it("that ends or takes up the incident goes to whoever was told before, whatever its severity now", () => {
    const by = (minutes: number) => ({ at: after(minutes), actor: alice, incident: 1 });
    const lowered: Command = { type: "SetSeverity", ...by(3), severity: "SEV4", reason: text("one region") };
    const ends: Command[] = [
      { type: "Resolve", ...by(5) },
      { type: "Cancel", ...by(5), reason: text("a test") },
    ];
    const toldBy = (story: Command[], last: Command) =>
      given([declare(), opened, ...story], ruled)
        .when(last)
        .events.flatMap((event) => (event.type === "AudienceTold" ? [event.data.audience] : []));
    for (const end of ends) {
      expect(toldBy([publish(2), lowered], end)).toEqual(["support"]);
      expect(toldBy([publish(2), end], { type: "Reopen", ...by(6), reason: text("it is back") })).toEqual([
        "support",
      ]);
      expect(toldBy([lowered], end)).toEqual([]);
    }
  });

  it("goes with the words that somebody wrote, or not at all", () => {
    const edited = { support: text("We are on it"), management: null };
    const told = given([declare({ severity: "SEV1" }), opened], ruled).when(
      publish(2, { audiences: edited }),
    );
    expect(told.events.filter(({ type }) => type === "AudienceTold")).toMatchObject([
      { data: { audience: "support", edited: { body: "We are on it" } } },
    ]);
  });

  it.each([
    ["private", { private: true }],
    ["drill", { drill: true }],
  ])("of a %s incident goes to none", (_, marks) => {
    const { events } = given([declare(marks), opened], ruled).when(publish(2));
    expect(events.map(({ type }) => type)).not.toContain("AudienceTold");
  });

  it("that Sitrep posts, or of one line, goes to none", () => {
    const steps = given([declare(), opened, remind(15)], ruled);
    expect(steps.when(overdue(15, 20)).events.map(({ type }) => type)).not.toContain("AudienceTold");
    const change: Command = {
      type: "SetStatus",
      at: after(21),
      actor: alice,
      incident: 1,
      status: "IDENTIFIED",
    };
    expect(steps.when(change).events.map(({ type }) => type)).not.toContain("AudienceTold");
  });

  it("cannot smuggle a variable into a template", () => {
    const { state } = given([declare({ title: text("{status} {impact}") }), opened], ruled);
    const lines = { ...state.updates[0]!.lines, impact: text("{currentAction}") };
    expect(renderAudienceLines(state, lines, "{title} | {impact}", "UTC", after(0))).toEqual([
      "{status} {impact} | {currentAction}",
    ]);
  });
});

describe("a heads-up", () => {
  it("is planned before a due time that is a quarter of an hour away or more", () => {
    const { effects } = given([declare(), opened]);
    expect(effects.find(({ effect }) => effect.type === "WarnUpdateDue")).toMatchObject({ dueAt: after(10) });
    const short = given([declare({ severity: "SEV1" }), opened]);
    expect(short.effects.some(({ effect }) => effect.type === "WarnUpdateDue")).toBe(false);
  });

  it("goes to whoever leads, once", () => {
    const steps = given([declare(), opened, lead]);
    expect(keysOf(steps.when(warn(15, 10)).effects)).toEqual([`1:post:dm:U2:headsup:${after(15)}`]);
    expect(steps.when(warn(15, 11)).refusal?.code).toBe("satisfied");
  });

  it.each([
    ["when nobody leads", [declare(), opened], warn(15, 10)],
    ["late", [declare(), opened, lead], warn(15, 15)],
    ["once something was posted", [declare(), opened, lead, publish(5)], warn(15, 10)],
    [
      "after the end",
      [declare(), opened, lead, { type: "Resolve", at: after(5), actor: alice, incident: 1 }],
      warn(15, 10),
    ],
  ] as [string, Command[], Command][])("does not come %s", (_, before, command) => {
    expect(given(before).when(command).refusal?.code).toBe("satisfied");
  });
});

describe("a second miss in a row", () => {
  const missedOnce = [declare(), opened, lead, remind(15), overdue(15, 20), remind(50)];

  it("is told to the commander, then the next step is called", () => {
    const steps = given(missedOnce);
    const { events, effects } = steps.when(overdue(50, 55));
    expect(events.find(({ type }) => type === "UpdateMissedAgain")).toMatchObject({ data: { to: "U2" } });
    expect(keysOf(effects)).toContain(`1:post:dm:U2:missed:${after(50)}`);
    const escalate: Command = {
      type: "EscalateMissedUpdate",
      at: after(60),
      actor: { kind: "bot" },
      incident: 1,
      due: after(50),
    };
    expect(steps.when(escalate).events.map(({ type }) => type)).toContain("MissedUpdateEscalated");
  });

  it("is forgiven once somebody has posted", () => {
    const steps = given([...missedOnce, overdue(50, 55), publish(57)]);
    const escalate: Command = {
      type: "EscalateMissedUpdate",
      at: after(60),
      actor: { kind: "bot" },
      incident: 1,
      due: after(50),
    };
    expect(steps.when(escalate).refusal?.code).toBe("satisfied");
  });
});

describe("where nothing is heard any more", () => {
  const paused = [
    declare(),
    opened,
    remind(15),
    overdue(15, 20),
    remind(50),
    overdue(50, 55),
    remind(85),
    overdue(85, 90),
  ];
  const ask = (minutes: number): Command => ({
    type: "AskStillOpen",
    at: after(minutes),
    actor: { kind: "bot" },
    incident: 1,
    since: after(0),
  });
  const day = 24 * 60;

  it("asks daily whether the incident is still open", () => {
    const steps = given(paused);
    expect(steps.effects.find(({ effect }) => effect.type === "AskStillOpen")).toMatchObject({
      dueAt: after(90 + day),
    });
    const { events, effects } = steps.when(ask(90 + day));
    expect(events.map(({ type }) => type)).toEqual(["StillOpenAsked"]);
    expect(effects.find(({ effect }) => effect.type === "AskStillOpen")).toMatchObject({
      dueAt: after(90 + 2 * day),
    });
  });

  it("asks no more once an update was posted", () => {
    expect(given([...paused, publish(100)]).when(ask(90 + day)).refusal?.code).toBe("satisfied");
  });

  it("a SEV3 that was only reminded of is asked as well, in working hours", () => {
    // 2024-02-16 is a Friday; a day later nobody works.
    const steps = given([declare({ severity: "SEV3" }), opened, remind(30), ask(30 + day)]);
    const { events } = steps.when(ask(30 + 2 * day));
    expect(events).toMatchObject([{ type: "PromptHeldBack", data: { until: Date.UTC(2024, 1, 19, 9) } }]);
  });
});

it("nudges of SEV3 and SEV4 wait for working hours, those of SEV2 do not", () => {
  const night = Date.UTC(2024, 1, 15, 22);
  const at = (command: Command, time: number): Command => ({ ...command, at: time });
  const due = night + 30 * 60_000;
  const late: Command = { ...remind(0), at: due, due } as Command;
  const sev3 = given([at(declare({ severity: "SEV3" }), night), opened]);
  expect(sev3.when(late).events).toMatchObject([
    { type: "PromptHeldBack", data: { until: Date.UTC(2024, 1, 16, 9) } },
  ]);
  const sev2 = given([at(declare({ severity: "SEV2" }), night), opened]);
  expect(
    sev2.when({ ...late, due: night + 15 * 60_000 } as Command).events.map(({ type }) => type),
  ).toContain("UpdateReminded");
});
