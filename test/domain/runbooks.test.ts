import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Runbook, Rules } from "../../src/domain/rules.ts";
import type { RunbookBlock } from "../../src/domain/runbooks/document.ts";
import { layOut, partOfStep } from "../../src/domain/runbooks/layout.ts";
import { fitOf, runbookNamed } from "../../src/domain/runbooks/matching.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import { maxTotalBlockText, totalBlockText, validateMessage } from "../../src/workspace/block-kit/message.ts";
import { after, alice, bob, declare, given, keysOf, opened, rules } from "./given.ts";

const step = (id: string, text = `step ${id}`): RunbookBlock => ({
  kind: "step",
  id,
  depth: 0,
  spans: [{ text }],
});
const runbook = (name: string, more: Partial<Runbook> = {}): Runbook => ({
  name,
  services: [],
  alerts: [],
  severities: [],
  escalation: null,
  sections: [{ heading: "Immediate Actions", blocks: [step("1"), step("2")] }],
  ...more,
});
const ruled = (...runbooks: Runbook[]): Rules => ({ ...rules, runbooks });

const by = (minutes: number) => ({ incident: 1, at: after(minutes), actor: bob });
const post = (minutes: number, name: string, more = {}): Command => ({
  type: "PostRunbook",
  ...by(minutes),
  runbook: "r1",
  name,
  ...more,
});
const tick = (minutes: number, at = "1", actor = bob): Command => ({
  type: "TickStep",
  ...by(minutes),
  actor,
  runbook: "r1",
  step: at,
});
const untick = (minutes: number, at = "1"): Command => ({
  type: "UntickStep",
  ...by(minutes),
  runbook: "r1",
  step: at,
});
const offer = (minutes: number): Command => ({
  type: "OfferRunbooks",
  incident: 1,
  at: after(minutes),
  actor: bot,
});

describe("a runbook fits", () => {
  const incident = { services: ["Checkout"], severity: "SEV2" as const };

  it.each<[Partial<Runbook>, string | null]>([
    [{}, null],
    [{ services: ["checkout"] }, "checkout"],
    [{ services: ["search"] }, null],
    [{ severities: ["SEV1", "SEV2"] }, "SEV2"],
    [{ severities: ["SEV1"] }, null],
    [{ services: ["search", "checkout"], severities: ["SEV2"] }, "checkout, SEV2"],
    [{ services: ["checkout"], severities: ["SEV1"] }, null],
  ])("%j: %s", (more, fit) => {
    expect(fitOf(runbook("x", more), incident)).toBe(fit);
  });
});

describe("a runbook's name", () => {
  const all = [runbook("High Error Rate"), runbook("High Latency"), runbook("DB-Failover")];

  it.each([
    ["high error rate", "High Error Rate"],
    ["HIGH-ERROR-RATE", "High Error Rate"],
    ["latency", "High Latency"],
    ["db failover", "DB-Failover"],
    ["high", undefined],
    ["hgih latency", undefined],
    ["?", undefined],
  ])("%j is %s", (asked, name) => {
    expect(runbookNamed(all, asked)?.name).toBe(name);
  });
});

describe("runbooks that fit", () => {
  const fitting = ruled(runbook("all", { severities: ["SEV1"] }), runbook("co", { services: ["checkout"] }));

  it("are looked for when the channel is there, and when the severity changes", () => {
    const timers = (effects: ReturnType<typeof given>["effects"]) =>
      effects.filter(({ effect }) => effect.type === "OfferRunbooks");
    const history = given([declare()], fitting);
    expect(timers(history.effects)).toEqual([]);
    expect(timers(history.when(opened).effects)).toHaveLength(1);
    const raise: Command = { type: "SetSeverity", ...by(1), severity: "SEV1" };
    expect(timers(history.when(raise).effects)).toHaveLength(1);
  });

  it("are offered once each, and not when posted already", () => {
    const history = given([declare({ severity: "SEV1", services: ["checkout"] }), opened], fitting);
    history.when(post(1, "co"));
    const { events, effects } = history.when(offer(2));
    expect(events).toMatchObject([{ type: "RunbooksOffered", data: { names: ["all"] } }]);
    expect(keysOf(effects)).toContain("1:post:runbook-offer:0");
    expect(history.when(offer(3)).refusal?.code).toBe("satisfied");
  });

  it("are not offered after the end", () => {
    const history = given([declare({ severity: "SEV1" }), opened, { type: "Resolve", ...by(1) }], fitting);
    expect(history.when(offer(2)).refusal?.code).toBe("satisfied");
  });
});

