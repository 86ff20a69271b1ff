import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadRecordConfig } from "../../src/config.ts";
import { onDuty } from "../../src/domain/policy/on-call.ts";
import type { Rules } from "../../src/domain/rules.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function load(yml: string, files: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "sitrep-calling-"));
  folders.push(cwd);
  for (const [name, text] of Object.entries({ "sitrep.yml": yml, ...files })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return loadRecordConfig({ env: {}, cwd });
}

function rulesIn(yml: string, files?: Record<string, string>): Rules {
  const loaded = load(yml, files);
  if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
  return loaded.config.rules;
}

function faultsIn(yml: string, files?: Record<string, string>): string[] {
  const loaded = load(yml, files);
  return loaded.ok ? [] : loaded.faults;
}

const minute = 60_000;
const policy = (target: string) => `{ steps: [{ notify: ["${target}"] }] }`;

describe("an escalation policy", () => {
  it("is read with its steps in the order in which they come", () => {
    const { escalation } = rulesIn(`
onCall: { primary: { people: [U1] } }
escalation:
  default:
    repeat: 2
    repeatEvery: 10m
    steps:
      - { after: 15m, when: unresolved, notify: ["user:U2", "channel:#leadership"], message: "Not resolved" }
      - { notify: ["oncall:primary", "group:@sre"] }
`);
    expect(escalation).toEqual({
      default: {
        repeat: 2,
        repeatEvery: 10 * minute,
        steps: [
          {
            after: 0,
            notify: [
              { kind: "oncall", name: "primary" },
              { kind: "group", name: "sre" },
            ],
            when: "unacknowledged",
            message: null,
          },
          {
            after: 15 * minute,
            notify: [
              { kind: "user", name: "U2" },
              { kind: "channel", name: "leadership" },
            ],
            when: "unresolved",
            message: "Not resolved",
          },
        ],
      },
    });
  });

  it.each([
    ["webhook:pagerdut", "there is no webhook pagerdut: expected pagerduty; nearest: pagerduty"],
    [
      "usr:U1",
      "expected user:U0123ABCD, group:name, oncall:name, channel:name or webhook:name; nearest: user",
    ],
    ["U1", "expected user:U0123ABCD, group:name, oncall:name, channel:name or webhook:name"],
    ["user:alice", "expected a Slack user id such as user:U0123ABCD"],
    ["group:", "expected user:U0123ABCD"],
    ["oncall:secondary", "there is no rotation secondary: expected primary"],
    ["oncall:primry", "there is no rotation primry: expected primary; nearest: primary"],
  ])("does not call %s", (target, says) => {
    const faults = faultsIn(`onCall: { primary: { people: [U1] } }
webhooks: { pagerduty: { type: pagerduty, routingKey: { env: KEY } } }
escalation:
  default:
    steps:
      - after: 0m
        notify:
          - ${target}
`);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^sitrep\.yml:8: escalation\.default\.steps\.0\.notify\.0: /);
    expect(faults[0]).toContain(says);
  });

  it("has a step, and each step somebody whom it calls", () => {
    expect(faultsIn("escalation:\n  a: { steps: [] }\n  b: { steps: [{ notify: [] }] }\n  c: {}\n")).toEqual([
      "sitrep.yml:2: escalation.a.steps: expected a list of steps such as { after: 5m, notify: [user:U0123ABCD] }",
      "sitrep.yml:3: escalation.b.steps.0.notify: expected a list of user:U0123ABCD, group:name, oncall:name, channel:name or webhook:name",
      "sitrep.yml:4: escalation.c.steps: expected a list of steps such as { after: 5m, notify: [user:U0123ABCD] }",
    ]);
  });

  it("is walked for SEV1 and SEV2 where it is called default, and for nobody where there is none", () => {
    const escalationOf = (yml: string) => {
      const { SEV1, SEV2, SEV3, SEV4 } = rulesIn(yml).severities;
      return [SEV1, SEV2, SEV3, SEV4].map(({ escalation }) => escalation);
    };
    expect(escalationOf("")).toEqual([null, null, null, null]);
    expect(escalationOf(`escalation: { default: ${policy("user:U1")} }`)).toEqual([
      "default",
      "default",
      null,
      null,
    ]);
    expect(
      escalationOf(`
severities: { SEV1: { escalation: off }, SEV3: { escalation: night } }
escalation: { default: ${policy("user:U1")}, night: ${policy("user:U2")} }
`),
    ).toEqual([null, "default", "night", null]);
  });

  it("must stand there when it is named, also default", () => {
    expect(
      faultsIn(`severities:
  SEV1: { escalation: default }
  SEV2: { escalation: nigth }
services:
  checkout: { escalation: paymets }
escalation:
  night: ${policy("user:U1")}
  payments: ${policy("user:U1")}
`),
    ).toEqual([
      "sitrep.yml:2: severities.SEV1.escalation: there is no policy default: expected night, payments",
      "sitrep.yml:3: severities.SEV2.escalation: there is no policy nigth: expected night, payments; nearest: night",
      "sitrep.yml:5: services.checkout.escalation: there is no policy paymets: expected night, payments; nearest: payments",
    ]);
    expect(faultsIn("services: { checkout: { escalation: payments } }")).toEqual([
      "sitrep.yml:1: services.checkout.escalation: there is no policy payments: expected one that stands under escalation",
    ]);
  });
});

