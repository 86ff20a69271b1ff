import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Answered } from "../../src/domain/assessment/commands.ts";
import { isAssessed, notAssessed } from "../../src/domain/assessment/state.ts";
import type { Command } from "../../src/domain/command.ts";
import { decide } from "../../src/domain/decide.ts";
import { keyTimeline } from "../../src/domain/timeline.ts";
import { impactAssessedAt, knownDataLoss } from "../../src/domain/policy/impact.ts";
import { type Answers, proposeSeverity } from "../../src/domain/policy/propose-severity.ts";
import { defaultTable } from "../../src/domain/policy/severity-table.ts";
import { nextPromise } from "../../src/domain/policy/update-clock.ts";
import {
  businessImpacts,
  type BusinessImpact,
  scopes,
  type Scope,
  severities,
  trends,
  type Trend,
  userImpacts,
  type UserImpact,
} from "../../src/domain/vocab.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { after, alice, bob, declare, given, keysOf, opened, rules, text } from "./given.ts";

const answer = (minutes: number, answers: Answered, more: Partial<Command> = {}): Command =>
  ({
    type: "AnswerAssessment",
    incident: 1,
    at: after(minutes),
    actor: bob,
    answers,
    inForm: false,
    ...more,
  }) as Command;
const accept = (minutes: number, severity: (typeof severities)[number]): Command => ({
  type: "AcceptSeverity",
  incident: 1,
  at: after(minutes),
  actor: bob,
  severity,
  reason: `reason${minutes}`,
});
const askAgain = (minutes: number): Command => ({
  type: "AskAssessmentAgain",
  incident: 1,
  at: after(minutes),
  actor: bot,
});
const remind = (due: number): Command => ({
  type: "RemindUpdate",
  incident: 1,
  at: after(due),
  actor: bot,
  due: after(due),
  keyEntries: [],
});
const update = (minutes: number, more = {}): Command => ({
  type: "PublishUpdate",
  incident: 1,
  at: after(minutes),
  actor: bob,
  ...more,
});

/** The demo's: many users, revenue loss, one service, stable. */
const whole: Answered = {
  userImpact: { answer: "many" },
  businessImpact: { answers: ["revenue"] },
  scope: { answer: "service" },
  trend: { answer: "stable" },
};

interface Said {
  users: UserImpact | null;
  business: BusinessImpact[] | null;
  scope: Scope | null;
  trend: Trend | null;
}
const by = { at: 0, by: alice };
const answersOf = ({ users, business, scope, trend }: Said): Answers => ({
  ...notAssessed,
  userImpact: users && { answer: users, users: null, said: null, ...by },
  businessImpact: business && { answers: business, amount: null, said: null, ...by },
  scope: scope && { answer: scope, ...by },
  trend: trend && { answer: trend, since: null, ...by },
});
const proposed = (said: Partial<Said>) =>
  proposeSeverity(
    defaultTable,
    answersOf({ users: null, business: null, scope: null, trend: null, ...said }),
  );

