import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { configFileSchema } from "../../src/config/schema.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/configuration.md");
const [, source = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
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
