import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadConfig, loadRecordConfig } from "../../src/config.ts";
import { defaultTable } from "../../src/domain/policy/severity-table.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-config-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const slack = { SLACK_BOT_TOKEN: "xoxb-1-abc", SLACK_SIGNING_SECRET: "0123456789abcdef" };

function configOf(env: Record<string, string>, files: Record<string, string> = {}) {
  const cwd = folderWith(files);
  const loaded = loadConfig({ env: { ...slack, ...env }, cwd });
  if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
  return { ...loaded.config, cwd };
}

function faultsOf(env: Record<string, string | undefined>, files: Record<string, string> = {}): string[] {
  const loaded = loadConfig({ env: { ...slack, ...env }, cwd: folderWith(files) });
  return loaded.ok ? [] : loaded.faults;
}

const faultsIn = (yml: string) => faultsOf({}, { "sitrep.yml": yml });

describe("the environment", () => {
  it("needs nothing but Slack's two values", () => {
    const config = configOf({});
    expect(config).toMatchObject({
      slack: {
        botToken: "xoxb-1-abc",
        signingSecret: "0123456789abcdef",
        apiUrl: "https://slack.com/api/",
      },
      port: 3000,
      logLevel: "info",
      database: join(config.cwd, "data/sitrep.db"),
    });
    expect(config.apiToken).toBeUndefined();
    expect(config.slack.appToken).toBeUndefined();
  });

  it("takes an app-level token for Socket Mode, which needs no signing secret", () => {
    const { slack: found } = configOf({ SLACK_APP_TOKEN: "xapp-1-x", SLACK_SIGNING_SECRET: "" });
    expect(found.appToken).toBe("xapp-1-x");
    expect(found.signingSecret).toBeUndefined();
  });

  it("counts an empty value as unset", () => {
    const { port, apiToken } = configOf({
      PORT: "",
      LOG_LEVEL: " ",
      SITREP_API_TOKEN: "",
      SITREP_CONFIG: "",
    });
    expect({ port, apiToken }).toEqual({ port: 3000, apiToken: undefined });
  });

  it("tells the two tokens of the API apart", () => {
    expect(configOf({ SITREP_API_TOKEN: "one", SITREP_PRIVATE_API_TOKEN: "two" })).toMatchObject({
      apiToken: "one",
      privateApiToken: "two",
    });
    expect(faultsOf({ SITREP_API_TOKEN: "one", SITREP_PRIVATE_API_TOKEN: " one " }).join("\n")).toMatch(
      /^SITREP_PRIVATE_API_TOKEN is the same as SITREP_API_TOKEN/,
    );
  });

  it("reads what is set", () => {
    const config = configOf({
      PORT: "0",
      LOG_LEVEL: "WARN",
      SITREP_API_TOKEN: "t0ken",
      SLACK_API_URL: "http://localhost:4000/api",
    });
    expect(config).toMatchObject({ port: 0, logLevel: "warn", apiToken: "t0ken" });
    expect(config.slack.apiUrl).toBe("http://localhost:4000/api/");
  });

  it.each([
    ["file:./here.db", "here.db"],
    ["file:deep/here.db", "deep/here.db"],
  ])("finds the database of %s in the working folder", (DATABASE_URL, path) => {
    const config = configOf({ DATABASE_URL });
    expect(config.database).toBe(join(config.cwd, path));
  });

  it.each(["file:///var/lib/sitrep.db", "file:/var/lib/sitrep.db"])(
    "takes %s as it stands",
    (DATABASE_URL) => {
      expect(configOf({ DATABASE_URL }).database).toBe("/var/lib/sitrep.db");
    },
  );

  it("reports every fault at once, of the environment and of the file", () => {
    expect(
      faultsOf(
        {
          SLACK_BOT_TOKEN: undefined,
          SLACK_SIGNING_SECRET: "",
          PORT: "70000",
          LOG_LEVEL: "inof",
          DATABASE_URL: "postgres://sitrep@db/sitrep",
          SLACK_API_URL: "slack.com",
        },
        { "sitrep.yml": "timezone: Europe/Berlni\n" },
      ),
    ).toEqual([
      "DATABASE_URL: expected file: and a path, such as file:./data/sitrep.db",
      "LOG_LEVEL: expected fatal, error, warn, info, debug, trace, silent; nearest: info",
      "SLACK_BOT_TOKEN is missing: the bot's token, which starts with xoxb-, stands under OAuth & Permissions of the Slack app",
      "SLACK_API_URL: expected an address such as https://slack.com/api/",
      "PORT: expected a port from 0 to 65535",
      "SLACK_SIGNING_SECRET is missing: set it for HTTP mode, or SLACK_APP_TOKEN for Socket Mode, which needs no public address",
      "sitrep.yml:1: timezone: expected a time zone such as Europe/Berlin; nearest: Europe/Berlin",
    ]);
  });

  it("never prints a secret, wherever it was pasted", () => {
    const secret = "hunter2-secret";
    const env = Object.fromEntries(
      [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "DATABASE_URL",
        "PORT",
        "LOG_LEVEL",
      ].map((name) => [name, `${secret} ${secret}`]),
    );
    const faults = faultsOf(env);
    expect(faults).toHaveLength(7);
    expect(faults.join("\n")).not.toContain(secret);
  });

  it("does without Slack's values where only the record is needed", () => {
    const loaded = loadRecordConfig({ env: {}, cwd: folderWith() });
    expect(loaded.ok).toBe(true);
  });
});

