import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command, CommandNamed, KeyEntry } from "../../src/domain/command.ts";
import { mitigatedAt } from "../../src/domain/mitigation/times.ts";
import { runningAction } from "../../src/domain/mitigation/words.ts";
import { draftUpdate } from "../../src/domain/policy/draft.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import type { MitigationOption, MitigationResult } from "../../src/domain/vocab.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const by = (minutes: number) => ({ incident: 1, at: after(minutes), actor: bob });
const record = (minutes: number, more: Partial<CommandNamed<"RecordMitigation">> = {}): Command => ({
  type: "RecordMitigation",
  ...by(minutes),
  mitigation: "m1",
  option: "rollback",
  what: text("payment service to v2.3.1"),
  owner: "U2",
  stage: "started",
  ...more,
});
const start = (minutes: number, mitigation = "m1"): Command => ({
  type: "StartMitigation",
  ...by(minutes),
  mitigation,
});
const finish = (minutes: number, result: MitigationResult, mitigation = "m1"): Command => ({
  type: "FinishMitigation",
  ...by(minutes),
  mitigation,
  result,
});
const prompt = (minutes: number): Command => ({
  type: "PromptMitigation",
  incident: 1,
  at: after(minutes),
  actor: bot,
});
const ask = (minutes: number, mitigation = "m1"): Command => ({
  type: "AskMitigation",
  incident: 1,
  at: after(minutes),
  actor: bot,
  mitigation,
});
const severity = (minutes: number, to: "SEV1" | "SEV2" | "SEV3"): Command => ({
  type: "SetSeverity",
  ...by(minutes),
  severity: to,
});
const update = (minutes: number, action: string): Command => ({
  type: "PublishUpdate",
  ...by(minutes),
  currentAction: text(action),
});
const resolve = (minutes: number): Command => ({ type: "Resolve", ...by(minutes) });
const still = (minutes: number): Command => ({ type: "KeepMitigation", ...by(minutes), mitigation: "m1" });
const resume = (minutes: number): Command => ({
  type: "ResumeMitigation",
  ...by(minutes),
  mitigation: "m1",
});
const types = (events: { type: string }[]) => events.map(({ type }) => type);

/** What the timeline tells, with its times in minutes after the declaration. */
function told(history: Command[]) {
  const events: { recordedAt: number; event: Parameters<typeof keyTimeline>[1][number]["event"] }[] = [];
  const [first, ...rest] = history;
  if (!first) return [];
  const incident = given([first]);
  for (const command of rest)
    for (const event of incident.when(command).events) events.push({ recordedAt: event.at, event });
  return keyTimeline(incident.state, events, []).flatMap((entry) =>
    entry.kind === "told"
      ? [
          [
            (entry.at - declaredAt) / 60_000,
            entry.parts.map((part) => (typeof part === "string" ? part : part.body)).join(""),
          ],
        ]
      : [],
  );
}

describe("a mitigation that is started", () => {
  it("is the current action and moves the status on, with its update of one line", () => {
    const { events, state, answer } = given([declare(), opened]).when(record(5));
    expect(types(events).slice(0, 4)).toEqual([
      "MitigationDecided",
      "MitigationStarted",
      "StatusChanged",
      "UpdatePublished",
    ]);
    expect(state).toMatchObject({
      status: "MITIGATING",
      currentAction: { body: "Rolling back payment service to v2.3.1" },
      nextDue: after(35),
    });
    expect(state.updates.at(-1)).toMatchObject({
      change: { kind: "status", to: "MITIGATING" },
      lines: { currentAction: { body: "Rolling back payment service to v2.3.1" } },
    });
    expect(answer).toMatchObject({ sentence: "Recorded for INC-1: rollback is running." });
  });

  it("leaves a status beyond as it is", () => {
    const monitoring: Command = { type: "SetStatus", ...by(1), status: "MONITORING" };
    const { events, state } = given([declare(), monitoring]).when(record(5));
    expect(types(events)).toEqual(["MitigationDecided", "MitigationStarted"]);
    expect(state.status).toBe("MONITORING");
  });

  it("decided first, is started by its button, once", () => {
    const history = given([declare(), opened, record(5, { stage: "decided" })]);
    expect(history.state).toMatchObject({ status: "INVESTIGATING", currentAction: null });
    const { state, effects } = history.when(start(7));
    expect(state.mitigation.tried[0]).toMatchObject({ decidedAt: after(5), startedAt: after(7) });
    expect(keysOf(effects)).toContain(`1:edit:mitigation:m1:${state.version - 2}`);
    expect(history.when(start(8)).refusal?.sentence).toBe("It was started at 14:43 UTC already.");
  });

  it("earlier than it is recorded keeps its own time; when it was decided is not recorded", () => {
    const { state } = given([declare(), record(9, { startedAt: after(4) })]);
    expect(state.mitigation.tried[0]).toMatchObject({ decidedAt: null, startedAt: after(4) });
    expect(given([declare()]).when(record(9, { startedAt: after(10) })).refusal).toMatchObject({
      code: "in_future",
      field: "startedAt",
    });
  });

  it("keeps no reason against a rollback but of an emergency fix", () => {
    const why = { whyNotRollback: text("the schema changed") };
    const of = (option: MitigationOption) =>
      given([declare(), record(1, { option, ...why })]).state.mitigation.tried[0]?.whyNotRollback;
    expect(of("fix")?.body).toBe("the schema changed");
    expect(of("flag")).toBeNull();
  });

  it.each(["", "  ", "\u200b"])("needs to be named (%j)", (what) => {
    expect(given([declare()]).when(record(1, { what: text(what) })).refusal).toMatchObject({
      code: "no_text",
      field: "what",
    });
  });

  it("recorded twice is recorded once", () => {
    expect(given([declare(), record(1)]).when(record(2)).refusal?.code).toBe("recorded");
  });
});

