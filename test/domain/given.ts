import { expect } from "vitest";
import { bot, slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { decide } from "../../src/domain/decide.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { Outgoing } from "../../src/domain/effect.ts";
import { effectsOf } from "../../src/domain/effects-of.ts";
import type { IncidentEvent } from "../../src/domain/event.ts";
import { evolve, fold } from "../../src/domain/evolve.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { defaultTable } from "../../src/domain/policy/severity-table.ts";
import { words } from "../../src/domain/words.ts";

const minute = 60_000;

/** 2024-02-15 14:36 UTC, the declaration of every spec. */
export const declaredAt = Date.UTC(2024, 1, 15, 14, 36);
/** The instant so many minutes after the declaration. */
export const after = (minutes: number): number => declaredAt + minutes * minute;

export const alice = slackUser("U1");
export const bob = slackUser("U2");

const severity = (firstUpdate: number | null, updateEvery: number | null) => ({
  name: "",
  description: "",
  firstUpdate: firstUpdate && firstUpdate * minute,
  updateEvery: updateEvery && updateEvery * minute,
  escalation: null,
  invite: [],
  postmortemWithin: null,
});

export const rules: Rules = {
  timezone: "UTC",
  dateOrder: "mdy",
  workingHours: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" },
  channels: { announcements: "incidents", naming: "inc-{n}-{slug}", topic: true, archiveAfter: null },
  severities: {
    SEV1: severity(10, 15),
    SEV2: severity(15, 30),
    SEV3: { ...severity(30, 60), whenMissed: "remind" },
    SEV4: severity(null, null),
  },
  defaultSeverity: "SEV2",
  updates: {
    warnBefore: 5 * minute,
    grace: 5 * minute,
    whenMissed: "post",
    maxAutomatic: 2,
    slowAfter: 120 * minute,
    template:
      "Status: {status}\nImpact: {impact}\nStarted: {started}\nCurrent action: {currentAction}\nNext update: {nextUpdate}",
  },
  timeline: { mark: "pushpin", joinBrief: true },
  assessment: { askAgainAfter: 5 * minute, table: defaultTable },
  mitigation: {
    promptAfter: 15 * minute,
    expected: {
      rollback: 5 * minute,
      flag: 5 * minute,
      routing: 10 * minute,
      degradation: 10 * minute,
      fix: 30 * minute,
    },
  },
  roles: { remindCommanderAfter: 3 * minute, escalateAfter: 8 * minute },
  prompts: { atMostEvery: 5 * minute },
  audiences: {},
  services: {},
  onCall: {},
  escalation: {},
  webhooks: {},
  phones: {},
  runbooks: [],
};

let counter = 0;
export const text = (body: string) => words(`w${++counter}`, body);

export const declare = (more: Partial<Extract<Command, { type: "Declare" }>> = {}): Command => ({
  type: "Declare",
  at: declaredAt,
  actor: alice,
  number: 1,
  title: text("checkout 500s"),
  severity: "SEV2",
  ...more,
});

export const opened: Command = {
  type: "NoteChannelOpened",
  at: declaredAt,
  actor: bot,
  incident: 1,
  channel: "C1",
  name: "inc-1-checkout-500s",
};

/** An incident's history, made by commands that must all be carried out. */
export function given(commands: Command[], ruled: Rules = rules) {
  let state: Incident | undefined;
  const events: IncidentEvent[] = [];
  const effects: Outgoing[] = [];
  const run = (command: Command): Decision => {
    const decision = decide(ruled, state, command);
    if ("refusal" in decision) return decision;
    for (const event of decision.events) {
      state = evolve(state, event);
      events.push(event);
      effects.push(...effectsOf(event, state));
    }
    expect(fold(events)).toEqual(state);
    return decision;
  };
  for (const command of commands) {
    const decision = run(command);
    if ("refusal" in decision) throw new Error(`${command.type} was refused: ${decision.refusal.sentence}`);
  }
  return {
    when(command: Command) {
      const before = { events: events.length, effects: effects.length };
      const decision = run(command);
      return {
        refusal: "refusal" in decision ? decision.refusal : undefined,
        answer: "answer" in decision ? decision.answer : undefined,
        events: events.slice(before.events),
        effects: effects.slice(before.effects),
        state: state!,
      };
    },
    get state() {
      return state!;
    },
    effects,
    events,
  };
}

export const keysOf = (effects: Outgoing[]): string[] => effects.map((effect) => effect.key);
