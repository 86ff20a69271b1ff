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
  it("plays the payment service outage to its post-mortem, every stage of it", async () => {
    const { code, out, err } = await sitrep(fast, { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    // In this order.
    const stages = [
      "14:36 alice typed /incident declare sev2 Payment Service Outage",
      "Direct message to bob\n  14:36 Sitrep (app): You are needed: INC-1 Payment Service Outage",
      "14:36 Sitrep (app): Calling @bob (on call: primary), step 1 of default",
      "14:37 bob pressed Ack",
      "Acknowledged: by @bob at 14:37 UTC",
      "14:37 Sitrep (app): @alice leads.",
      "14:38 Sitrep (app): Assessed by @alice",
      "Business impact: revenue loss ($5,000)",
      "14:38 Sitrep (app): Runbook: High Error Rate",
      "See more",
      "14:40 Sitrep (app): Rollback: payment service to v2.3.1",
      "14:41 Sitrep (app): Update 2 · INC-1 Payment Service Outage",
      "14:41 bob pressed Start",
      "14:45 bob pressed Worked",
      "14:46 Sitrep (app): @alice Next update is due (14:46 UTC)",
      "14:47 alice pressed Post as is",
      "14:55 Sitrep (app): Update 4 (final) · INC-1 Payment Service Outage",
      "14:55 Sitrep (app): [file: INC-1-post-mortem.md]",
      "14:57 Sitrep (app): Action item · recorded by @alice",
    ];
    const places = stages.map((stage) => out.indexOf(stage));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    // Who has answered in time is the only one called.
    expect(out).not.toContain("Direct message to carol");
    expect(out).toContain(`Written to ${join(cwd, "INC-1-post-mortem.md")}`);
    expect(out).toContain(await readFile(join(cwd, "INC-1-post-mortem.md"), "utf8"));
  });

  it("ends in the post-mortem that the story deserves", async () => {
    await sitrep(fast, { cwd });
    const markdown = await readFile(join(cwd, "INC-1-post-mortem.md"), "utf8");
    const [head = "", ...sections] = markdown.split(/^## /m);
    const lines = new Map(
      sections.map((section) => {
        const [name = "", ...rest] = section.split("\n").filter((line) => line !== "");
        return [name, rest.map((line) => line.replace(/ \(\[source\]\(https:[^)]+\)\)$/, ""))];
      }),
    );
    expect(head.split("\n").filter((line) => line !== "")).toEqual([
      "# Post-Mortem: Payment Service Outage",
      "- **Incident:** INC-1 (SEV2)",
      "- **Date:** 2024-02-15",
      "- **Duration:** 14:30 - 14:52 UTC (22 minutes)",
      "- **Impact:** 15% checkout failures, ~500 affected users",
      "- **Commander:** @alice · **Authors:** @alice, @bob",
      "- **Status:** Draft",
    ]);
    expect([...lines.keys()]).toEqual([
      "Summary",
      "Timeline",
      "Root Cause",
      "Impact",
      "Action Items",
      "What Went Well",
      "What To Improve",
      "Where We Got Lucky",
      "Response Times",
      "Updates Sent",
      "Escalations",
      "Participants",
    ]);
    expect(markdown).toMatch(/^- 14:30 - Deployed v2\.3\.2 with new retry logic \(\[source\]\(https:/m);
    expect(lines.get("Timeline")).toEqual([
      "- 14:30 - Deployed v2.3.2 with new retry logic",
      "- 14:32 - Error rate climbing",
      "- 14:35 - Alerts fired",
      "- 14:36 - Declared as SEV2 by @alice",
      "- 14:36 - Called @bob (on call: primary)",
      "- 14:37 - Acknowledged by @bob, 1 minute after the call",
      "- 14:37 - @alice took command",
      "- 14:38 - Affected services: payment-service (@alice)",
      "- 14:38 - User impact: many (10–50 %): 15% checkout failures, ~500 affected users; Business impact: revenue loss ($5,000); Scope: one service; Trend: stable (@alice)",
      "- 14:39 - Runbook High Error Rate: List the deployments and configuration changes of the last 2 hours. (done by @bob)",
      "- 14:40 - Mitigation decided by @alice, owner @bob: rollback, payment service to v2.3.1",
      "- 14:41 - Status MITIGATING, was INVESTIGATING, set by @alice",
      "- 14:41 - Mitigation started: Rolling back payment service to v2.3.1 (owner @bob)",
      "- 14:45 - Mitigation worked: rollback, payment service to v2.3.1 (said by @bob)",
      "- 14:52 - Recovered: checkout failures are back to normal",
      "- 14:55 - Resolved by @alice; users had recovered at 14:52 UTC: Rolled back payment service to v2.3.1",
    ]);
    expect(lines.get("Root Cause")).toEqual([
      "The new retry logic looped on certain errors and exhausted the connection pool under load",
    ]);
    expect(lines.get("Impact")).toEqual([
      "15% checkout failures, ~500 affected users",
      "- **User impact:** many (10–50 %)",
      "- **Business impact:** revenue loss ($5,000)",
      "- **Scope:** one service",
      "- **Trend:** stable",
      "- **Services:** payment-service",
      "**Data loss:** no",
    ]);
    expect(lines.get("Action Items")).toEqual([
      "- [ ] Add circuit breaker to retry logic (Owner: @alice, Due: 2024-02-20)",
      "- [ ] Load test the retries before each release (Owner: @bob, Due: 2024-02-27)",
      "- [ ] Monitor and alert on the connection pool (Owner: @carol, Due: 2024-02-22)",
      "- [ ] Add retry behaviour to the deployment checklist (Owner: @bob, Due: 2024-02-23)",
    ]);
    expect(lines.get("Response Times")).toEqual([
      "- **Detect:** 5 minutes, from 14:30 UTC (set by @alice) to 14:35 UTC (detected by alert)",
      "- **Acknowledge:** 7 minutes, from 14:30 UTC (set by @alice) to 14:37 UTC (acknowledged by @bob)",
      "- **Mitigate:** 15 minutes, from 14:30 UTC (set by @alice) to 14:45 UTC (rollback worked)",
      "- **Resolve:** 22 minutes, from 14:30 UTC (set by @alice) to 14:52 UTC (given by @alice)",
    ]);
    expect(lines.get("Updates Sent")?.filter((line) => line.startsWith("- "))).toHaveLength(4);
    expect(lines.get("Participants")).toEqual(["- @alice", "- @bob", "- @carol"]);
    expect(markdown).not.toMatch(/To be written|not recorded\b(?!\\)/);
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

  it("plays with the scenario's own settings, where people go by their names", async () => {
    const scenario = `
title: Mine
start: "2024-02-15T14:30:00Z"
people: [dora, emil]
settings:
  onCall: { primary: { people: ["@emil"] } }
  escalation: { default: { steps: [{ after: 0m, notify: ["oncall:primary"] }] } }
steps:
  - { at: "14:36", who: dora, in: "#general", types: /incident declare sev2 mail is late }
`;
    await writeFile(join(cwd, "mine.yml"), scenario);
    const played = await sitrep(["demo", "mine.yml", "--speed", "1000000"], { cwd });
    expect(played.out).toContain("Calling @emil (on call: primary)");
    const wrong = scenario.replace('["@emil"]', '["@emil"], zon: UTC');
    await writeFile(join(cwd, "mine.yml"), wrong);
    expect(await sitrep(["demo", "mine.yml"], { cwd })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^sitrep: mine\.yml:6: onCall\.primary\.zon is no key/),
    });
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
