import { describe, expect, it } from "vitest";
import { z } from "zod";
import { startApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const minute = 60_000;
const count = (text: string, part: string) => text.split(part).length - 1;

const readySchema = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string() })),
});

/** What `/readyz` says of one thing. */
async function says(world: World, name: string): Promise<{ status: number; ok: boolean; says: string }> {
  const answer = await world.api("/readyz");
  const check = readySchema.parse(await answer.json()).checks.find((each) => each.name === name);
  return { status: answer.status, ok: check?.ok ?? false, says: check?.says ?? "" };
}

/** Socket Mode comes back in its own time, which is real. */
async function ready(world: World): Promise<void> {
  while ((await world.api("/readyz")).status !== 200) await new Promise(setImmediate);
}

/** Does something at an instant, while the clock runs on. */
function at<T>({ ws }: World, minutes: number, act: () => T | Promise<T>): Promise<T> {
  return ws.clock.sleepUntil(ws.clock.now() + minutes * minute, "dispatch").then(act);
}

describe.each(["http", "socket"] as const)("over %s, Sitrep that starts while Slack is away", (transport) => {
  it("for the first time, serves at once and is connected as soon as Slack answers", async () => {
    await using world = await World.open({ transport, started: false });
    const { ws } = world;
    ws.faults.setAway(true);
    await world.startApp();
    expect(await says(world, "slack")).toEqual({
      status: 503,
      ok: false,
      says: "Slack has not answered yet",
    });
    void at(world, 10, () => ws.faults.setAway(false));
    await ws.clock.advance("12m");
    await ready(world);
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await world.transcript(channel)).toContain("INC-1 checkout 500s");
    expect(await says(world, "slack")).toMatchObject({ status: 200, ok: true });
  });

  it("again, lets timers fire at their times, and what people should see goes out once it is back", async () => {
    await using world = await World.open({ transport });
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    await world.stopApp();
    ws.faults.setAway(true);
    await world.startApp();
    expect(await says(world, "slack")).toMatchObject({ status: 503, ok: false });
    const due = (await world.app.store.incident(1))?.nextDue ?? Number.NaN;
    const reminded = at(world, 25, async () => {
      const events = await world.app.store.events(1);
      ws.faults.setAway(false);
      return events.filter(({ event }) => event.type === "UpdateReminded").map(({ event }) => event.at);
    });
    await ws.clock.advance("30m");
    await ready(world);
    expect(await reminded).toEqual([due]);
    const told = await world.transcript(channel);
    expect(count(told, "Update 2 ·")).toBe(1);
    await world.as("alice").in(`#${channel}`).types("/incident resolve Rolled back");
    expect(await world.transcript(channel)).toContain("(final) · INC-1");
    expect(await says(world, "slack")).toMatchObject({ status: 200, ok: true });
  });
});

describe("a token", () => {
  it("that was revoked while Sitrep was down stops no timer, is told, and may hold again", async () => {
    await using world = await World.open();
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    await world.stopApp();
    ws.faults.always(/^/, { when: "before", answer: { error: "token_revoked" } });
    await world.startApp();
    expect(await says(world, "slack")).toEqual({
      status: 503,
      ok: false,
      says: expect.stringContaining("SLACK_BOT_TOKEN was revoked (token_revoked): install the app again"),
    });
    const reminded = at(world, 20, async () => {
      const events = await world.app.store.events(1);
      ws.faults.clear();
      return events.some(({ event }) => event.type === "UpdateReminded");
    });
    await ws.clock.advance("22m");
    expect(await reminded).toBe(true);
    expect(await says(world, "slack")).toMatchObject({ status: 200, ok: true });
    expect(await world.transcript(channel)).toContain("Update 2 ·");
  });

  it("for Socket Mode that is refused at a later start is tried again, while all else goes on", async () => {
    await using world = await World.open({ transport: "socket" });
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    await world.stopApp();
    ws.faults.always("apps.connections.open", { when: "before", answer: { error: "invalid_auth" } });
    await world.startApp();
    expect(await says(world, "slack")).toEqual({
      status: 503,
      ok: false,
      says: expect.stringContaining("Slack does not accept SLACK_APP_TOKEN (invalid_auth)"),
    });
    void at(world, 17, () => ws.faults.clear());
    await ws.clock.advance("19m");
    await ready(world);
    expect(await world.transcript(channel)).toContain("update is due");
    await world.as("alice").in(`#${channel}`).types("/incident resolve Rolled back");
    expect(await world.transcript(channel)).toContain("(final) · INC-1");
    expect(await says(world, "slack")).toMatchObject({ status: 200, ok: true });
  });

  it("that never worked ends the start with a sentence, also when Slack was away at first", async () => {
    await using world = await World.open({ started: false });
    const { ws } = world;
    const env = { ...world.env(), SLACK_BOT_TOKEN: "xoxb-1-wrong" };
    const loaded = loadConfig({ env, cwd: world.folder });
    if (!loaded.ok) throw new Error(loaded.faults.join());
    const { config } = loaded;
    const fatal = Promise.withResolvers<string>();
    const options = { config, log: createLog({ level: "silent" }), clock: ws.clock, onFatal: fatal.resolve };
    const sentence = expect.stringContaining("Slack does not accept SLACK_BOT_TOKEN (invalid_auth)");
    expect(await startApp(options)).toEqual({ fault: sentence });

    ws.faults.setAway(true);
    const app = await startApp(options);
    if ("fault" in app) throw new Error(app.fault);
    await using _ = app;
    ws.faults.setAway(false);
    await ws.clock.advance("1m");
    expect(await fatal.promise).toEqual(sentence);
  });

  it("of another bot is not taken for the one that is remembered", async () => {
    await using world = await World.open();
    const kept = (await world.app.store.meta("identity")) ?? "";
    expect(kept).toContain(world.ws.installation.botId);
    expect(kept).not.toContain(world.ws.installation.botToken);
    await world.stopApp();
    world.ws.faults.setAway(true);
    const env = { ...world.env(), SLACK_BOT_TOKEN: "xoxb-2-another" };
    const loaded = loadConfig({ env, cwd: world.folder });
    if (!loaded.ok) throw new Error(loaded.faults.join());
    const app = await startApp({
      config: loaded.config,
      log: createLog({ level: "silent" }),
      clock: world.ws.clock,
    });
    if ("fault" in app) throw new Error(app.fault);
    await using _ = app;
    const answer = await fetch(`http://127.0.0.1:${app.port}/readyz`);
    expect(await answer.text()).toContain("Slack has not answered yet");
  });
});
