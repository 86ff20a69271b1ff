import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { RealClock } from "../../src/workspace/clock.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { SitrepProcess } from "../app/a-process.ts";

let folder = "";
let ws: Workspace;
let socketWorkspace: Workspace;
const running: SitrepProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-start-"));
  const options = { people: ["alice"], manifest: "manifest.yml", clock: new RealClock() };
  ws = await Workspace.start(options);
  socketWorkspace = await Workspace.start({ ...options, transport: "socket" });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process[Symbol.asyncDispose]()));
  await Promise.all([ws.stop(), socketWorkspace.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** `sitrep start` with the workspace's variables and those given; nothing of this process's environment. */
function started(env: Record<string, string> = {}): SitrepProcess {
  const process = new SitrepProcess({ cwd: folder, env: { ...ws.env(), PORT: "0", ...env } });
  running.push(process);
  return process;
}

async function ended(process: SitrepProcess) {
  const { code, err } = await process.end();
  return { code, err };
}

const oneLine = (says: RegExp) => ({
  code: 1,
  err: expect.stringMatching(new RegExp(`^sitrep: .*${says.source}.*\n$`)),
});

describe("sitrep start", () => {
  it("serves until SIGTERM, which it obeys in order", async () => {
    const child = started();
    const port = await child.ready();
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(alive.status).toBe(200);
    child.kill("SIGTERM");
    expect(await child.end()).toEqual({ code: 0, signal: null, err: "" });
  });

  it("misses a token", async () => {
    expect(await ended(started({ SLACK_BOT_TOKEN: "" }))).toEqual(oneLine(/SLACK_BOT_TOKEN is missing/));
  });

  it("is refused a wrong token, and does not print it", async () => {
    const found = await ended(started({ SLACK_BOT_TOKEN: "xoxb-not-the-one" }));
    expect(found).toEqual(oneLine(/SLACK_BOT_TOKEN|token/));
    expect(found.err).not.toContain("xoxb-not-the-one");
  });

  it.each(["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])(
    "has %s of another shape, and does not print it",
    async (name) => {
      const found = await ended(started({ [name]: "an-api-key-of-something-else" }));
      expect(found).toEqual(oneLine(new RegExp(`${name}: expected an? .* token, which starts with x`)));
      expect(found.err).not.toContain("an-api-key");
    },
  );

  it("is refused its app-level token", async () => {
    const env = { ...socketWorkspace.env(), SLACK_APP_TOKEN: "xapp-not-the-one" };
    expect(await ended(started(env))).toEqual(
      oneLine(/Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)/),
    );
  });

  it("says all at once that is wrong with the environment", async () => {
    const found = await ended(started({ SLACK_BOT_TOKEN: "", PORT: "eighty", LOG_LEVEL: "inof" }));
    expect(found.code).toBe(1);
    expect(found.err.split("\n").map((line) => line.split(/ is | expected /)[0])).toEqual([
      expect.stringMatching(/^sitrep: /),
      expect.stringMatching(/^sitrep: /),
      expect.stringMatching(/^sitrep: /),
      "",
    ]);
  });

  it("finds its port taken", async () => {
    const other = createServer();
    await once(other.listen(0), "listening");
    try {
      const address = z.object({ port: z.number() }).parse(other.address());
      const found = await ended(started({ PORT: String(address.port) }));
      expect(found).toEqual(oneLine(new RegExp(String(address.port))));
    } finally {
      await new Promise((closed) => other.close(closed));
    }
  });

  it("cannot write its database", async () => {
    await writeFile(join(folder, "a-file"), "");
    const found = await ended(started({ DATABASE_URL: "file:./a-file/sitrep.db" }));
    expect(found).toEqual(oneLine(/a-file\/sitrep\.db cannot be opened and written/));
  });

  // There Node's own mkdir of a whole path never ends.
  it("cannot make the folder of its database", async () => {
    const found = await ended(started({ DATABASE_URL: "file:/proc/none/sitrep.db" }));
    expect(found).toEqual(oneLine(/\/proc\/none\/sitrep\.db cannot be opened and written/));
  });

  it("is the second one on its database", async () => {
    const first = started();
    await first.ready();
    expect(await ended(started())).toEqual(oneLine(/Another Sitrep is running on the database/));
    expect(first.runs).toBe(true);
  });

  it("has a sitrep.yml with an unknown key, and names the nearest", async () => {
    await writeFile(join(folder, "sitrep.yml"), "updates:\n  grce: 5m\n");
    expect(await ended(started())).toEqual(oneLine(/sitrep\.yml:2: updates\.grce is no key.*grace/));
  });

  it("has a sitrep.yml that is no YAML", async () => {
    await writeFile(join(folder, "sitrep.yml"), "timezone: UTC\nupdates: { grace: 5m\n");
    expect(await ended(started())).toEqual(oneLine(/sitrep\.yml:\d+: /));
  });

  it("is pointed at a sitrep.yml that is not there", async () => {
    expect(await ended(started({ SITREP_CONFIG: "gone.yml" }))).toEqual(oneLine(/gone\.yml/));
  });
});
