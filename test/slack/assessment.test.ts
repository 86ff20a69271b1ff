import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Answered } from "../../src/domain/assessment/commands.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { businessImpacts } from "../../src/domain/vocab.ts";
import { readCount } from "../../src/slack/assessment/fields.ts";
import { assessForm } from "../../src/slack/assessment/form.ts";
import { answerMenus } from "../../src/slack/assessment/menus.ts";
import { assessmentViews } from "../../src/slack/assessment/views.ts";
import { readForm, readPress } from "../../src/slack/ids.ts";
import type { ViewModel } from "../../src/slack/views/model.ts";
import { validateMessage } from "../../src/workspace/block-kit/message.ts";
import { validateView } from "../../src/workspace/block-kit/view.ts";
import { after, bob, declare, given, opened, rules, text } from "../domain/given.ts";

const answered = (answers: Answered): Incident =>
  given([
    declare(),
    opened,
    { type: "AnswerAssessment", incident: 1, at: after(1), actor: bob, answers, inForm: true },
  ]).state;
const modelOf = (incident: Incident): ViewModel => ({
  incident,
  rules,
  now: after(2),
  names: new Map([["U2", "bob"]]),
  teamUrl: "https://acme.slack.com/",
});
const services = Array.from({ length: 300 }, (_, index) => `service number ${index}`);

const menuSchema = z.object({
  type: z.literal("static_select"),
  action_id: z.string(),
  options: z.array(z.object({ value: z.string() })),
});

describe("the menus of the questions", () => {
  it("have entries that Slack takes and that are read again, of any incident's number and answers", () => {
    const incident = {
      ...answered({ businessImpact: { answers: [...businessImpacts] } }),
      number: 999_999_999,
    };
    for (const state of [incident, { ...given([declare()]).state, number: 999_999_999 }]) {
      const menus = answerMenus(state).elements.flatMap((each) => menuSchema.safeParse(each).data ?? []);
      expect(menus).toHaveLength(4);
      for (const { action_id, options } of menus)
        for (const { value } of options) {
          expect(value.length).toBeLessThanOrEqual(75);
          expect(readPress(action_id, value)).toMatchObject({ do: "Assess", incident: 999_999_999 });
        }
    }
  });
});

describe("messages and form of the assessment", () => {
  const long = "words ".repeat(500).slice(0, 3000);
  const full = answered({
    userImpact: { answer: "many", users: 12_000, said: text(long) },
    businessImpact: { answers: ["security", "revenue"], amount: text(long), said: text(long) },
    scope: { answer: "system" },
    trend: { answer: "worsening", since: after(0) },
    services: { added: services, removed: [] },
  });

  it.each(["", "again", `told:${full.assessment.told?.version}`])(
    "keep within Slack's limits, however much was written: %j",
    (id) => {
      const incidents = [full, given([declare(), opened]).state];
      const messages = incidents.flatMap(
        (incident) => assessmentViews["assessment"]?.(modelOf(incident), { id, stands: true }) ?? [],
      );
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.flatMap(validateMessage)).toEqual([]);
    },
  );

  it("travel along with little, and tell what was changed", () => {
    const form = assessForm(modelOf(full));
    expect(form.private_metadata?.length).toBeLessThanOrEqual(3000);
    expect(validateView(form)).toEqual([]);
    expect(readForm(form.callback_id ?? "", form.private_metadata ?? "")).toMatchObject({
      form: "assess",
      services: null,
    });
  });
});

describe("a number of users", () => {
  it.each([
    ["500", 500],
    ["~1,200", 1200],
    ["about 12 000 users", 12_000],
    ["1.5k", 1500],
    ["2m", 2_000_000],
    ["0", 0],
  ])("%s is %i", (typed, count) => expect(readCount(typed)).toEqual({ count }));

  it.each(["lots", "-5", "1.5", "12,34", "", "1e9", "9".repeat(30)])("%j is none", (typed) =>
    expect(readCount(typed)).toHaveProperty("fault"),
  );
});
