import type { Rules, Runbook } from "../../src/domain/rules.ts";
import { declaredAt, rules as usual } from "../domain/given.ts";

const minute = 60_000;
const template =
  "Status: {status}\nImpact: {impact}\nStarted: {started}\nCurrent action: {currentAction}\nNext update: {nextUpdate}";

const runbook = (name: string, steps: number): Runbook => ({
  name,
  services: ["checkout"],
  alerts: [],
  severities: [],
  escalation: "default",
  sections: [
    { heading: "Alert", blocks: [{ kind: "text", spans: [{ text: "Over 1 %", style: "bold" }] }] },
    {
      heading: "Immediate Actions",
      blocks: Array.from({ length: steps }, (_, at) => ({
        kind: "step" as const,
        id: String(at),
        depth: at % 3,
        spans: [{ text: `Step ${at} <!channel> ${"word ".repeat(at * 2)}` }],
      })),
    },
    { heading: "Diagnosis Steps", blocks: [{ kind: "code", code: "kubectl get pods\n".repeat(300) }] },
    {
      heading: "Mitigation",
      blocks: [{ kind: "item", depth: 0, mark: "•", spans: [{ text: "Roll back ".repeat(200) }] }],
    },
  ],
});

/** Everything that the configuration can switch on, at once. */
export const everythingOn: Rules = {
  ...usual,
  channels: { ...usual.channels, archiveAfter: 3 * 24 * 60 * minute },
  severities: {
    SEV1: {
      ...usual.severities.SEV1,
      escalation: "default",
      invite: ["U5"],
      postmortemWithin: 3 * 86_400_000,
    },
    SEV2: { ...usual.severities.SEV2, escalation: "default", postmortemWithin: 5 * 86_400_000 },
    SEV3: usual.severities.SEV3,
    SEV4: usual.severities.SEV4,
  },
  audiences: {
    support: { channel: "support", severities: ["SEV1", "SEV2"], template },
    management: { channel: "leadership", severities: ["SEV1"], template },
  },
  services: { checkout: { owners: ["U6"], escalation: "payments" } },
  onCall: {
    primary: {
      zone: "UTC",
      handover: { day: "mon", time: "09:00" },
      people: ["U2", "U3"],
      overrides: [],
      since: declaredAt - 86_400_000,
    },
  },
  escalation: {
    default: {
      repeat: 1,
      repeatEvery: 5 * minute,
      steps: [
        { after: 0, notify: [{ kind: "oncall", name: "primary" }], message: null, when: "unacknowledged" },
        {
          after: 5 * minute,
          notify: [{ kind: "group", name: "sre" }],
          message: "Get up",
          when: "unacknowledged",
        },
        {
          after: 15 * minute,
          notify: [
            { kind: "user", name: "U4" },
            { kind: "channel", name: "leadership" },
          ],
          message: "Not resolved after 15 minutes",
          when: "unresolved",
        },
      ],
    },
    payments: {
      repeat: 0,
      repeatEvery: 5 * minute,
      steps: [{ after: 0, notify: [{ kind: "user", name: "U6" }], message: null, when: "unacknowledged" }],
    },
  },
  phones: { U2: "+84 123", U4: "<tel:1|x>" },
  runbooks: [runbook("High Error Rate", 6), runbook("Long & <b>", 60)],
};