describe("the severity that answers propose", () => {
  it.each<[string, Partial<Said>]>([
    ["SEV1", { business: ["dataLoss"] }],
    ["SEV1", { users: "none", business: ["degraded", "security"] }],
    ["SEV1", { users: "most" }],
    ["SEV1", { users: "many", scope: "system" }],
    ["SEV1", { users: "many", trend: "worsening" }],
    ["SEV2", { users: "many" }],
    ["SEV2", { users: "some", scope: "services" }],
    ["SEV2", { users: "unknown", scope: "system", trend: "worsening" }],
    ["SEV2", { users: "some", business: ["revenue"] }],
    ["SEV2", { users: "unknown", business: ["sla"] }],
    ["SEV3", { users: "some", scope: "service", business: ["degraded"] }],
    ["SEV3", { users: "few" }],
    ["SEV3", { users: "none", business: ["degraded"] }],
    ["SEV3", { users: "none", business: ["revenue"] }],
    ["SEV3", { users: "none", scope: "services" }],
    ["SEV4", { users: "none", business: [], scope: "service", trend: "worsening" }],
    ["SEV4", {}],
  ])("is %s for %j", (severity, said) => {
    expect(proposed(said)?.severity).toBe(severity);
  });

  it("comes with the answers it follows from", () => {
    expect(proposed({ users: "many", scope: "service", trend: "stable" })?.reason).toBe(
      "many users, one service (contained), stable",
    );
    expect(proposed({ users: "unknown", business: ["revenue", "sla"], scope: "system" })?.reason).toBe(
      "an unknown share of users, revenue loss, SLA breach, entire system",
    );
  });

  it("is none where the table has no row for the answers", () => {
    expect(
      proposeSeverity(
        [{ severity: "SEV1", when: { users: "most" } }],
        answersOf({ users: "few", business: null, scope: null, trend: null }),
      ),
    ).toBeNull();
  });

  const said = fc.record({
    users: fc.option(fc.constantFrom(...userImpacts)),
    business: fc.option(fc.subarray([...businessImpacts])),
    scope: fc.option(fc.constantFrom(...scopes)),
    trend: fc.option(fc.constantFrom(...trends)),
  });
  const usersFromLeast: (UserImpact | null)[][] = [
    [null, "none"],
    ["few"],
    ["some", "unknown"],
    ["many"],
    ["most"],
  ];
  const rank = <Answer>(order: readonly (readonly Answer[])[], one: Answer) =>
    order.findIndex((level) => level.includes(one));
  const table = fc
    .array(
      fc.record({
        severity: fc.constantFrom(...severities),
        when: fc.record(
          {
            users: fc.constantFrom(...userImpacts),
            business: fc.subarray([...businessImpacts], { minLength: 1 }),
            scope: fc.constantFrom(...scopes),
            trend: fc.constantFrom(...trends),
          },
          { requiredKeys: [] },
        ),
      }),
      { maxLength: 6 },
    )
    .map((rows) => rows.toSorted((one, other) => (one.severity < other.severity ? -1 : 1)));
  const weight = (severity: string | undefined) =>
    severity === undefined ? severities.length : severities.indexOf(severity as "SEV1");

  it("is never lowered by a worse answer to any question, whatever the table from worst to mildest says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(defaultTable), table), said, said, (rows, one, other) => {
        // Of each question the worse answer of the two.
        const worse: Said = {
          users:
            rank(usersFromLeast, one.users) >= rank(usersFromLeast, other.users) ? one.users : other.users,
          business: [...new Set([...(one.business ?? []), ...(other.business ?? [])])],
          scope: scopes.findLast((each) => each === one.scope || each === other.scope) ?? null,
          trend: trends.find((each) => each === one.trend || each === other.trend) ?? null,
        };
        const before = weight(proposeSeverity(rows, answersOf(one))?.severity);
        expect(weight(proposeSeverity(rows, answersOf(worse))?.severity)).toBeLessThanOrEqual(before);
      }),
    );
  });

  it("weighs unknown as some, and what is not answered as the least", () => {
    fc.assert(
      fc.property(said, (one) => {
        const severity = (more: Partial<Said>) => proposed({ ...one, ...more })?.severity;
        expect(severity({ users: "unknown" })).toBe(severity({ users: "some" }));
        expect(severity({ users: null })).toBe(severity({ users: "none" }));
        expect(severity({ business: null })).toBe(severity({ business: [] }));
        expect(severity({ scope: null })).toBe(severity({ scope: "feature" }));
        expect(severity({ trend: null })).toBe(severity({ trend: "improving" }));
      }),
    );
  });
});