describe("the current action", () => {
  it("is what a later update says, until something about a mitigation happens again", () => {
    const history = given([declare(), record(1), update(2, "Waiting for the caches")]);
    expect(history.state.currentAction?.body).toBe("Waiting for the caches");
    expect(history.when(finish(3, "worked")).state.currentAction?.body).toBe(
      "Rolled back payment service to v2.3.1 (worked)",
    );
  });

  it("is the other one again that runs still", () => {
    const flag = record(2, { mitigation: "m2", option: "flag", what: text("new-checkout") });
    const { state } = given([declare(), record(1), flag]).when(finish(3, "didNot", "m2"));
    expect(state.currentAction?.body).toBe("Rolling back payment service to v2.3.1");
  });

  it.each([
    ["rollback", "Roll back the last deployment", "Rolling back the last deployment"],
    ["flag", "switch off new-checkout", "Switching off new-checkout"],
    ["routing", "away from eu-1", "Routing traffic: away from eu-1"],
    ["routing", "Route traffic away from eu-1", "Routing traffic away from eu-1"],
    ["degradation", "no recommendations", "Degrading gracefully: no recommendations"],
    ["fix", "retry limit of 2", "Emergency fix: retry limit of 2"],
  ] as const)("of %s says it once: %j", (option, what, action) => {
    expect(runningAction({ id: "m1", option, what: text(what) }).body).toBe(action);
  });

  it("of one that was abandoned before it began stays what it was", () => {
    const history = given([declare(), update(1, "Looking"), record(2, { stage: "decided" })]);
    expect(history.when(finish(3, "abandoned")).state.currentAction?.body).toBe("Looking");
  });
});

describe("a draft", () => {
  const entry = (minutes: number): KeyEntry => ({
    at: after(minutes),
    text: text("marked"),
    from: "message",
  });
  const drafted = (history: Command[], entries: KeyEntry[] = []) => {
    const { lines, sources } = draftUpdate(given(history).state, entries, null);
    return [lines.currentAction?.body, sources.find(({ line }) => line === "currentAction")?.from];
  };

  it("tells the mitigation that runs, whatever was marked since", () => {
    expect(drafted([declare(), record(1)], [entry(3)])).toEqual([
      "Rolling back payment service to v2.3.1",
      "mitigation",
    ]);
  });

  it("tells what was marked after it ended, or after an update said otherwise", () => {
    expect(drafted([declare(), record(1), finish(2, "worked")], [entry(3)])[0]).toBe("marked");
    expect(drafted([declare(), record(1), finish(4, "worked")], [entry(3)])).toEqual([
      "Rolled back payment service to v2.3.1 (worked)",
      "mitigation",
    ]);
    expect(drafted([declare(), record(1), update(2, "Caches")], [entry(3)])[0]).toBe("marked");
  });
});

