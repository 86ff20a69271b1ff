import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sitrep } from "./terminal.ts";

let cwd = "";
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "sitrep-demo-test-"));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const fast = ["demo", "--once", "--speed", "1000000"];

describe("sitrep demo", () => {
  it("plays the payment service outage to its post-mortem", async () => {
    const { code, out, err } = await sitrep(fast, { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("14:36 alice typed /incident declare sev2 Payment Service Outage");
    expect(out).toContain("Sitrep (app): @alice Next update is due (14:46 UTC)");
    expect(out).toContain("14:47 alice pressed Post as is");
    const file = join(cwd, "INC-1-post-mortem.md");
    expect(out).toContain(`Written to ${file}`);
    const markdown = await readFile(file, "utf8");
    expect(out).toContain(markdown);
    expect(markdown).toContain("# Post-Mortem: Payment Service Outage\n");
    expect(markdown).toContain("**Duration:** 14:30 - 14:52 UTC (22 minutes)\n");
    expect(markdown).toContain("**Impact:** 15% checkout failures, ~500 affected users\n");
    const timeline = markdown.split("## Timeline\n\n")[1]?.split("\n\n")[0]?.split("\n") ?? [];
    expect(timeline.map((line) => line.replace(/ \(\[source\]\(https:[^)]+\)\)$/, " [source]"))).toEqual([
      "- 14:30 - Deployed v2.3.2 with new retry logic [source]",
      "- 14:32 - Error rate climbing [source]",
      "- 14:35 - Alerts fired [source]",
      "- 14:36 - Declared as SEV2 by @alice",
      "- 14:37 - On-call acknowledged: I am on it [source]",
      "- 14:40 - Decision: roll back the payment service to v2.3.1 [source]",
      "- 14:41 - Status MITIGATING, was INVESTIGATING, set by @alice",
      "- 14:45 - Rollback completed [source]",
      "- 14:52 - Recovered: checkout failures are back to normal [source]",
      "- 14:55 - Resolved by @alice; users had recovered at 14:52 UTC: Rolled back the payment service to v2.3.1",
    ]);
    expect(markdown).not.toContain("To be written");
  });

  it("plays the same twice, byte by byte", async () => {
    const first = await sitrep([...fast, "--out", "one.md"], { cwd });
    const second = await sitrep([...fast, "--out", "two.md"], { cwd });
    expect(second.out.replaceAll("two.md", "one.md")).toBe(first.out);
  });

  it("plays a scenario of one's own", async () => {
    const scenario = `
title: Mine
start: "2024-02-15T14:30:00Z"
people: [dora]
steps:
  - { at: "14:36", who: dora, in: "#general", types: /incident declare mail is late }
`;
    await writeFile(join(cwd, "mine.yml"), scenario);
    const { code, out } = await sitrep(["demo", "mine.yml", "--speed", "1000000"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("# Post-Mortem: mail is late");
  });

  it("says what is wrong with a scenario", async () => {
    await writeFile(join(cwd, "mine.yml"), "title: Mine\nstart: yesterday\npeople: [dora]\nsteps: []\n");
    const broken = await sitrep(["demo", "mine.yml"], { cwd });
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/^sitrep: mine\.yml: start: expected an instant/);
    expect(await sitrep(["demo", "gone.yml"], { cwd })).toEqual({
      code: 1,
      out: "",
      err: "sitrep: The scenario gone.yml cannot be read.\n",
    });
  });
});
