import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RealClock } from "../../src/workspace/clock.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { caller, invite, MANIFEST, stage } from "./tiny-app.ts";

describe("a workspace", () => {
  it("starts with everybody but the bot in its channels", async () => {
    await using ws = await Workspace.start({
      people: ["alice", { name: "bob", realName: "Bob B" }],
      manifest: MANIFEST,
    });
    expect(ws.channels()).toEqual(["general", "incidents"]);
    expect(ws.channel("#incidents")).toMatchObject({
      name: "incidents",
      members: ["alice", "bob"],
      archived: false,
    });
    expect(() => ws.channel("nope")).toThrow('There is no channel nope. There are "general", "incidents".');
  });

  it("reads its manifest from a file too, and refuses a bad one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "workspace-"));
    const path = join(folder, "manifest.yml");
    await writeFile(path, MANIFEST);
    await using ws = await Workspace.start({ people: ["alice"], manifest: path });
    expect(ws.installation.commands.has("/tiny")).toBe(true);
    await rm(folder, { recursive: true });
    const wrong = MANIFEST.replace("commands, ", "");
    await expect(Workspace.start({ people: ["alice"], manifest: wrong })).rejects.toThrow(
      "needs the scope commands",
    );
  });

  it("gives the same ids and tokens for the same seed, others for another", async () => {
    await using one = await Workspace.start({ people: ["alice"], manifest: MANIFEST, seed: 7 });
    await using same = await Workspace.start({ people: ["alice"], manifest: MANIFEST, seed: 7 });
    await using other = await Workspace.start({ people: ["alice"], manifest: MANIFEST, seed: 8 });
    const tokens = [one, same, other].map(({ installation }) => installation.botToken);
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[0]).not.toBe(tokens[2]);
  });

  it("hands out the bot's variables by transport", async () => {
    await using ws = await Workspace.start({ people: ["alice"], manifest: MANIFEST });
    expect(ws.env()).toEqual({
      SLACK_BOT_TOKEN: ws.installation.botToken,
      SLACK_API_URL: `${ws.baseUrl}/api/`,
      SLACK_SIGNING_SECRET: ws.installation.signingSecret,
    });
    expect(await caller(ws)("auth.test")).toMatchObject({ ok: true, user_id: ws.installation.botUserId });
  });

  it("is idle only when nothing is open or on its way", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    app.reply = async () => {
      await answered;
      return {};
    };
    await ws.as("alice").in("#general").says("x");
    expect(ws.isIdle()).toBe(false);
    const settled = ws.settle();
    answer();
    await settled;
    expect(ws.isIdle()).toBe(true);
  });

  it("can be away: nothing comes through either way, and what was missed is retried", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    ws.faults.setAway(true);
    await expect(call("auth.test")).rejects.toThrow("fetch failed");
    await expect(fetch(`${ws.baseUrl}/response/x`, { method: "POST" })).rejects.toThrow("fetch failed");
    await ws.as("alice").in("#general").says("missed");
    expect((await ws.as("alice").in("#general").types("/tiny x")).error).toContain("dispatch_failed");
    expect(app.received).toEqual([]);
    ws.faults.setAway(false);
    await ws.clock.advance("1m");
    expect(app.events().map(({ event }) => event.text)).toEqual(["missed"]);
  });

  it("runs on the machine's time too", async () => {
    await using ws = await Workspace.start({ people: ["alice"], manifest: MANIFEST, clock: new RealClock() });
    await ws.as("alice").in("#general").says("now");
    await ws.settle();
    expect(ws.channel("general").transcript()).toContain("alice: now");
    expect(() => ws.clock.jump(1)).toThrow("cannot be moved");
  });

  it("stops in the middle of retries and silence, and can be started again on its port", async () => {
    const scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.reply = () => ({ silent: true });
    await ws.as("alice").in("#general").says("x");
    const port = Number(new URL(ws.baseUrl).port);
    await scene[Symbol.asyncDispose]();
    await using again = await Workspace.start({ people: ["alice"], manifest: MANIFEST, port });
    expect(again.baseUrl).toBe(ws.baseUrl);
    await expect(Workspace.start({ people: ["alice"], manifest: MANIFEST, port })).rejects.toThrow(
      "EADDRINUSE",
    );
  });
});
