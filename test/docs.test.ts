import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const documents = globSync(["README.md", "CONTRIBUTING.md", "docs/**/*.md"], { cwd: root });
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

const folders = "\\.ci|bin|docs|drizzle|scenarios|src|templates|test";

/** Paths of this repository that a page cites: in backticks from a folder at the top, in links from where the page is. */
function pathsIn(text: string, page: string): string[] {
  const cited = text.matchAll(new RegExp(`\`((?:${folders})/[^\`\\s]*)\``, "g"));
  const linked = text.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)/g);
  return [
    ...[...cited].map(([, path = ""]) => path),
    ...[...linked].map(([, path = ""]) => normalize(join(dirname(page), path))),
  ];
}

/** `src/domain/decide/<verb>.ts` stands for every verb, and needs one. */
const exists = (path: string): boolean => {
  const pattern = path.replaceAll(/<[^>]+>/g, "*");
  return pattern.includes("*")
    ? globSync(pattern, { cwd: root }).length > 0
    : existsSync(join(root, pattern));
};

const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run(?: --?[\w-]+)* ([\w:-]+)|(test|start)\b)/g)].map(
    ([, run, short]) => run ?? short ?? "",
  );

test.each(documents)("%s cites only paths that exist", (page) => {
  const paths = pathsIn(readFileSync(join(root, page), "utf8"), page);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});

test.each(documents)("%s names only scripts that exist", (page) => {
  const named = scriptsIn(readFileSync(join(root, page), "utf8"));
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(documents.filter((page) => page.startsWith("docs/adr/")))("%s names what confirms it", (page) => {
  const [, confirmed = ""] = readFileSync(join(root, page), "utf8").split("## Confirmed by");
  const tests = pathsIn(confirmed, page).filter((path) => path.startsWith("test/"));
  expect([...tests, ...scriptsIn(confirmed)]).not.toEqual([]);
});

test("a path is known in backticks and in links, with a word left open in it or not", () => {
  const page = [
    "`src/clock.ts`, `src/domain/decide/<verb>.ts`, `test/`, `dist/app.js`, `SEV1/SEV2`,",
    "[why](adr/0002-outbox.md#decision), [up](../README.md), [out](https://example.com/src/a.ts), [here](#top)",
  ].join("\n");
  expect(pathsIn(page, "docs/ARCHITECTURE.md")).toEqual([
    "src/clock.ts",
    "src/domain/decide/<verb>.ts",
    "test/",
    "docs/adr/0002-outbox.md",
    "README.md",
  ]);
  expect(exists("src/domain/decide/<verb>.ts")).toBe(true);
  expect(exists("src/domain/decide/<verb>.py")).toBe(false);
  expect(exists("src/no-clock.ts")).toBe(false);
});

test("a script is known by its name", () => {
  expect(
    scriptsIn("npm ci && npm test, then `npm run verify`; npm run demo -- --once; npm run --silent types"),
  ).toEqual(["test", "verify", "demo", "types"]);
});
