import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Call, Target } from "../../src/domain/escalation/state.ts";
import { words } from "../../src/domain/words.ts";
import { buildPostmortem } from "../../src/postmortem/build.ts";
import type { Material } from "../../src/postmortem/material.ts";
import { at, outage } from "./story.ts";

const linesOf = (markdown: string, section: string): string[] => {
  const body = markdown.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return body.split("\n").filter((line) => line !== "");
};

const call = (target: Target, people: string[], more: Partial<Call> = {}): Call => ({
  id: "0.0",
  at: at("14:36"),
  walk: 0,
  turn: 0,
  aims: [{ target, people, knew: [], failure: null }],
  people: people.map((user) => ({ user, delivery: "delivered", at: at("14:36"), failure: null })),
  webhooks: [],
  reason: null,
  because: null,
  message: null,
  by: { kind: "bot" },
  sought: true,
  answersBefore: 0,
  passedOn: false,
  ...more,
});

const withIncident = (change: Partial<Material["incident"]>): Material => {
  const material = outage();
  return { ...material, incident: { ...material.incident, ...change } };
};

describe("response times", () => {
  it("name who acknowledged and which mitigation worked", () => {
    const { incident } = outage();
    const { markdown } = buildPostmortem(
      withIncident({
        escalation: { ...incident.escalation, acknowledged: { by: slackUser("U2"), at: at("14:37") } },
        mitigation: {
          ...incident.mitigation,
          mitigatedAt: at("14:45"),
          tried: [
            {
              id: "m1",
              option: "rollback",
              what: words("m1", "to v2.3.1"),
              whyNotRollback: null,
              owner: "U2",
              by: slackUser("U2"),
              decidedAt: at("14:40"),
              startedAt: at("14:41"),
              expected: null,
              finishedAt: at("14:45"),
              result: "worked",
              askedAt: null,
              finishedBy: null,
              stillRunning: null,
            },
          ],
        },
      }),
    );
    const lines = linesOf(markdown, "Response Times");
    expect(lines[1]).toMatch(
      /^- \*\*Acknowledge:\*\* 7 minutes, from .* to 14:37 UTC \(acknowledged by @bob\)$/,
    );
    expect(lines[2]).toMatch(/^- \*\*Mitigate:\*\* 15 minutes, from .* to 14:45 UTC \(rollback worked\)$/);
  });

  it("take what people set from the timeline before what Sitrep noted", () => {
    const { incident } = outage();
    const { markdown } = buildPostmortem(
      withIncident({
        corrections: {
          ...incident.corrections,
          detected: { at: at("14:33"), by: "customer" },
          mitigated: at("14:50"),
        },
      }),
    );
    const lines = linesOf(markdown, "Response Times");
    expect(lines[0]).toContain("3 minutes, from");
    expect(lines[0]).toContain("14:33 UTC (detected by customer)");
    expect(lines[2]).toContain("14:50 UTC (taken from the timeline)");
  });
});

describe("the header", () => {
  it("names the commander, and says when it is published", () => {
    const { incident } = outage();
    const by = slackUser("U1");
    const { markdown } = buildPostmortem(
      withIncident({
        roles: { ...incident.roles, held: { commander: { user: "U1", since: at("14:37"), givenBy: by } } },
        ending: {
          ...incident.ending,
          postmortem: { ...incident.ending.postmortem, published: { at: at("15:30"), by } },
        },
      }),
    );
    expect(markdown).toContain("- **Commander:** @alice ·");
    expect(markdown).toContain("- **Status:** Published");
  });
});

describe("escalations", () => {
  it("say that nobody was called", () => {
    expect(linesOf(buildPostmortem(outage()).markdown, "Escalations")).toEqual(["_Nobody was called._"]);
  });

  it("name each call with its delivery, and who answered after how long", () => {
    const { incident } = outage();
    const { markdown } = buildPostmortem(
      withIncident({
        escalation: {
          ...incident.escalation,
          walks: [
            {
              policies: ["default"],
              turns: [],
              patience: 0,
              people: [],
              beginsAt: at("14:36"),
              startedAt: at("14:36"),
              dropped: null,
              called: [0, 1],
              answeredAt: null,
              shift: 0,
              exhaustedAt: null,
              endedAt: null,
              exhaustions: 0,
              phones: {},
            },
          ],
          calls: [
            call({ kind: "oncall", name: "primary" }, ["U2"]),
            call({ kind: "group", name: "sre" }, [], {
              at: at("14:41"),
              turn: 1,
              aims: [
                {
                  target: { kind: "group", name: "sre" },
                  people: [],
                  knew: [],
                  failure: "user groups need a paid Slack plan",
                },
              ],
            }),
            call({ kind: "user", name: "U1" }, ["U1"], {
              at: at("14:42"),
              walk: null,
              turn: null,
              by: slackUser("U2"),
              reason: words("r", "the database is yours"),
            }),
          ],
          answers: [{ by: slackUser("U1"), at: at("14:43") }],
          acks: [{ by: slackUser("U1"), at: at("14:43") }],
        },
      }),
    );
    expect(linesOf(markdown, "Escalations")).toEqual([
      "- 14:36 UTC - Called on-call primary (@bob) by policy default, step 1",
      "- 14:41 UTC - Called group sre by policy default, step 2; not reached: user groups need a paid Slack plan",
      "- 14:42 UTC - Called @alice by @bob; @alice answered after 1 minute: the database is yours",
      "- 14:43 UTC - Acknowledged by @alice, 7 minutes after the first call",
    ]);
  });
});