describe("a result", () => {
  it("that it worked sets the time mitigated: the first one's, unless somebody took another", () => {
    const { state } = given([
      declare(),
      record(1),
      finish(4, "worked"),
      record(5, { mitigation: "m2" }),
      finish(9, "worked", "m2"),
    ]);
    expect(mitigatedAt(state)).toBe(after(4));
    expect(mitigatedAt({ ...state, corrections: { ...state.corrections, mitigated: after(2) } })).toBe(
      after(2),
    );
  });

  it("is given once, and can be corrected; the time mitigated follows", () => {
    const history = given([declare(), record(1), finish(4, "worked")]);
    expect(history.when(finish(5, "worked")).refusal?.sentence).toBe(
      "It is recorded already: worked at 14:40 UTC.",
    );
    expect(mitigatedAt(history.when(finish(5, "didNot")).state)).toBeNull();
    const resumed = history.when(resume(6)).state;
    expect(resumed.currentAction?.body).toBe("Rolling back payment service to v2.3.1");
    expect(resumed.mitigation.tried[0]).toMatchObject({ finishedAt: null, result: null });
    expect(history.when(resume(7)).refusal?.code).toBe("not_finished");
  });

  it("is taken after the end, where nothing can be started", () => {
    const history = given([declare(), record(1), resolve(5)]);
    expect(history.when(start(6)).refusal?.code).toBe("resolved");
    expect(history.when(record(6, { mitigation: "m2" })).refusal?.code).toBe("resolved");
    expect(history.when(record(6, { mitigation: "m3", stage: "worked" })).refusal).toBeUndefined();
    expect(mitigatedAt(history.when(finish(7, "worked")).state)).toBe(after(6));
  });

  it.each([start(1, "m9"), finish(1, "worked", "m9")])("of none that is known is refused", (command) => {
    expect(given([declare()]).when(command).refusal?.code).toBe("no_such_mitigation");
  });
});

describe("the timeline", () => {
  it("has each step at its own time, and what was corrected no more", () => {
    expect(
      told([
        declare(),
        record(5, { stage: "decided", option: "fix", whyNotRollback: text("schema") }),
        start(6),
        finish(8, "worked"),
        finish(9, "didNot"),
        record(12, { mitigation: "m2", startedAt: after(2), owner: null }),
        finish(13, "abandoned", "m2"),
      ]),
    ).toEqual([
      [2, "Mitigation started: Rolling back payment service to v2.3.1"],
      [
        5,
        "Mitigation decided by <@U2>, owner <@U2>: emergency fix, payment service to v2.3.1; no rollback: schema",
      ],
      [6, "Mitigation started: Emergency fix: payment service to v2.3.1 (owner <@U2>)"],
      [9, "Mitigation did not work: emergency fix, payment service to v2.3.1 (said by <@U2>)"],
      [13, "Mitigation abandoned: rollback, payment service to v2.3.1 (said by <@U2>)"],
    ]);
  });

  it("has other decisions, and why a rollback is not possible", () => {
    const decision: Command = { type: "RecordDecision", ...by(3), decision: "d1", text: text("wait") };
    const out: Command = { type: "RuleOutRollback", ...by(4), reason: text("schema") };
    expect(told([declare(), decision, out])).toEqual([
      [3, "Decision by <@U2>: wait"],
      [4, "Rollback not possible, said by <@U2>: schema"],
    ]);
  });
});

describe("a decision", () => {
  const decision = (body: string): Command => ({
    type: "RecordDecision",
    ...by(3),
    decision: "d1",
    text: text(body),
  });

  it("is posted in the channel, once", () => {
    const history = given([declare(), opened]);
    expect(keysOf(history.when(decision("wait")).effects)).toContain("1:post:decision:d1");
    expect(history.when(decision("wait")).refusal?.code).toBe("recorded");
  });

  it("needs words, and may come after the end", () => {
    expect(given([declare()]).when(decision(" ")).refusal?.field).toBe("text");
    expect(given([declare(), resolve(1)]).when(decision("no credits")).refusal).toBeUndefined();
  });
});