describe("an answer", () => {
  it("is kept with who gave it, and the others stay open", () => {
    const { state, effects } = given([declare(), opened]).when(answer(1, { trend: { answer: "stable" } }));
    expect(state.assessment).toMatchObject({
      userImpact: null,
      trend: { answer: "stable", since: null, at: after(1), by: bob },
    });
    expect(isAssessed(state)).toBe(false);
    expect(keysOf(effects)).toEqual([
      "person:U2",
      `1:edit:assessment:${state.version}`,
      `1:edit:card:${state.version}`,
      `1:edit:announcement:${state.version}`,
    ]);
  });

  it("to another question, or another part of one, leaves what somebody else said", () => {
    const { state } = given([
      declare(),
      answer(1, { userImpact: { said: text("15 % fail") } }, { actor: alice }),
    ]).when(answer(2, { userImpact: { answer: "many" }, scope: { answer: "system" } }));
    expect(state.assessment).toMatchObject({
      userImpact: { answer: "many", said: { body: "15 % fail" }, by: bob },
      scope: { answer: "system" },
    });
  });

  it("of the business impact is added to and taken from, each by itself", () => {
    const history = given([
      declare(),
      answer(1, { businessImpact: { also: "sla" } }),
      answer(1, { businessImpact: { also: "revenue" } }),
    ]);
    expect(history.state.assessment.businessImpact?.answers).toEqual(["revenue", "sla"]);
    history.when(answer(2, { businessImpact: { not: "sla" } }));
    expect(history.state.assessment.businessImpact?.answers).toEqual(["revenue"]);
    history.when(answer(3, { businessImpact: { not: "revenue" } }));
    expect(history.state.assessment.businessImpact).toBeNull();
    history.when(answer(4, { businessImpact: { answers: [] } }));
    expect(history.state.assessment.businessImpact?.answers).toEqual([]);
  });

  it("that stands already is refused: the second click of two changes nothing", () => {
    const history = given([declare(), answer(1, whole)]);
    expect(history.when(answer(2, whole)).refusal?.code).toBe("nothing_changed");
    expect(history.when(answer(2, {})).refusal?.code).toBe("nothing_changed");
  });

  it("about what has not come yet is refused, at its field", () => {
    const since = after(9);
    expect(given([declare()]).when(answer(2, { trend: { since } })).refusal).toMatchObject({
      code: "since_in_future",
      field: "since",
    });
  });

  it("is taken after the end, too: what was hit is often known late", () => {
    const { state } = given([declare(), { type: "Resolve", incident: 1, at: after(5), actor: alice }]).when(
      answer(9, { userImpact: { answer: "most" } }),
    );
    expect(state.assessment.userImpact?.answer).toBe("most");
    expect(state.assessment.proposal).toBeNull();
  });

  it("in the form is told in a message of its own, which the next one supersedes", () => {
    const history = given([declare(), opened]);
    const first = history.when(answer(1, { trend: { answer: "stable" } }, { inForm: true }));
    expect(keysOf(first.effects)).toContain(`1:post:assessment:told:${first.state.version}`);
    const second = history.when(
      answer(
        2,
        { scope: { answer: "system" }, services: { added: ["checkout"], removed: [] } },
        { inForm: true },
      ),
    );
    expect(second.events.map(({ type }) => type)).toEqual(["ServicesChanged", "AssessmentAnswered"]);
    expect(second.state.assessment.told).toMatchObject({
      version: second.state.version,
      questions: ["scope"],
      services: true,
    });
  });
});

describe("affected services", () => {
  it("merge into those that are named already", () => {
    const history = given([declare({ services: ["checkout"] })]);
    history.when(answer(1, { services: { added: ["payments"], removed: [] } }, { actor: alice }));
    const { state, events } = history.when(
      answer(2, { services: { added: ["search", "payments", "search"], removed: ["checkout", "mail"] } }),
    );
    expect(state.services).toEqual(["payments", "search"]);
    expect(events).toMatchObject([
      {
        type: "ServicesChanged",
        data: { services: ["payments", "search"], added: ["search"], removed: ["checkout"] },
      },
    ]);
  });

  it("that are named already change nothing", () => {
    const { refusal } = given([declare({ services: ["checkout"] })]).when(
      answer(1, { services: { added: ["checkout"], removed: [] } }),
    );
    expect(refusal?.code).toBe("nothing_changed");
  });
});

