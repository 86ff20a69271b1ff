import { slackUser } from "../../src/domain/actor.ts";
import type { IncidentEvent } from "../../src/domain/event.ts";
import { fold } from "../../src/domain/evolve.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { MessageRecord } from "../../src/domain/record.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { words } from "../../src/domain/words.ts";
import { rules } from "../domain/given.ts";
import type { Material } from "../../src/postmortem/material.ts";

/** An instant of 2024-02-15 UTC, or of the day given. */
export const at = (clock: string, day = "2024-02-15"): number => Date.parse(`${day}T${clock}:00Z`);
export const tsOf = (instant: number, fraction = "000100"): string =>
  `${Math.floor(instant / 1000)}.${fraction}`;

const template =
  "Status: {status}\nImpact: {impact}\nStarted: {started}\nCurrent action: {currentAction}\nNext update: {nextUpdate}\n";

export const rulesIn = (timezone = "UTC"): Rules => ({
  ...rules,
  timezone,
  updates: { ...rules.updates, template },
});

const alice = slackUser("U1");
const bob = slackUser("U2");
const people = new Map([
  ["U1", { name: "alice" }],
  ["U2", { name: "bob" }],
]);

export const declared = (instant: number, title = "Payment Service Outage"): IncidentEvent => ({
  type: "IncidentDeclared",
  at: instant,
  actor: alice,
  data: {
    number: 42,
    title: words("title", title),
    severity: "SEV2",
    provisional: false,
    channelName: "inc-42-payment-service-outage",
    announce: true,
    private: false,
    drill: false,
    services: [],
    impact: null,
    template,
    nextUpdate: instant + 900_000,
  },
});

export const opened = (instant: number): IncidentEvent => ({
  type: "ChannelOpened",
  at: instant,
  actor: { kind: "bot" },
  data: { channel: "C42", name: "inc-42-payment-service-outage" },
});

export const logged = (instant: number, happenedAt: number, text: string): IncidentEvent => ({
  type: "EntryLogged",
  at: instant,
  actor: bob,
  data: { entry: `e${happenedAt}`, happenedAt, text: words(`e${happenedAt}`, text) },
});

export const startedSet = (instant: number, to: number): IncidentEvent => ({
  type: "StartedSet",
  at: instant,
  actor: alice,
  data: { to },
});

export const published = (
  instant: number,
  more: Partial<Extract<IncidentEvent, { type: "UpdatePublished" }>["data"]> = {},
): IncidentEvent => ({
  type: "UpdatePublished",
  at: instant,
  actor: more.automaticSince === undefined || more.automaticSince === null ? alice : { kind: "bot" },
  data: {
    n: 2,
    lines: {
      status: "INVESTIGATING",
      impact: words("impact", "15% checkout failures, ~500 affected users"),
      started: { at: at("14:30"), assumed: false },
      currentAction: words("action", "Rolling back to v2.3.1"),
      nextUpdate: instant + 1_800_000,
    },
    template,
    automaticSince: null,
    final: false,
    answers: null,
    ...more,
  },
});

export const resolved = (
  instant: number,
  data: Partial<Extract<IncidentEvent, { type: "IncidentResolved" }>["data"]> = {},
): IncidentEvent => ({
  type: "IncidentResolved",
  at: instant,
  actor: alice,
  data: {
    recovered: { at: at("14:52"), assumed: false },
    fix: words("fix", "Rolled back to v2.3.1"),
    dataLoss: "no",
    ...data,
  },
});

export const said = (instant: number, text: string, more: Partial<MessageRecord> = {}): MessageRecord => {
  const ts = more.ts ?? tsOf(instant);
  return {
    incident: 42,
    channel: "C42",
    ts,
    version: 1,
    said: true,
    author: "U2",
    threadTs: null,
    files: [],
    revisions: [{ editedTs: "", text: words(`m${ts}`, text) }],
    deletedAt: null,
    deletionNoticed: false,
    recordedAt: instant + 50,
    marks: [{ person: "U1", kind: "pushpin", present: true, eventTs: ts }],
    ...more,
  };
};

function incidentOf(events: readonly IncidentEvent[]): Incident {
  const incident = fold(events);
  if (!incident) throw new Error("A story begins with a declaration");
  return incident;
}

export const material = (
  events: readonly IncidentEvent[],
  messages: readonly MessageRecord[] = [],
  more: Partial<Material> = {},
): Material => ({
  incident: incidentOf(events),
  events: events.map((event) => ({ recordedAt: event.at + 5, event })),
  messages,
  people,
  teamUrl: "https://acme.slack.com/",
  rules: rulesIn(),
  ...more,
});

/** The outage of 2024-02-15, as its people recorded it. */
export const outage = (): Material =>
  material(
    [
      declared(at("14:36")),
      opened(at("14:36")),
      logged(at("14:38"), at("14:30"), "Deployed v2.3.2 with new retry logic"),
      startedSet(at("14:39"), at("14:30")),
      published(at("14:39")),
      {
        type: "StatusChanged",
        at: at("14:41"),
        actor: bob,
        data: { from: "INVESTIGATING", to: "MITIGATING" },
      },
      resolved(at("14:55")),
    ],
    [said(at("14:40"), "Rolling back, <@U1> has the <https://ci.acme.test/42|pipeline>")],
  );