describe("a rotation", () => {
  const rotation = (more: string) =>
    rulesIn(`timezone: Europe/Berlin\nonCall:\n  primary: { people: [U1, U2], ${more} }\n`).onCall["primary"];

  it("hands over on Mondays at nine in the configured zone, unless it says otherwise", () => {
    expect(rotation("")).toEqual({
      zone: "Europe/Berlin",
      handover: { day: "mon", time: "09:00" },
      people: ["U1", "U2"],
      since: Date.parse("2024-01-01T08:00:00Z"),
      overrides: [],
    });
    expect(rotation('zone: Asia/Ho_Chi_Minh, handover: "Fri 18:00"')).toMatchObject({
      zone: "Asia/Ho_Chi_Minh",
      handover: { day: "fri", time: "18:00" },
    });
  });

  it.each([
    ["2024-02-05", "2024-02-05T07:59:00Z", "U2"],
    ["2024-02-05", "2024-02-05T08:00:00Z", "U1"],
    ["2024-02-08", "2024-02-05T08:00:00Z", "U1"],
    ["2024-02-08", "2024-02-12T08:00:00Z", "U2"],
  ])("begins with the first one in the week of %s", (since, at, person) => {
    const found = rotation(`since: ${since}`);
    expect(found && onDuty(found, Date.parse(at))).toBe(person);
  });

  it("takes an override's times in its zone, unless they name an offset", () => {
    const found = rotation(`overrides:
      [{ from: 2024-02-15 18:00, to: 2024-02-16, person: U3 }, { from: 2024-07-01T00:00Z, to: "2024-07-02T00:00+07:00", person: U4 }]`);
    expect(found?.overrides).toEqual([
      { from: Date.parse("2024-02-15T17:00:00Z"), to: Date.parse("2024-02-15T23:00:00Z"), person: "U3" },
      { from: Date.parse("2024-07-01T00:00:00Z"), to: Date.parse("2024-07-01T17:00:00Z"), person: "U4" },
    ]);
  });

  it("says what is wrong with it", () => {
    expect(
      faultsIn(`onCall:
  primary:
    zone: Europe/Berlni
    handover: monday
    people: []
    since: soon
    overrides:
      - { from: 2024-02-30, to: 2024-03-01, person: U1 }
      - { from: 2024-03-02, to: 2024-03-01, person: U1 }
      - { from: 2024-03-02, until: 2024-03-03, person: alice }
`),
    ).toEqual([
      "sitrep.yml:3: onCall.primary.zone: expected a time zone such as Europe/Berlin; nearest: Europe/Berlin",
      "sitrep.yml:4: onCall.primary.handover: expected a weekday and a time such as mon 09:00",
      "sitrep.yml:5: onCall.primary.people: expected at least one person",
      "sitrep.yml:6: onCall.primary.since: expected a day or a time such as 2024-02-15 or 2024-02-15 18:00, in the zone of the rotation",
      "sitrep.yml:8: onCall.primary.overrides.0.from: expected a day or a time such as 2024-02-15 or 2024-02-15 18:00, in the zone of the rotation",
      "sitrep.yml:9: onCall.primary.overrides.1.to: expected a time after from",
      "sitrep.yml:10: onCall.primary.overrides.2.to: expected a day or a time such as 2024-02-15 or 2024-02-15 18:00, in the zone of the rotation",
      "sitrep.yml:10: onCall.primary.overrides.2.person: expected a Slack user id such as U0123ABCD",
      "sitrep.yml:10: onCall.primary.overrides.2.until is no key: expected from, to, person",
    ]);
  });
});

