import { globSync } from "node:fs";
import { join } from "node:path";
import { cruise } from "dependency-cruiser";
import { expect, test } from "vitest";
import { z } from "zod";
import { cruiseOptions, rooms } from "./imports.config.ts";

const root = join(import.meta.dirname, "..");

const cruised = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** What the rules say of the folder's `src`: the modules read there, and a line for each violation. */
async function inspect(folder: string): Promise<{ modules: string[]; violations: string[] }> {
  const { output } = await cruise(["src"], cruiseOptions(folder));
  const { modules, summary } = cruised.parse(typeof output === "string" ? JSON.parse(output) : output);
  return {
    modules: modules.map(({ source }) => source).filter((source) => source.startsWith("src/")),
    violations: summary.violations
      .map(({ from, to, rule }) => `${from} -> ${to.replace(/^(?:\.\.\/)+/, "")}: ${rule.name}`)
      .toSorted(),
  };
}

const sourcesOf = (folder: string): string[] => globSync("src/**/*.ts", { cwd: folder });

test("every import is one that the table of rooms allows", async () => {
  const { modules, violations } = await inspect(root);
  expect(violations, violations.join("\n")).toEqual([]);
  // A parser that is missing reads nothing and finds nothing wrong.
  expect(modules).toEqual(expect.arrayContaining(sourcesOf(root)));
});

test("every folder and file of src is in the table", () => {
  const places = new Set(sourcesOf(root).map((file) => file.split("/")[1]));
  expect(rooms.map(({ room }) => room)).toEqual(expect.arrayContaining([...places]));
});

test("imports inside the table pass", async () => {
  const folder = join(root, "test/fixtures/imports/good");
  const { modules, violations } = await inspect(folder);
  expect(violations).toEqual([]);
  expect(modules.toSorted()).toEqual(sourcesOf(folder).toSorted());
});

test("imports outside the table are caught, whether of types, at run time or on demand", async () => {
  const { violations } = await inspect(join(root, "test/fixtures/imports/bad"));
  expect(violations.map((line) => line.replace(/node_modules\/((?:@[^/]+\/)?[^/]+)\/.*?:/, "$1:"))).toEqual([
    "src/domain/decide.ts -> @slack/web-api: @slack/(?!types/)[^/]+ is known to slack alone",
    "src/domain/decide.ts -> @slack/web-api: domain imports only the packages zod, date-fns, @date-fns/tz, @sindresorhus/slugify, any-ascii",
    "src/domain/decide.ts -> date-fns: date-fns is imported one function at a time",
    "src/domain/decide.ts -> os: domain imports nothing of Node's",
    "src/domain/decide.ts -> src/store/port.ts: domain imports no other room",
    "src/http/route.ts -> better-sqlite3: (?:drizzle-orm|better-sqlite3) is known to store alone",
    "src/http/route.ts -> src/store/index.ts: http imports only domain, handle.ts, store/port.ts, postmortem, clock.ts, log.ts, clean-up.ts, in-flight.ts",
    "src/http/route.ts -> src/store/index.ts: no folder has an index",
    "src/http/route.ts -> src/workspace/wire.ts: http imports only domain, handle.ts, store/port.ts, postmortem, clock.ts, log.ts, clean-up.ts, in-flight.ts",
    "src/slack/press.ts -> src/handle.ts: slack changes an incident through input.ts alone",
    "src/store/circle.ts -> src/store/port.ts: modules make no cycle",
    "src/workspace/wire.ts -> src/store/port.ts: workspace imports no other room",
  ]);
});
