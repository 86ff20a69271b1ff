import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Config, loadConfig, loadRecordConfig } from "../../src/config.ts";

const routingKey = "R0123456789abcdef0123456789abcde";
const secret = "a secret of many letters";
const env = {
  SLACK_BOT_TOKEN: "xoxb-1-2",
  SLACK_SIGNING_SECRET: "signing",
  PAGERDUTY_ROUTING_KEY: routingKey,
  PAGER_SECRET: secret,
};

function load(files: Record<string, string>, more: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "sitrep-webhooks-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return { cwd, loaded: loadConfig({ env: { ...env, ...more }, cwd }) };
}

function configOf(files: Record<string, string>, more?: Record<string, string>): Config {
  const { loaded } = load(files, more);
  if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
  return loaded.config;
}

function faultsOf(files: Record<string, string>, more?: Record<string, string>): string[] {
  const { loaded } = load(files, more);
  return loaded.ok ? [] : loaded.faults;
}

const pagerduty = "  pagerduty: { type: pagerduty, routingKey: { env: PAGERDUTY_ROUTING_KEY } }\n";
const yml = (...lines: string[]) => ({ "sitrep.yml": `webhooks:\n${lines.join("\n")}` });

describe("webhooks", () => {
  it("are read with what the environment holds for them, and the rules hold nothing secret", () => {
    const config = configOf(
      {
        "sitrep.yml": `webhooks:\n${pagerduty}  pager: { type: http, url: { env: PAGER_URL }, secret: { env: PAGER_SECRET }, template: bodies/pager.json }
  plain: { type: http, url: "http://pager.internal:8080/x?a=b", secret: { env: PAGER_SECRET } }
escalation: { default: { steps: [{ notify: ["webhook:pagerduty", "webhook:pager"] }] } }\n`,
        "bodies/pager.json": `{ "text": "{summary}" }`,
      },
      { PAGER_URL: "https://pager.example.com/token/abc" },
    );
    expect(config.webhooks).toEqual({
      pagerduty: { type: "pagerduty", url: "https://events.pagerduty.com/v2/enqueue", routingKey },
      pager: {
        type: "http",
        url: "https://pager.example.com/token/abc",
        secret,
        template: { text: `{ "text": "{summary}" }`, isJson: true },
      },
      plain: { type: "http", url: "http://pager.internal:8080/x?a=b", secret },
    });
    expect(config.rules.webhooks).toEqual({
      pagerduty: { type: "pagerduty" },
      pager: { type: "http" },
      plain: { type: "http" },
    });
    expect(JSON.stringify(config.rules)).not.toMatch(/pager\.example|R0123|many letters|PAGER_/);
  });

  it.each([
    ["{ type: pagerduty }", "routingKey: is missing: expected { env: NAME }"],
    [`{ type: pagerduty, routingKey: ${routingKey} }`, "routingKey: expected { env: NAME }, the variable"],
    ["{ type: pagerduty, routingKey: { env: a-b } }", "routingKey.env: expected a variable's name such as"],
    ["{ type: pagerduty, routingKey: { env: NOT_THERE } }", "routingKey: the variable NOT_THERE is not set"],
    [
      "{ type: pagerduty, routingKey: { env: PAGER_SECRET } }",
      "routingKey: PAGER_SECRET does not hold the integration key",
    ],
    [
      "{ type: pagerduty, routingKey: { env: PAGERDUTY_ROUTING_KEY }, secret: { env: PAGER_SECRET } }",
      "secret: a webhook of type pagerduty has none",
    ],
    ["{ type: pagerdty }", "type: expected pagerduty, http; nearest: pagerduty"],
    ["{ type: http, secret: { env: PAGER_SECRET } }", "url: is missing: expected an address such as"],
    ["{ type: http, url: 'https://x.example' }", "secret: is missing: expected { env: NAME }"],
    [
      "{ type: http, url: 'ftp://x.example', secret: { env: PAGER_SECRET } }",
      "url: expected an address such as",
    ],
    [
      "{ type: http, url: 'https://me:hunter2@x.example', secret: { env: PAGER_SECRET } }",
      "url: expected an address such as",
    ],
    [
      "{ type: http, url: { env: SHORT }, secret: { env: PAGER_SECRET } }",
      "url: SHORT does not hold an address such as",
    ],
    [
      "{ type: http, url: 'https://x.example', secret: { env: SHORT } }",
      "secret: SHORT does not hold a secret of 16",
    ],
    [
      "{ type: http, url: 'https://x.example', secret: { env: PAGER_SECRET }, template: none.json }",
      "template: none.json cannot be read",
    ],
    [
      "{ type: http, uri: 'https://x.example' }",
      "uri is no key: expected type, url, routingKey, secret, template; nearest: url",
    ],
  ])("are refused, with line and key and no secret: %s", (written, says) => {
    const faults = faultsOf(yml(pagerduty, `  it: ${written}`), { SHORT: "hunter2" });
    expect(faults.join("\n")).toContain(`webhooks.it.${says}`);
    expect(faults[0]).toMatch(/^sitrep\.yml:4: /);
    expect(faults.join("\n")).not.toMatch(/hunter2|R0123|many letters/);
  });

  it("have templates whose variables are known, within quotes where they are JSON", () => {
    const of = (name: string, text: string) =>
      faultsOf({
        "sitrep.yml": `webhooks: { it: { type: http, url: "https://x.example", secret: { env: PAGER_SECRET }, template: ${name} } }\n`,
        [name]: text,
      });
    expect(of("a.json", `{ "a": "{summary}", "b": ["{act}"] }`)).toEqual([]);
    expect(of("a.txt", "{summary} ({severity})")).toEqual([]);
    expect(of("a.json", `{\n"a": "{sumary}" }`)).toEqual([
      expect.stringMatching(/^a\.json:2: \{sumary\} is no variable: expected \{act\}, .*; nearest: summary$/),
    ]);
    expect(of("a.json", `{ "a": {summary} }`)).toEqual([
      "a.json: expected JSON with its variables within quotes",
    ]);
    expect(of("a.txt", " \n")).toEqual(["a.txt: the template is empty"]);
  });

  it("need no variables for the commands that only work on the record", () => {
    const { cwd } = load(yml(pagerduty));
    const record = loadRecordConfig({ env: {}, cwd });
    expect(record).toMatchObject({
      ok: true,
      config: { rules: { webhooks: { pagerduty: { type: "pagerduty" } } } },
    });
  });
});
