import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { RealClock } from "../../src/workspace/clock.ts";
import { Workspace } from "../../src/workspace/workspace.ts";

const command = resolve("bin/sitrep.js");
let folder = "";
let ws: Workspace;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-start-"));
  ws = await Workspace.start({ people: ["alice"], manifest: "manifest.yml", clock: new RealClock() });
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
  await ws.stop();
  await rm(folder, { recursive: true, force: true });
});

/** `sitrep start` with the workspace's variables and those given; nothing of this process's environment. */
function started(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, "start"], {
    cwd: folder,
    env: { ...ws.env(), PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}

async function ended(child: ReturnType<typeof started>) {
  const [[code], err] = await Promise.all([once(child, "close"), textOf(child.stderr), textOf(child.stdout)]);
  return { code: Number(code), err };
}

/** The port it serves on, once it is ready. */
async function ready(child: ReturnType<typeof started>): Promise<number> {
  for await (const line of createInterface({ input: child.stdout })) {
    const told = z.object({ msg: z.string(), port: z.number().optional() }).safeParse(JSON.parse(line));
    if (told.data?.msg === "Sitrep is ready" && told.data.port !== undefined) return told.data.port;
  }
  throw new Error("It ended before it was ready");
}

const oneLine = (says: RegExp) => ({
  code: 1,
  err: expect.stringMatching(new RegExp(`^sitrep: .*${says.source}.*\n$`)),
});

describe("sitrep start", () => {
  it("serves until SIGTERM, which it obeys in order", async () => {
    const child = started();
    const port = await ready(child);
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(alive.status).toBe(200);
    child.kill("SIGTERM");
    const [code, signal] = await once(child, "exit");
    expect({ code: Number(code), signal: String(signal) }).toEqual({ code: 0, signal: "null" });
  });

  it("misses a token", async () => {
    expect(await ended(started({ SLACK_BOT_TOKEN: "" }))).toEqual(oneLine(/SLACK_BOT_TOKEN is missing/));
  });

  it("is refused a wrong token, and does not print it", async () => {
    const found = await ended(started({ SLACK_BOT_TOKEN: "xoxb-not-the-one" }));
    expect(found).toEqual(oneLine(/SLACK_BOT_TOKEN|token/));
    expect(found.err).not.toContain("xoxb-not-the-one");
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

  it("is the second one on its database", async () => {
    const first = started();
    await ready(first);
    expect(await ended(started())).toEqual(oneLine(/Another Sitrep is running on the database/));
    expect(first.exitCode).toBeNull();
  });

  it("has a broken sitrep.yml", async () => {
    await writeFile(join(folder, "sitrep.yml"), "updates:\n  grce: 5m\n");
    expect(await ended(started())).toEqual(oneLine(/sitrep\.yml:2: updates\.grce is no key/));
  });
});