describe("services, phones and audiences", () => {
  it("are read", () => {
    const rules = rulesIn(`
services: { checkout: { owners: [U1] }, "search api": {} }
phones: { U1: "+84 28" }
audiences: { support: { channel: "#support" }, management: off }
`);
    expect(rules.services).toEqual({
      checkout: { owners: ["U1"], escalation: null },
      "search api": { owners: [], escalation: null },
    });
    expect(rules.phones).toEqual({ U1: "+84 28" });
    expect(rules.audiences).toEqual({
      support: {
        channel: "support",
        severities: ["SEV1", "SEV2"],
        template: expect.stringContaining("What customers see: {impact}"),
      },
    });
  });

  it("say what is wrong with them", () => {
    expect(
      faultsIn(`services:
  checkout: { owner: [U1] }
  off: {}
phones:
  alice: "+84"
  U1: 84
audiences:
  support: on
  management: { chanel: x, severities: [SEV9] }
  customers: { channel: x }
`),
    ).toEqual([
      "sitrep.yml:2: services.checkout.owner is no key: expected owners, escalation; nearest: owners",
      "sitrep.yml:3: services.off: off is no name: it switches things off",
      "sitrep.yml:5: phones.alice: expected a Slack user id such as U0123ABCD",
      'sitrep.yml:6: phones.U1: expected a telephone number in quotes such as "+84 28 1234"',
      "sitrep.yml:8: audiences.support: expected keys with values, among them channel, or off",
      "sitrep.yml:9: audiences.management.channel: expected a channel's name",
      "sitrep.yml:9: audiences.management.severities.0: expected SEV1, SEV2, SEV3, SEV4; nearest: SEV1",
      "sitrep.yml:9: audiences.management.chanel is no key: expected channel, severities, template; nearest: channel",
      "sitrep.yml:10: audiences.customers is not supported yet: take it out",
    ]);
  });

  it("take a template from beside the file, and refuse what it does not know", () => {
    const yml = "audiences:\n  support:\n    channel: support\n    template: mine.md\n";
    expect(rulesIn(yml, { "mine.md": "{severity}: {business}\n" }).audiences.support?.template).toBe(
      "{severity}: {business}\n",
    );
    expect(faultsIn(yml)).toEqual(["sitrep.yml:4: audiences.support.template: mine.md cannot be read"]);
    expect(
      faultsIn("audiences: { management: { channel: x, template: own.md } }", {
        "own.md": "Hi\n{busines}\n",
      }),
    ).toEqual([
      "own.md:2: {busines} is no variable: expected {status}, {impact}, {started}, {currentAction}, {nextUpdate}, {incident}, {title}, {severity}, {users}, {business}, {scope}, {trend}, {dataLoss}; nearest: business",
    ]);
  });
});