describe("where nothing has been started", () => {
  it("people are asked once, that long after the declaration", () => {
    const history = given([declare(), opened]);
    const early = history.when(prompt(0));
    expect(early.events).toMatchObject([{ type: "PromptHeldBack", data: { until: after(15) } }]);
    expect(early.effects).toMatchObject([{ effect: { type: "PromptMitigation" }, dueAt: after(15) }]);
    const due = history.when(prompt(15));
    expect(due.events).toMatchObject([{ type: "MitigationPrompted", data: { to: "U1" } }]);
    expect(keysOf(due.effects)).toContain("1:post:mitigation-prompt");
    expect(history.when(prompt(15)).refusal?.code).toBe("satisfied");
  });

  it("the timer is set at the declaration, and when the severity rises", () => {
    const timers = (effects: ReturnType<typeof given>["effects"]) =>
      effects.filter(({ effect }) => effect.type === "PromptMitigation");
    const history = given([declare({ severity: "SEV3" })]);
    expect(timers(history.effects)).toHaveLength(1);
    expect(history.when(prompt(0)).refusal?.code).toBe("satisfied");
    expect(timers(history.when(severity(20, "SEV2")).effects)).toHaveLength(1);
    expect(types(history.when(prompt(20)).events)).toEqual(["MitigationPrompted"]);
  });

  it("the question waits while people were prompted a moment ago", () => {
    const history = given([declare(), prompt(15), record(16, { mitigation: "m1" })]);
    const { events } = history.when(ask(17));
    expect(events).toMatchObject([{ type: "PromptHeldBack", data: { until: after(20) } }]);
    expect(types(history.when(ask(20)).events)).toEqual(["MitigationAsked"]);
  });

  it.each<[string, Command[], Rules?]>([
    ["one was started", [declare(), record(3)]],
    ["one has worked that nobody started here", [declare(), record(3, { stage: "worked" })]],
    ["a rollback was ruled out", [declare(), { type: "RuleOutRollback", ...by(2), reason: text("x") }]],
    ["it is over", [declare(), resolve(3)]],
    ["it is no SEV1 or SEV2", [declare({ severity: "SEV3" })]],
    ["it is switched off", [declare()], { ...rules, mitigation: { ...rules.mitigation, promptAfter: null } }],
  ])("nobody is asked when %s", (_, history, ruled) => {
    expect(given(history, ruled).when(prompt(15)).refusal?.code).toBe("satisfied");
  });

  it("the reason against a rollback is taken once", () => {
    const out = (minutes: number): Command => ({
      type: "RuleOutRollback",
      ...by(minutes),
      reason: text("x"),
    });
    const history = given([declare(), out(1)]);
    expect(history.when(out(2)).refusal).toMatchObject({ code: "ruled_out", field: "reason" });
  });
});

describe("past the expected time", () => {
  it("the owner is asked once, at the time that was frozen at the start", () => {
    const history = given([declare(), opened, record(2)]);
    expect(history.effects.find(({ effect }) => effect.type === "AskMitigation")?.dueAt).toBe(after(7));
    const asked = history.when(ask(7));
    expect(keysOf(asked.effects)).toContain("1:post:mitigation-check:m1");
    expect(history.when(ask(8)).refusal?.code).toBe("satisfied");
    expect(history.when(still(9)).answer).toMatchObject({
      sentence: "Recorded for INC-1: rollback is still running. Nobody is asked again.",
    });
    expect(history.when(still(10)).refusal?.code).toBe("answered");
  });

  it("the question goes once it is answered, also when it comes late", () => {
    const history = given([declare(), opened, record(2), ask(7)]);
    const posted: Command = {
      type: "NoteMessagePosted",
      incident: 1,
      at: after(7),
      actor: bot,
      slot: "mitigation-check:m1",
      channel: "C1",
      ts: "1.1",
    };
    history.when(posted);
    const { effects, state } = history.when(finish(8, "worked"));
    expect(keysOf(effects)).toContain(`1:delete:mitigation-check:m1:${state.version}`);
    expect(keysOf(history.when({ ...posted, ts: "1.2" }).effects)).toContain(
      `1:delete:mitigation-check:m1:${state.version + 1}`,
    );
  });

  it("nobody is asked about one that has ended, or when that is off", () => {
    expect(given([declare(), record(2), finish(3, "worked")]).when(ask(7)).refusal?.code).toBe("satisfied");
    const expected = { ...rules.mitigation.expected, rollback: null };
    const { effects } = given([declare(), record(2)], {
      ...rules,
      mitigation: { ...rules.mitigation, expected },
    });
    expect(effects.map(({ effect }) => effect.type)).not.toContain("AskMitigation");
  });

  it("of one that is recorded late is counted from then", () => {
    const { effects } = given([declare(), record(20, { startedAt: after(1), actor: alice })]);
    expect(effects.find(({ effect }) => effect.type === "AskMitigation")?.dueAt).toBe(after(25));
  });
});
