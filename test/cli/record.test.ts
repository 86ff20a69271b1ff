import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { World } from "../app/world.ts";
import { sitrep } from "./terminal.ts";

async function worldWithIncident(): Promise<World> {
  const world = await World.open();
  await world.as("alice").in("#general").types("/incident declare sev2 Checkout *500s* for <b>all</b>");
  await world.ws.settle();
  return world;
}

describe("sitrep export", () => {
  it("prints the same bytes as the API, while the bot runs and after it has stopped", async () => {
    await using world = await worldWithIncident();
    const place = { env: world.env(), cwd: world.folder };
    const overHttp = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(overHttp).toContain("# Post-Mortem: Checkout");
    expect(await sitrep(["export", "INC-1"], place)).toEqual({ code: 0, out: overHttp, err: "" });
    await world.stopApp();
    expect(await sitrep(["export", "inc-1"], place)).toEqual({ code: 0, out: overHttp, err: "" });
  });

  it("needs none of Slack's variables", async () => {
    await using world = await worldWithIncident();
    const { DATABASE_URL = "" } = world.env();
    const { code } = await sitrep(["export", "1"], { env: { DATABASE_URL }, cwd: world.folder });
    expect(code).toBe(0);
  });

  it("prints the facts as JSON", async () => {
    await using world = await worldWithIncident();
    const { out } = await sitrep(["export", "INC-1", "--format", "json"], {
      env: world.env(),
      cwd: world.folder,
    });
    expect(JSON.parse(out)).toMatchObject({
      reference: "INC-1",
      title: "Checkout 500s for <b>all</b>",
      severity: "SEV2",
      declaredBy: "@alice",
      impact: null,
      sections: { rootCause: null, wentWell: null, toImprove: null },
      timeline: [{ at: "2024-02-15T14:36:00.000Z", kind: "declared", text: "Declared as SEV2 by @alice" }],
    });
  });

  it("says when there is no such incident", async () => {
    await using world = await worldWithIncident();
    expect(await sitrep(["export", "INC-7"], { env: world.env(), cwd: world.folder })).toEqual({
      code: 1,
      out: "",
      err: "sitrep: There is no INC-7.\n",
    });
  });

  it("makes no database where there is none", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "sitrep-cli-"));
    try {
      const path = join(cwd, "data/sitrep.db");
      const expected = {
        code: 1,
        out: "",
        err: `sitrep: There is no database at ${path}; DATABASE_URL says where it is.\n`,
      };
      expect(await sitrep(["export", "INC-1"], { cwd })).toEqual(expected);
      expect(await sitrep(["list"], { cwd })).toEqual(expected);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});

describe("sitrep list", () => {
  it("lists open incidents, a line each", async () => {
    await using world = await worldWithIncident();
    const place = { env: world.env(), cwd: world.folder };
    const line = "INC-1     SEV2  INVESTIGATING  2024-02-15 14:36 UTC  Checkout *500s* for <b>all</b>\n";
    expect(await sitrep(["list"], place)).toEqual({ code: 0, out: line, err: "" });
    expect((await sitrep(["list", "SEV2"], place)).out).toBe(line);
    expect((await sitrep(["list", "sev1"], place)).out).toBe("No sev1 incidents.\n");
  });

  it("lists them as JSON", async () => {
    await using world = await worldWithIncident();
    const { out } = await sitrep(["list", "all", "--json"], { env: world.env(), cwd: world.folder });
    expect(JSON.parse(out)).toMatchObject([
      { reference: "INC-1", status: "INVESTIGATING", severity: "SEV2" },
    ]);
  });

  it("reports a fault of the configuration", async () => {
    await using world = await World.open({ settings: "timezone: UTC\n" });
    const { DATABASE_URL = "" } = world.env();
    const { code, err } = await sitrep(["list"], {
      env: { DATABASE_URL, LOG_LEVEL: "loud" },
      cwd: world.folder,
    });
    expect(code).toBe(1);
    expect(err).toBe("sitrep: LOG_LEVEL: expected fatal, error, warn, info, debug, trace, silent\n");
  });
});

describe("sitrep list", () => {
  it("shows private incidents when they are asked for, and marks them", async () => {
    await using world = await worldWithIncident();
    await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
    await world.as("alice").in("#general").types("/incident declare --drill sev3 fire drill");
    await world.ws.settle();
    const place = { env: world.env(), cwd: world.folder };
    const { out } = await sitrep(["list"], place);
    expect(out).toMatch(/^INC-3 .* DRILL fire drill\nINC-1 /);
    expect(out).not.toMatch(/INC-2|payroll/);
    expect((await sitrep(["list", "--json"], place)).out).not.toMatch(/INC-2|payroll/);
    expect((await sitrep(["list", "--private"], place)).out).toMatch(/INC-2 .* PRIVATE payroll leak/);
    expect(JSON.parse((await sitrep(["list", "sev1", "--private", "--json"], place)).out)).toMatchObject([
      { reference: "INC-2", private: true, drill: false },
    ]);
  });
});
