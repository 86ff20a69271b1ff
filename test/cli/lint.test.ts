import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sitrep } from "./terminal.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "sitrep-lint-"));
  await writeFile(join(cwd, "blame.md"), "# Root Cause\n\nBob deployed buggy code.\n");
  await writeFile(join(cwd, "calm.md"), "# Root Cause\n\nThe deployment process did not catch the bug.\n");
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

it("says where a file blames somebody, and ends with 1", async () => {
  const { code, out } = await sitrep(["lint", "blame.md"], { cwd });
  expect(code).toBe(1);
  expect(out).toContain("blame.md:3:1: person-as-cause: “Bob deployed buggy code”");
});

it("gives the findings as an array", async () => {
  const { code, out } = await sitrep(["lint", "blame.md", "--json"], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual([
    {
      line: 3,
      column: 1,
      class: "person-as-cause",
      text: "Bob deployed buggy code",
      suggestion: expect.stringContaining("The deployment process did not catch"),
    },
  ]);
});

it("ends with 0 when nothing is found", async () => {
  expect(await sitrep(["lint", "calm.md"], { cwd })).toMatchObject({
    code: 0,
    out: "calm.md: nothing found.\n",
  });
  expect(await sitrep(["lint", "calm.md", "--json"], { cwd })).toMatchObject({ code: 0, out: "[]\n" });
});

it("says which file cannot be read", async () => {
  const { code, err } = await sitrep(["lint", "no.md"], { cwd });
  expect(code).toBe(1);
  expect(err).toContain("no.md cannot be read");
});
