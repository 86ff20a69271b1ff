import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Outgoing } from "../../src/domain/effect.ts";
import type { Step, Target } from "../../src/domain/escalation/state.ts";
import { webhookFacts } from "../../src/domain/policy/webhook-text.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { after, alice, bob, declare, given, opened, rules, text } from "./given.ts";

const minute = 60_000;
const webhook: Target = { kind: "webhook", name: "pagerduty" };
const user = (name: string): Target => ({ kind: "user", name });
const step = (minutes: number, ...notify: Target[]): Step => ({
  after: minutes * minute,
  notify,
  message: null,
  when: "unacknowledged",
});

const withSteps = (...steps: Step[]): Rules => ({
  ...rules,
  webhooks: { pagerduty: { type: "pagerduty" } },
  escalation: { default: { steps, repeat: 0, repeatEvery: 5 * minute } },
  severities: { ...rules.severities, SEV2: { ...rules.severities.SEV2, escalation: "default" } },
});
const usual = withSteps(step(0, webhook), step(5, user("U3")));

const calls = (effects: readonly Outgoing[]): string[] =>
  effects.filter(({ effect }) => effect.type === "CallWebhook").map(({ key }) => key);

const about = { incident: 1, actor: bot, call: "0.0", webhook: "pagerduty" };
const reached = (minutes: number): Command => ({ type: "NoteWebhookReached", at: after(minutes), ...about });
const missed = (minutes: number, failure = "it does not take the call (HTTP 500)"): Command => ({
  type: "NoteWebhookMissed",
  at: after(minutes),
  ...about,
  failure,
});
const ack = (minutes: number, actor = bob): Command => ({
  type: "Acknowledge",
  at: after(minutes),
  actor,
  incident: 1,
});
const resolve = (minutes: number): Command => ({
  type: "Resolve",
  at: after(minutes),
  actor: alice,
  incident: 1,
  fix: text("x"),
});

const ringOf = (history: ReturnType<typeof given>) => history.state.escalation.calls[0]?.webhooks[0];

describe("a step that names a webhook", () => {
  it("calls it, once a call, whatever becomes of Slack", () => {
    expect(calls(given([declare()], usual).effects)).toEqual(["1:webhook:pagerduty:trigger:0.0"]);
  });

  it("is reached by it without anybody being sought in Slack", () => {
    const history = given([declare(), reached(1)], usual);
    expect(ringOf(history)).toEqual({
      name: "pagerduty",
      delivery: "delivered",
      at: after(1),
      failure: null,
    });
    expect(history.when(reached(2)).events).toEqual([]);
    expect(history.effects.some(({ effect }) => effect.type === "SeekPeople")).toBe(false);
  });

  it("brings the next step at once where the webhook is down, once", () => {
    const history = given([declare(), opened], usual);
    expect(history.when(missed(0.2)).events.map(({ type }) => type)).toEqual([
      "WebhookMissed",
      "PeopleCalled",
    ]);
    expect(history.state.escalation.calls.at(-1)?.people.map((each) => each.user)).toEqual(["U3"]);
    expect(history.when(missed(1)).events).toEqual([]);
  });

  it("brings it at once, too, where the webhook refuses or is not there", () => {
    const refused: Command = {
      type: "NoteEffectRefused",
      at: after(0),
      actor: bot,
      incident: 1,
      key: "1:webhook:pagerduty:trigger:0.0",
      error: "HTTP 400",
      sentence: "Calling the webhook pagerduty was not possible: HTTP 400.",
    };
    const history = given([declare(), opened, refused], usual);
    expect(ringOf(history)).toMatchObject({ delivery: "refused", failure: "it refused the call (HTTP 400)" });
    expect(history.state.escalation.calls).toHaveLength(2);
    const gone = given([declare()], { ...usual, webhooks: {} });
    expect(calls(gone.effects)).toEqual([]);
    expect(gone.state.escalation.calls.map(({ aims }) => aims[0]?.failure)).toEqual([
      "there is no such webhook",
      null,
    ]);
  });

  it("is reached after all: that is kept beside what went wrong before", () => {
    const history = given([declare(), opened, missed(0.2), reached(3)], usual);
    expect(ringOf(history)).toEqual({
      name: "pagerduty",
      delivery: "delivered",
      at: after(3),
      failure: "it does not take the call (HTTP 500)",
    });
    expect(history.state.escalation.calls[0]?.aims[0]?.failure).toBeNull();
  });
});

describe("a webhook that was called", () => {
  it("hears once that somebody has it and once that it is over", () => {
    const history = given([declare(), opened, ack(1), ack(2, alice)], usual);
    expect(calls(history.effects).slice(1)).toEqual([
      expect.stringMatching(/^1:webhook:pagerduty:acknowledge:\d+$/),
    ]);
    expect(calls(history.when(resolve(3)).effects)).toEqual([
      expect.stringMatching(/^1:webhook:pagerduty:resolve:\d+$/),
    ]);
  });

  it("hears that it is over when it was cancelled, too", () => {
    const cancel: Command = {
      type: "Cancel",
      at: after(1),
      actor: bob,
      incident: 1,
      reason: text("false alarm"),
    };
    const { effects } = given([declare(), opened], usual).when(cancel);
    expect(calls(effects).map((key) => key.split(":")[3])).toEqual(["resolve"]);
  });

  it("hears of the first who takes command, as of an acknowledgement", () => {
    const lead: Command = {
      type: "GiveRole",
      at: after(1),
      actor: bob,
      incident: 1,
      role: "commander",
      to: "U2",
    };
    const { effects } = given([declare(), opened], usual).when(lead);
    expect(calls(effects).map((key) => key.split(":")[3])).toEqual(["acknowledge"]);
  });

  it("is not told when nobody has called it", () => {
    const quiet = given([declare(), opened, ack(1), resolve(2)], withSteps(step(5, webhook)));
    expect(calls(quiet.effects)).toEqual([]);
  });

  it("in a drill is none", () => {
    const history = given([declare({ drill: true }), opened, ack(1), resolve(2)], usual);
    expect(calls(history.effects)).toEqual([]);
    expect(history.state.escalation.webhooks).toEqual([]);
  });
});

describe("what a webhook is told", () => {
  const told = {
    act: "trigger" as const,
    key: "k",
    at: after(0),
    names: new Map([["U2", "bob"]]),
    link: "https://x",
  };

  it("is plain text, with people by their names", () => {
    const { state } = given([declare({ title: text("a &amp; b by <@U2>") })], usual);
    const facts = webhookFacts(state, {
      ...told,
      call: { ...state.escalation.calls[0]!, message: "Not resolved" },
    });
    expect(facts).toMatchObject({
      summary: "INC-1 a & b by @bob (SEV2): Not resolved",
      title: "a & b by @bob",
      link: "https://x",
    });
  });

  it("of a private incident is that somebody is needed, and nothing else", () => {
    const { state } = given([declare({ private: true, services: ["checkout"] })], usual);
    const { act, key, at, summary, ...rest } = webhookFacts(state, {
      ...told,
      call: state.escalation.calls[0],
    });
    expect({ act, key, at, summary }).toEqual({
      act: "trigger",
      key: "k",
      at: new Date(after(0)).toISOString(),
      summary: "Sitrep: you are needed, open Slack",
    });
    expect(new Set(Object.values(rest))).toEqual(new Set([""]));
  });
});