describe("sitrep.yml", () => {
  it("has a default for everything", () => {
    const { rules } = configOf({});
    const minute = 60_000;
    const severity = (firstUpdate: number | null, updateEvery: number | null, more: object = {}) => ({
      name: expect.any(String),
      description: expect.any(String),
      firstUpdate: firstUpdate && firstUpdate * minute,
      updateEvery: updateEvery && updateEvery * minute,
      escalation: null,
      invite: [],
      postmortemWithin: null,
      ...more,
    });
    const days = (count: number) => count * 24 * 60 * minute;
    expect(rules).toEqual({
      timezone: "UTC",
      dateOrder: "mdy",
      workingHours: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" },
      channels: { announcements: "incidents", naming: "inc-{n}-{slug}", topic: true, archiveAfter: null },
      severities: {
        SEV1: severity(10, 15, { name: "Critical", postmortemWithin: days(3) }),
        SEV2: severity(15, 30, { name: "High", postmortemWithin: days(5) }),
        SEV3: severity(30, 60, { name: "Moderate", whenMissed: "remind" }),
        SEV4: severity(null, null, { name: "Low" }),
      },
      defaultSeverity: "SEV2",
      updates: {
        warnBefore: 5 * minute,
        grace: 5 * minute,
        whenMissed: "post",
        maxAutomatic: 2,
        slowAfter: 120 * minute,
        template:
          "Status: {status}\nImpact: {impact}\nStarted: {started}\nCurrent action: {currentAction}\nNext update: {nextUpdate}\n",
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
      runbooks: [expect.objectContaining({ name: "High Error Rate", escalation: null })],
    });
  });

  it("changes what it names and nothing else", () => {
    const { rules } = configOf(
      { SITREP_CONFIG: "ops/sitrep.yml" },
      {
        "ops/sitrep.yml": `
timezone: Asia/Ho_Chi_Minh
channels: { announcements: "#ops" }
severities:
  SEV1: { updateEvery: 90s, whenMissed: remind }
  SEV4: { firstUpdate: 1d }
defaultSeverity: SEV3
updates: { slowAfter: off, template: mine.md }
timeline: { mark: ":bookmark:" }
`,
        "ops/mine.md": "{status} - {impact}\n",
      },
    );
    expect(rules.timezone).toBe("Asia/Ho_Chi_Minh");
    expect(rules.channels).toEqual({
      announcements: "ops",
      naming: "inc-{n}-{slug}",
      topic: true,
      archiveAfter: null,
    });
    const before = configOf({}).rules;
    expect(rules.severities).toEqual({
      ...before.severities,
      SEV1: { ...before.severities.SEV1, updateEvery: 90_000, whenMissed: "remind" },
      SEV4: { ...before.severities.SEV4, firstUpdate: 86_400_000 },
    });
    expect(rules.updates).toEqual({
      ...before.updates,
      slowAfter: null,
      template: "{status} - {impact}\n",
    });
    expect(rules.timeline.mark).toBe("bookmark");
  });

  it("may switch announcements off", () => {
    const { rules } = configOf({}, { "sitrep.yml": "channels:\n  announcements: off\n" });
    expect(rules.channels.announcements).toBeNull();
  });

  it.each(["", "# nothing yet\n", "updates:\n"])("may hold nothing: %j", (yml) => {
    const faults = faultsIn(yml);
    expect(faults).toEqual(yml === "updates:\n" ? ["sitrep.yml:1: updates: expected keys with values"] : []);
  });

  it("names line, expectation and nearest name of each fault, in the order of the file", () => {
    expect(
      faultsIn(`timezone: UTC
updates:
  grce: 5m
  whenMissed: pots
  maxAutomatic: many
  slowAfter: 2 hours
severities:
  SEV2:
    updateEvery: 30
  SEV5: {}
channels: { naming: "inc-{n}-{titel}" }
colour: red
`),
    ).toEqual([
      "sitrep.yml:3: updates.grce is no key: expected warnBefore, grace, whenMissed, maxAutomatic, slowAfter, template; nearest: grace",
      "sitrep.yml:4: updates.whenMissed: expected post, remind, off; nearest: post",
      "sitrep.yml:5: updates.maxAutomatic: expected a whole number from 0 to 100",
      "sitrep.yml:6: updates.slowAfter: expected a duration such as 90s, 15m, 2h or 3d, or off",
      "sitrep.yml:9: severities.SEV2.updateEvery: expected a duration such as 90s, 15m, 2h or 3d, or off",
      "sitrep.yml:10: severities.SEV5 is no key: expected SEV1, SEV2, SEV3, SEV4; nearest: SEV1",
      "sitrep.yml:11: channels.naming: {titel} is no variable: expected {n}, {date}, {sev}, {slug}",
      "sitrep.yml:12: colour is no key: expected timezone, dateOrder, workingHours, channels, severities, defaultSeverity, updates, timeline, assessment, mitigation, roles, prompts, audiences, services, onCall, escalation, webhooks, phones, runbooks",
    ]);
  });

  it("says of what a later version will read that it is not supported yet", () => {
    expect(
      faultsIn(`audiences:
  support: { channel: support, webhook: status }
alerts: { declare: [] }
retention: { messages: 400d }
`),
    ).toEqual([
      "sitrep.yml:2: audiences.support.webhook is not supported yet: take it out",
      "sitrep.yml:3: alerts is not supported yet: take it out",
      "sitrep.yml:4: retention is not supported yet: take it out",
    ]);
  });

  it("says where YAML itself is broken", () => {
    expect(faultsIn("timezone: UTC\nupdates: { grace: 5m\n")[0]).toMatch(/^sitrep\.yml:[23]: /);
    expect(faultsIn("timezone: UTC\ntimezone: UTC\n")[0]).toMatch(/^sitrep\.yml:2: .*unique/);
    expect(faultsIn("- a list\n")).toEqual(["sitrep.yml:1: the file: expected keys with values"]);
  });

  it("must be there when it was asked for", () => {
    expect(faultsOf({ SITREP_CONFIG: "elsewhere.yml" })).toEqual([
      "SITREP_CONFIG: elsewhere.yml cannot be read",
    ]);
  });
});

describe("the update template", () => {
  it("refuses an unknown variable with its line", () => {
    expect(
      faultsOf(
        {},
        {
          "sitrep.yml": "updates: { template: mine.md }\n",
          "mine.md": "Status: {status}\nImpact: {impcat}\n",
        },
      ),
    ).toEqual([
      "mine.md:2: {impcat} is no variable: expected {status}, {impact}, {started}, {currentAction}, {nextUpdate}; nearest: impact",
    ]);
  });

  it("must be there and say something", () => {
    const yml = "timezone: UTC\nupdates:\n  template: mine.md\n";
    expect(faultsIn(yml)).toEqual(["sitrep.yml:3: updates.template: mine.md cannot be read"]);
    expect(faultsOf({}, { "sitrep.yml": yml, "mine.md": " \n" })).toEqual(["mine.md: the template is empty"]);
  });
});