describe("the table that proposes a severity", () => {
  it("may be one's own, and ends with SEV4 for what fits nothing", () => {
    const { table } = rulesIn(`
assessment: { table: [{ severity: SEV1, when: { users: many, business: [security] } }, { severity: SEV2, when: { trend: worsening } }] }
`).assessment;
    expect(table).toEqual([
      { severity: "SEV1", when: { users: "many", business: ["security"] } },
      { severity: "SEV2", when: { trend: "worsening" } },
      { severity: "SEV4", when: {} },
    ]);
    expect(rulesIn("assessment: { table: [{ severity: SEV3 }] }").assessment.table).toEqual([
      { severity: "SEV3", when: {} },
    ]);
  });

  it("goes from the worst to the mildest, in known words", () => {
    expect(
      faultsIn(`assessment:
  table:
    - { severity: SEV2, when: { users: none } }
    - { severity: SEV2, when: { buisness: [security] } }
`),
    ).toEqual([
      "sitrep.yml:3: assessment.table.0.when.users: expected few, some, many, most; nearest: some",
      "sitrep.yml:4: assessment.table.1.when.buisness is no key: expected users, business, scope, trend; nearest: business",
    ]);
    expect(
      faultsIn(`assessment:
  table:
    - { severity: SEV2, when: { users: many } }
    - { severity: SEV1, when: { users: most } }
`),
    ).toEqual([
      "sitrep.yml:4: assessment.table.1.severity: SEV1 stands below SEV2: expected rows from the worst severity to the mildest",
    ]);
  });
});

describe("the folder of runbooks", () => {
  const runbook = (front: string) => `---\n${front}\n---\n\n## Mitigation\n\n- Roll back\n`;

  it("is the one that is named, else the one that comes with Sitrep; or off", () => {
    const names = (yml: string, files?: Record<string, string>) =>
      rulesIn(yml, files).runbooks.map(({ name }) => name);
    const mine = { "runbooks/b.md": runbook("name: B"), "runbooks/a.md": runbook("name: A") };
    const others = { ...mine, "runbooks/README.md": "about", "runbooks/notes.txt": "x" };
    expect(names("")).toEqual(["High Error Rate"]);
    expect(names("runbooks: runbooks/", others)).toEqual(["A", "B"]);
    expect(names("runbooks: runbooks/")).toEqual(["High Error Rate"]);
    expect(names("runbooks: off", mine)).toEqual([]);
    expect(names("runbooks: ops/", { "ops/c.md": runbook("name: C") })).toEqual(["C"]);
  });

  it("must be there when it is named", () => {
    expect(faultsIn("timezone: UTC\nrunbooks: ops/\n")).toEqual(["sitrep.yml:2: runbooks: ops is no folder"]);
  });

  it("has the shipped one call the policy default where there is one", () => {
    const [shipped] = rulesIn(`escalation: { default: ${policy("user:U1")} }`).runbooks;
    expect(shipped?.escalation).toBe("default");
  });

  it("copied from the shipped one needs no policy default", () => {
    const copied = readFileSync(join(import.meta.dirname, "../../runbooks/high-error-rate.md"), "utf8");
    const { runbooks } = rulesIn("runbooks: runbooks/\n", { "runbooks/mine.md": copied });
    expect(runbooks.map(({ name, escalation }) => ({ name, escalation }))).toEqual([
      { name: "High Error Rate", escalation: null },
    ]);
  });

  it("tells every fault of every file, together with those of sitrep.yml and the templates", () => {
    expect(
      faultsIn("colour: red\nupdates: { template: mine.md }\nrunbooks: runbooks\n", {
        "mine.md": "{impcat}\n",
        "runbooks/a.md": runbook("name: A\nservcies: [x]"),
        "runbooks/b.md": runbook("name: Same"),
        "runbooks/c.md": runbook("name: same\nescalation: nobody"),
      }),
    ).toEqual([
      expect.stringMatching(/^sitrep\.yml:1: colour is no key: /),
      expect.stringMatching(/^mine\.md:1: \{impcat\} is no variable: .*; nearest: impact$/),
      expect.stringMatching(/^runbooks\/a\.md:3: servcies is no key: .*; nearest: services$/),
      "runbooks/c.md:2: runbooks/b.md is called “same” already",
      "runbooks/c.md:3: escalation: there is no policy nobody: expected one that stands under escalation",
    ]);
  });
});
