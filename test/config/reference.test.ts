import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { keysAt } from "../../src/config/schema-keys.ts";
import { configFileSchema } from "../../src/config/schema.ts";
import { loadRecordConfig } from "../../src/config.ts";
import { audienceVariables } from "../../src/domain/policy/audience-variables.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/configuration.md");
const [source = "", full = ""] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml);
const example: unknown = parse(source);

/** `updates.grace`, for every key of a mapping. */
const paths = (value: unknown, above = ""): string[] => {
  const mapping = z.record(z.string(), z.unknown()).safeParse(value);
  return mapping.success
    ? Object.entries(mapping.data).flatMap(([key, each]) => paths(each, `${above}.${key}`))
    : [above.slice(1)];
};

test("the example of the reference says what holds without a file", () => {
  expect(configFileSchema.parse(example)).toEqual(configFileSchema.parse({}));
});

test("the example of the reference leaves out no key that has a default", () => {
  expect(paths(example).toSorted()).toEqual(paths(configFileSchema.parse({})).toSorted());
});

test("the template of the reference is the one that holds without a file", () => {
  const [, block = ""] = /`templates\/update\.md`:\n\n((?: {4}.*\n)+)/.exec(page) ?? [];
  expect(block.replaceAll(/^ {4}/gm, "")).toBe(read("templates/update.md"));
});

test("the example of who is called and told is read as it stands, and with the shipped runbook beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-reference-"));
  try {
    writeFileSync(join(folder, "sitrep.yml"), full);
    cpSync(join(root, "runbooks"), join(folder, "runbooks"), { recursive: true });
    cpSync(join(root, "templates"), join(folder, "templates"), { recursive: true });
    const loaded = loadRecordConfig({ env: {}, cwd: folder });
    expect(loaded).toMatchObject({ ok: true });
    if (!loaded.ok) return;
    const { rules } = loaded.config;
    expect(Object.keys(rules.escalation)).toEqual(["default", "payments"]);
    expect(rules.runbooks.map(({ name, escalation }) => [name, escalation])).toEqual([
      ["High Error Rate", "default"],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every key of the schema stands in one of the examples", () => {
  const written = new Set(
    [source, full].flatMap((yaml) => [...yaml.matchAll(/([\w]+):/g)].map(([, key]) => key)),
  );
  const known = ["severities.SEV1", "audiences.support", "services.x", "onCall.x", "onCall.x.overrides.0"];
  known.push(
    "webhooks.x",
    "webhooks.x.secret",
    "escalation.x",
    "escalation.x.steps.0",
    "assessment.table.0.when",
    "mitigation.expected",
    "",
  );
  const keys = known.flatMap((path) => keysAt(configFileSchema, path === "" ? [] : path.split(".")));
  expect(keys.length).toBeGreaterThan(50);
  expect(keys.filter((key) => !written.has(key))).toEqual([]);
});

test("the variables of an audience's template stand in the reference", () => {
  expect(audienceVariables.filter((name) => !page.includes(`\`{${name}}\``))).toEqual([]);
});