describe("a posted runbook", () => {
  const one = ruled(runbook("High Error Rate"));

  it("keeps its wording whatever the configuration says later", () => {
    const { state } = given([declare(), opened, post(1, "High Error Rate")], one);
    expect(state.runbooks.posted[0]?.sections).toEqual(one.runbooks[0]?.sections);
  });

  it("is posted once, again only when asked for, and never twice under one id", () => {
    const history = given([declare(), opened, post(1, "High Error Rate")], one);
    expect(history.when(post(2, "High Error Rate", { runbook: "r2" })).refusal?.sentence).toBe(
      "The runbook High Error Rate stands in the channel of INC-1 already, since 14:37 UTC.",
    );
    expect(history.when(post(2, "High Error Rate", { runbook: "r2", again: true })).refusal).toBeUndefined();
    expect(history.when(post(2, "High Error Rate", { runbook: "r2", again: true })).refusal?.code).toBe(
      "posted",
    );
    expect(history.when(post(3, "gone")).refusal?.code).toBe("no_such_runbook");
  });

  it("has each step done once; the second is told by whom, and it can be taken back and done anew", () => {
    const history = given([declare(), opened, post(1, "High Error Rate"), tick(4)], one);
    expect(history.when(tick(5, "1", alice)).refusal?.sentence).toBe(
      "That step was done by <@U2> at 14:40 UTC already.",
    );
    expect(history.when(untick(6)).refusal).toBeUndefined();
    expect(history.when(untick(7)).refusal?.code).toBe("not_done");
    expect(history.when(tick(8, "1", alice)).state.runbooks.posted[0]?.done).toEqual({
      1: { by: alice, at: after(8) },
    });
    expect(history.when(tick(9, "7")).refusal?.code).toBe("no_such_step");
  });

  it("has on the timeline what is done, and not what was taken back", () => {
    const history = given([declare(), opened, post(1, "High Error Rate")], one);
    const events = [tick(4), untick(5), tick(6, "2")].flatMap((command) =>
      history.when(command).events.map((event) => ({ recordedAt: event.at, event })),
    );
    expect(keyTimeline(history.state, events, [])).toMatchObject([
      { at: after(6), parts: ["Runbook High Error Rate: step 2 (done by <@U2>)"] },
    ]);
  });

  it("edits the one message that a step stands in, and brings the next when one is posted", () => {
    const many = Array.from({ length: 100 }, (_, index) => step(String(index + 1)));
    const long = ruled(runbook("Long", { sections: [{ heading: "Immediate Actions", blocks: many }] }));
    const history = given([declare(), opened, post(1, "Long")], long);
    expect(keysOf(history.effects)).toContain("1:post:runbook:r1:0");
    const noted: Command = {
      type: "NoteMessagePosted",
      incident: 1,
      at: after(1),
      actor: bot,
      slot: "runbook:r1:0",
      channel: "C1",
      ts: "1.1",
    };
    const next = history.when(noted);
    expect(keysOf(next.effects)).toEqual([`1:post:runbook:r1:1:${next.state.version}`]);
    const done = history.when(tick(2, "45"));
    expect(keysOf(done.effects)).toContain(`1:edit:runbook:r1:1:${done.state.version}`);
  });
});

describe("the layout", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 4000 });
  const block = fc.oneof(
    words.map((text) => ({ kind: "text" as const, spans: [{ text }] })),
    words.map((code) => ({ kind: "code" as const, code })),
    words.map((text) => ({
      kind: "item" as const,
      depth: 1,
      mark: "•",
      spans: [{ text, style: "bold" as const }],
    })),
    words.map((text) => ({
      kind: "step" as const,
      id: "",
      depth: 0,
      spans: [{ text, url: "https://x.example" }],
    })),
  );
  const sections = fc.array(fc.record({ heading: fc.string({ maxLength: 200 }), blocks: fc.array(block) }), {
    maxLength: 8,
  });

  it("loses no block, keeps the order, and every message is one that Slack takes, done or not", () => {
    fc.assert(
      fc.property(sections, fc.boolean(), (drawn, isDone) => {
        let count = 0;
        const all = drawn.map(({ heading, blocks }) => ({
          heading,
          blocks: blocks.map((each) => (each.kind === "step" ? { ...each, id: String(++count) } : each)),
        }));
        expect(layOut(all).flatMap((part) => part.flatMap(({ blocks }) => blocks))).toEqual(
          all.flatMap(({ blocks }) => blocks),
        );
        const history = given([declare(), opened, post(1, "x")], ruled(runbook("x", { sections: all })));
        if (isDone) for (let id = 1; id <= count; id++) history.when(tick(2, String(id)));
        const model = {
          rules,
          now: after(3),
          names: new Map([["U2", "bob"]]),
          teamUrl: "https://x.example/",
        };
        layOut(all).forEach((_, part) => {
          const message = renderSlot(`runbook:r1:${part}`, { ...model, incident: history.state });
          if (!message) throw new Error("it is not wanted");
          expect(validateMessage(message)).toEqual([]);
          expect(totalBlockText(message.blocks)).toBeLessThan(maxTotalBlockText);
        });
        for (let id = 1; id <= count; id++) expect(partOfStep(all, String(id))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  it("puts no heading alone at the end of a message", () => {
    const steps = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => step(String(from + index)));
    const parts = layOut([
      { heading: "A", blocks: steps(0, 39) },
      { heading: "B", blocks: steps(39, 45) },
    ]);
    expect(parts.map((part) => part.map(({ heading }) => heading))).toEqual([["A"], ["B"]]);
  });
});
