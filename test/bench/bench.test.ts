import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { benches } from "./benches.ts";
import { type Figure, isHeld, lineOf, ratios, spreadOf } from "./figures.ts";

const run = promisify(execFile);
const writtenSchema = z.object({
  about: z.record(z.string(), z.string()),
  figures: z
    .array(z.object({ name: z.string(), rounds: z.array(z.number()).min(1), median: z.number() }))
    .min(1),
});

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "sitrep-figures-"));
});
afterAll(() => rm(out, { recursive: true }));

const bench = (...args: string[]) =>
  run(process.execPath, ["test/bench/run.ts", "--quick", "--out", out, ...args]);

// What it measures depends on the machine and is no test's business.
test.each(benches)(
  "$name runs, tells its figures and writes them down",
  async ({ name }) => {
    const { stdout } = await bench(name);
    const { about, figures } = writtenSchema.parse(
      JSON.parse(await readFile(join(out, `${name}.json`), "utf8")),
    );
    expect(about).toMatchObject({ machine: expect.any(String), node: process.versions.node });
    for (const figure of figures) expect(stdout).toContain(figure.name);
  },
  120_000,
);

test("a bench that is not there is named, with those that are", async () => {
  const failed = await bench("evnets").catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stdout: expect.stringContaining("There are events") });
});

test("the spread is the median and the quartiles", () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 });
  expect(spreadOf([1, 2])).toEqual({ lower: 1.25, median: 1.5, upper: 1.75 });
});

test("both sides are compared round by round", () => {
  expect(ratios([10, 30], [20, 40])).toEqual([0.5, 0.75]);
});

test("an aim is held or missed by the median", () => {
  const figure: Figure = { name: "ratio", unit: "", rounds: [0.1, 0.9, 0.95], aim: { atLeast: 0.9 } };
  expect(isHeld(figure)).toBe(true);
  expect(isHeld({ ...figure, aim: { atMost: 0.8 } })).toBe(false);
  expect(isHeld({ name: "rate", unit: "", rounds: [1] })).toBeUndefined();
  expect(lineOf({ ...figure, aim: { atMost: 0.8 } })).toContain("aim ≤ 0.8: MISSED");
});
