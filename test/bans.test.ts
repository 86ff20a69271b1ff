import { execFile } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ban, breachesIn } from "./bans.ts";

const root = join(import.meta.dirname, "..");

/** Where time and ids are made. */
const exempt: Record<string, readonly Ban[]> = {
  "src/clock.ts": ["clock", "id"],
  "src/workspace/wire-time.ts": ["clock", "id"],
};

describe("bans that the linter cannot express", () => {
  test("hold in every source", async () => {
    const files = globSync("src/**/*.ts", { cwd: root });
    expect(files.length).toBeGreaterThan(0);
    const found = await Promise.all(
      files.map(async (file) => {
        const breaches = await breachesIn(readFileSync(join(root, file), "utf8"));
        return breaches
          .filter(({ ban }) => exempt[file]?.includes(ban) !== true)
          .map(({ ban, line, text }) => `${file}:${line} ${ban}: ${text}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  test("find what they are for", async () => {
    const source = readFileSync(join(root, "test/fixtures/bans/bad.ts"), "utf8");
    expect(await breachesIn(source)).toEqual([
      { ban: "clock", line: 6, text: "new Date()" },
      { ban: "clock", line: 7, text: "new Date" },
      { ban: "clock", line: 8, text: "Date()" },
      { ban: "id", line: 9, text: "crypto.randomUUID" },
      { ban: "import type", line: 10, text: 'import("./good.ts").Moment' },
      { ban: "barrel", line: 11, text: 'export * from "./good.ts";' },
    ]);
  });

  test("find nothing in dates that are given, in comments and in strings", async () => {
    expect(await breachesIn(readFileSync(join(root, "test/fixtures/bans/good.ts"), "utf8"))).toEqual([]);
  });

  test("know a barrel by its passing everything on", async () => {
    expect(
      await breachesIn('import { a } from "./a.ts";\nexport { a };\nexport { b } from "./b.ts";'),
    ).toEqual([{ ban: "barrel", line: 3, text: 'export { b } from "./b.ts";' }]);
    expect(await breachesIn('export { a } from "./a.ts";\nexport const b = 1;')).toEqual([]);
  });
});

describe("bans of the linter", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sitrep-bans-"));
    cpSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Rules that oxlint names when the source stands at the path. */
  async function refusals(path: string, source: string): Promise<string[]> {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), source);
    const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, [oxlint, "--format=unix", "."], { cwd: folder }, (_error, stdout) =>
        resolve(stdout),
      );
    });
    return [...output.matchAll(/(?:restricted-\w+|no-console)(?=\)\])/g)].map(([rule]) => rule);
  }

  const bans: [string, string, string[]][] = [
    ["Date.now()", "restricted-properties", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["performance.now()", "restricted-properties", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["Math.random()", "restricted-properties", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["crypto.randomUUID()", "restricted-properties", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["AbortSignal.timeout(1)", "restricted-properties", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["setTimeout(String, 1)", "restricted-globals", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["setInterval(String, 1)", "restricted-globals", ["src/clock.ts", "src/workspace/wire-time.ts"]],
    ["setImmediate(String)", "restricted-globals", ["src/store/sqlite/batcher.ts"]],
    ['process.env["PORT"]', "restricted-properties", ["src/config.ts"]],
    ["console.log(1)", "no-console", ["src/cli/main.ts"]],
  ];
  test.each(bans)("%s is refused outside its place", async (call, rule, places) => {
    const source = `export const value = ${call};\n`;
    expect(await refusals("src/domain/incident.ts", source)).toEqual([rule]);
    rmSync(join(folder, "src"), { recursive: true });
    for (const place of places) expect(await refusals(place, source), place).toEqual([]);
  });

  test("modules that hold the same are refused too", async () => {
    const source = [
      'import { format } from "date-fns";',
      'import { randomUUID } from "node:crypto";',
      'import { setTimeout } from "node:timers/promises";',
      'import { env } from "node:process";',
      'import { createRequire } from "node:module";',
      "export const all = [format, randomUUID, setTimeout, env, createRequire];",
    ].join("\n");
    expect(await refusals("src/domain/incident.ts", source)).toEqual(
      Array.from({ length: 5 }, () => "restricted-imports"),
    );
  });
});