describe("a proposal", () => {
  it("confirms a provisional severity by one click, with the answers as its reason", () => {
    const history = given([declare({ severity: null }), opened, answer(1, whole)]);
    expect(history.state.assessment.proposal).toEqual({
      severity: "SEV2",
      reason: "many users, revenue loss, one service (contained), stable",
    });
    const { state, events, answer: said } = history.when(accept(2, "SEV2"));
    expect(events.map(({ type }) => type)).toEqual(["SeverityChanged", "UpdatePublished"]);
    expect(said).toMatchObject({ type: "SeveritySet", severity: "SEV2" });
    expect(state).toMatchObject({ severity: "SEV2", provisional: false, assessment: { proposal: null } });
    expect(state.updates.at(-1)?.change).toMatchObject({
      reason: { body: "many users, revenue loss, one service (contained), stable" },
    });
  });

  it("is none where the severity that was given is the one", () => {
    expect(given([declare(), answer(1, whole)]).state.assessment.proposal).toBeNull();
  });

  it("of a worse severity comes with the first answer that makes it so", () => {
    const { state } = given([declare({ severity: "SEV3" }), answer(1, { userImpact: { answer: "many" } })]);
    expect(state.assessment.proposal?.severity).toBe("SEV2");
  });

  it("of a milder one waits until users, scope and trend are answered; accepting it needs no other reason", () => {
    const history = given([
      declare({ severity: "SEV1" }),
      answer(1, { userImpact: { answer: "few" }, scope: { answer: "feature" } }),
    ]);
    expect(history.state.assessment.proposal).toBeNull();
    history.when(answer(2, { trend: { answer: "improving" } }));
    expect(history.state.assessment.proposal?.severity).toBe("SEV3");
    expect(history.when(accept(3, "SEV3")).state.severity).toBe("SEV3");
  });

  it("goes when somebody chooses another, and is not made again; another one is", () => {
    const history = given([declare({ severity: "SEV3" }), answer(1, { userImpact: { answer: "many" } })]);
    history.when({
      type: "SetSeverity",
      incident: 1,
      at: after(2),
      actor: alice,
      severity: "SEV4",
      reason: text("only the test shop"),
    });
    expect(history.state.assessment.proposal).toBeNull();
    history.when(answer(3, { scope: { answer: "service" } }));
    expect(history.state.assessment.proposal).toBeNull();
    history.when(answer(4, { trend: { answer: "worsening" } }));
    expect(history.state.assessment.proposal?.severity).toBe("SEV1");
  });

  it("that has gone meanwhile is not accepted by a late click", () => {
    const history = given([declare({ severity: "SEV3" }), answer(1, { userImpact: { answer: "many" } })]);
    history.when(answer(2, { trend: { answer: "worsening" } }));
    expect(history.when(accept(3, "SEV2")).refusal?.sentence).toBe(
      "SEV2 is no longer proposed, so nothing was changed: INC-1 is SEV3, and SEV1 is proposed now: many users, worsening.",
    );
    history.when(accept(4, "SEV1"));
    expect(history.when(accept(4, "SEV1")).refusal?.code).toBe("not_proposed");
  });

  it("is refused with the word of the end once the incident has ended", () => {
    const history = given([
      declare({ severity: "SEV3" }),
      answer(1, { userImpact: { answer: "many" } }),
      { type: "Resolve", incident: 1, at: after(5), actor: alice },
    ]);
    expect(history.when(accept(6, "SEV2")).refusal?.sentence).toContain("INC-1 was resolved at 14:41 UTC");
  });
});

describe("the impact", () => {
  it("stands as it was assessed while nobody has stated one, and follows the answers", () => {
    const history = given([declare(), opened, answer(1, { userImpact: { answer: "many" } })]);
    expect(history.state.impact?.body).toBe("many users (10–50 %)");
    history.when(answer(2, { userImpact: { users: 12000 }, scope: { answer: "service" } }));
    expect(history.state.impact?.body).toBe("many users (10–50 %, 12,000 users), one service");
    history.when(answer(3, { userImpact: { said: text("15 % of checkout requests failing") } }));
    expect(history.state.impact?.body).toBe("15 % of checkout requests failing");
  });

  it("is drafted with the assessment as its source, and posting that states nothing", () => {
    const history = given([declare(), opened, answer(1, { userImpact: { answer: "many" } }), remind(15)]);
    expect(history.state.reminder?.draft).toMatchObject({
      lines: { impact: { body: "many users (10–50 %)" } },
      sources: [{ line: "impact", from: "assessment", at: after(1) }],
    });
    expect(impactAssessedAt(history.state)).toBe(after(1));
    history.when(answer(15, { userImpact: { answer: "most" } }));
    history.when({ type: "PostDraft", incident: 1, at: after(16), actor: alice, due: after(15) });
    expect(history.state.updates.at(-1)?.lines.impact?.body).toBe("many users (10–50 %)");
    expect(history.state.impact?.body).toBe("most users (over 50 %)");
  });

  it("that somebody stated stays, whatever is answered", () => {
    const history = given([
      declare(),
      answer(1, { userImpact: { answer: "many" } }),
      update(2, { impact: text("Checkout is down") }),
      answer(3, { userImpact: { answer: "most" } }),
    ]);
    expect(history.state.impact?.body).toBe("Checkout is down");
    expect(given([declare({ impact: text("500s") }), answer(1, whole)]).state.impact?.body).toBe("500s");
  });

  it("is none while only its course is known", () => {
    expect(given([declare(), answer(1, { trend: { answer: "stable" } })]).state.impact).toBeNull();
  });
});

describe("data loss", () => {
  const lost: Answered = { businessImpact: { answers: ["dataLoss"] } };
  const resolve = (dataLoss?: "yes" | "no" | "unknown"): Command => ({
    type: "Resolve",
    incident: 1,
    at: after(9),
    actor: alice,
    ...(dataLoss && { dataLoss }),
  });

  it.each([
    ["yes", [answer(1, lost)]],
    ["yes", [answer(1, lost), resolve()]],
    ["no", [answer(1, lost), resolve("no")]],
    [null, [answer(1, lost), resolve("unknown")]],
    [null, [answer(1, whole), resolve()]],
    [null, [answer(1, { businessImpact: { answers: [] } })]],
    ["yes", [resolve("yes")]],
  ])("is %s after %#", (known, commands) => {
    expect(knownDataLoss(given([declare(), ...commands]).state)).toBe(known);
  });
});

