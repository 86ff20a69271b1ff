import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { writtenSections } from "../../src/domain/vocab.ts";
import { declaredAt } from "../domain/given.ts";
import { everythingOn as rules } from "./everything-on.ts";
import { actorOf, ImaginedIncident, wordsmith } from "./imagined-incident.ts";
import { anyAct, perform } from "./imagined-acts.ts";
import { hostileText } from "./hostile.ts";

const say = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("x", "roll back", "<@U2> & <@U9>") },
  { weight: 1, arbitrary: hostileText },
);

describe("an incident to which anything happens, in any order", () => {
  it("stays a history that folds and is stored, and whose every message Slack takes", () => {
    fc.assert(
      fc.property(
        fc.record({
          title: hostileText,
          severity: fc.constantFrom(null, "SEV1" as const, "SEV2" as const, "SEV3" as const, "SEV4" as const),
          private: fc.boolean(),
          drill: fc.boolean(),
          services: fc.constantFrom([], ["checkout"], ["<!channel>", "a`b"]),
          hasChannel: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
          names: fc.array(hostileText, { minLength: 6, maxLength: 6 }),
        }),
        fc.array(anyAct(say), { minLength: 1, maxLength: 100, size: "max" }),
        (opening, happening) => {
          const names = new Map(opening.names.map((name, at) => [`U${at + 1}`, name.slice(0, 80)]));
          const incident = new ImaginedIncident(rules, names, declaredAt);
          const words = wordsmith();
          incident.hasChannel = opening.hasChannel;
          const { refused } = incident.does({
            type: "Declare",
            at: incident.at,
            actor: actorOf(0),
            number: 1,
            title: words(opening.title),
            severity: opening.severity,
            private: opening.private,
            drill: opening.drill,
            services: [...opening.services],
            declaredIn: "C0GEN",
            others: [
              {
                number: 9,
                title: words(opening.title),
                services: ["checkout"],
                declaredAt: incident.at,
                channel: "C9",
                private: false,
                drill: opening.drill,
              },
            ],
          });
          if (refused !== undefined) return;
          incident.passes(0);
          for (const act of happening) perform(incident, act, words);
          incident.check();
          expect(incident.events.length).toBe(incident.state.version);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is shown within Slack's limits, however much of everything there is", () => {
    const names = new Map(
      Array.from({ length: 200 }, (_, at) => [`U${at + 1}`, `O'Brien "${at}" <&> ${"n".repeat(60)}`]),
    );
    const many = (length: number) => Array.from({ length }, (_, at) => at);
    const incident = new ImaginedIncident(rules, names, declaredAt);
    const words = wordsmith();
    const long = (at: number) => words(`${at} ${"<@U7> & long *words* ".repeat(150)}`.slice(0, 3000));
    const common = () => ({ at: incident.at, actor: actorOf(1), incident: 1 });
    const does = (command: Command) => expect(incident.does(command).refused, command.type).toBeUndefined();
    does({
      type: "Declare",
      at: incident.at,
      actor: actorOf(0),
      number: 1,
      title: words("t".repeat(3000)),
      severity: "SEV1",
      services: many(100).map((at) => `service "${at}" of ${"s".repeat(40)}`),
      impact: long(0),
    });
    incident.passes(4);
    for (const at of many(200))
      does({
        type: "NoteMemberJoined",
        ...common(),
        user: `U${at + 1}`,
        keyEntries: [{ at: incident.at, text: long(at) }],
      });
    for (const at of many(100))
      does({
        type: "AddActionItem",
        ...common(),
        item: `i${at}`,
        text: long(at),
        owner: `U${at + 1}`,
        due: "2024-02-20",
      });
    for (const at of many(300))
      does({ type: "LogEntry", ...common(), entry: `e${at}`, happenedAt: incident.at, text: long(at) });
    for (const at of many(50))
      does({
        type: "RecordMitigation",
        ...common(),
        mitigation: `m${at}`,
        option: "fix",
        what: long(at),
        whyNotRollback: long(at),
        owner: `U${at + 1}`,
        stage: at % 2 ? "started" : "decided",
      });
    for (const at of many(40))
      does({ type: "AskPerson", ...common(), ask: `a${at}`, to: `U${at + 2}`, text: long(at), within: null });
    for (const at of many(2)) {
      const name = rules.runbooks[at]?.name ?? "";
      does({ type: "PostRunbook", ...common(), runbook: `rb${at}`, name });
    }
    for (const at of many(60)) does({ type: "TickStep", ...common(), runbook: "rb1", step: String(at) });
    does({
      type: "AnswerAssessment",
      ...common(),
      inForm: true,
      answers: {
        userImpact: { answer: "most", users: 1e9, said: long(1) },
        businessImpact: {
          answers: ["degraded", "revenue", "sla", "dataLoss"],
          amount: long(2),
          said: long(3),
        },
        scope: { answer: "system" },
        trend: { answer: "worsening", since: incident.at },
      },
    });
    does({ type: "GiveRole", ...common(), role: "commander", to: "U2" });
    does({ type: "OfferCommand", ...common(), to: "U151" });
    does({ type: "PublishUpdate", ...common(), impact: long(4), currentAction: long(5) });
    incident.passes(60);
    does({ type: "Resolve", ...common(), fix: long(6), rootCause: long(7), dataLoss: "yes" });
    for (const section of writtenSections)
      does({ type: "WriteSections", ...common(), sections: { [section]: long(8) } });
    incident.passes(14 * 24 * 60);
    does({ type: "Reopen", ...common(), reason: long(9) });
    incident.passes(5);
    does({ type: "Cancel", ...common(), reason: long(10) });
    incident.passes(5);
    incident.check();
    expect(incident.slots.size).toBeGreaterThan(500);
  });
});