describe("asking again", () => {
  it("is planned with the declaration, as long after as is configured", () => {
    expect(given([declare()]).effects).toContainEqual(
      expect.objectContaining({
        effect: { type: "AskAssessmentAgain", incident: 1 },
        dueAt: after(5),
      }),
    );
    const off: Rules = { ...rules, assessment: { ...rules.assessment, askAgainAfter: null } };
    expect(JSON.stringify(given([declare()], off).effects)).not.toContain("AskAssessmentAgain");
  });

  it("comes once, and goes as soon as all is answered", () => {
    const history = given([declare(), opened]);
    const { effects } = history.when(askAgain(5));
    expect(keysOf(effects)).toEqual(["1:post:assessment:again"]);
    expect(history.when(askAgain(6)).refusal?.code).toBe("satisfied");
    history.when({
      type: "NoteMessagePosted",
      incident: 1,
      at: after(6),
      actor: bot,
      slot: "assessment:again",
      channel: "C1",
      ts: "1.1",
    });
    const { state, effects: answered } = history.when(answer(7, whole));
    expect(keysOf(answered)).toContain(`1:delete:assessment:again:${state.version}`);
  });

  it("that was on its way while all was answered is taken away when it has arrived", () => {
    const history = given([declare(), opened, askAgain(5), answer(6, whole)]);
    const { effects, state } = history.when({
      type: "NoteMessagePosted",
      incident: 1,
      at: after(6),
      actor: bot,
      slot: "assessment:again",
      channel: "C1",
      ts: "1.1",
    });
    expect(keysOf(effects)).toContain(`1:delete:assessment:again:${state.version}`);
  });

  it("is not needed once all is answered, or the incident has ended", () => {
    expect(given([declare(), answer(1, whole)]).when(askAgain(5)).refusal?.code).toBe("satisfied");
    const resolved: Command = { type: "Resolve", incident: 1, at: after(2), actor: alice };
    expect(given([declare(), resolved]).when(askAgain(5)).refusal?.code).toBe("satisfied");
  });

  it("is a prompt like others: it waits while people were prompted a moment ago, and others wait for it", () => {
    const { state } = given([declare(), opened]);
    const prompted = { ...state, presence: { ...state.presence, promptedAt: after(3) } };
    expect(decide(rules, prompted, askAgain(5))).toMatchObject({
      events: [
        {
          type: "PromptHeldBack",
          data: { timer: { type: "AskAssessmentAgain", incident: 1 }, until: after(8) },
        },
      ],
    });
    expect(given([declare(), opened, askAgain(5)]).state.presence.promptedAt).toBe(after(5));
  });
});

describe("the update clock", () => {
  it("slows down after two hours, unless it gets worse", () => {
    const at = (minutes: number, answers: Answered) =>
      nextPromise(rules, given([declare(), answer(1, answers)]).state, after(minutes));
    expect(at(119, { trend: { answer: "stable" } })).toBe(after(149));
    expect(at(120, { trend: { answer: "stable" } })).toBe(after(180));
    expect(at(120, { trend: { answer: "worsening" } })).toBe(after(150));
  });
});

describe("the timeline", () => {
  it("has each change of the answers, one line for a form", () => {
    const commands = [
      declare(),
      answer(
        2,
        { ...whole, businessImpact: { answers: ["revenue"], amount: text("$5,000") } },
        { actor: alice, inForm: true },
      ),
      answer(3, { trend: { answer: "worsening", since: after(1) } }),
      answer(4, { scope: { answer: null }, services: { added: ["R&D"], removed: [] } }),
    ];
    const history = given([]);
    const events = commands.flatMap((command) =>
      history.when(command).events.map((event) => ({ event, recordedAt: event.at })),
    );
    const lines = keyTimeline(history.state, events, []).flatMap((entry) =>
      entry.kind === "told"
        ? [entry.parts.map((part) => (typeof part === "string" ? part : part.body)).join("")]
        : [],
    );
    expect(lines).toEqual([
      "User impact: many (10–50 %); Business impact: revenue loss ($5,000); Scope: one service; Trend: stable (<@U1>)",
      `Trend: worsening since <!date^${after(1) / 1000}^{time}|14:37 UTC> (<@U2>)`,
      "Affected services: R&amp;D (<@U2>)",
      "Scope: answer taken back (<@U2>)",
    ]);
  });
});
