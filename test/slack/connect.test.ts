import { describe, expect, test } from "vitest";
import { connectSlack } from "../../src/slack/connect.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { invite, MANIFEST } from "../workspace/tiny-app.ts";
import { connected, working } from "./a-connection.ts";
import { quiet } from "./a-performer.ts";

const tiny = (transport: "http" | "socket" = "http") =>
  Workspace.start({ people: ["alice"], manifest: MANIFEST, transport, rateLimits: false });

const optionsFor = (ws: Workspace) => ({
  botToken: ws.installation.botToken,
  signingSecret: ws.installation.signingSecret,
  apiUrl: ws.env()["SLACK_API_URL"] ?? "",
  clock: ws.clock,
  log: quiet,
});

describe("connecting", () => {
  test("learns who the bot is and what it may do", async () => {
    await using ws = await tiny();
    const slack = working(await connectSlack(optionsFor(ws)));
    const { botId, botUserId, teamId, scopes } = ws.installation;
    expect(slack.auth()).toEqual({
      botId,
      botUserId,
      teamId,
      teamUrl: `https://${ws.state.team.domain}.slack.com/`,
      scopes: expect.arrayContaining([...scopes]),
    });
    expect(slack.state()).toEqual({ reachable: true, says: "Slack answers" });
  });

  test("finds out whether Slack is still there, when it was not asked for a while", async () => {
    await using ws = await tiny();
    const slack = working(await connectSlack({ ...optionsFor(ws), wire: { answerCounts: 0 } }));
    ws.faults.setAway(true);
    expect(slack.state().reachable).toBe(true);
    await slack.check();
    expect(slack.state()).toEqual({
      reachable: false,
      says: expect.stringMatching(/^Slack does not answer/),
    });
    ws.faults.setAway(false);
    await slack.check();
    expect(slack.state().reachable).toBe(true);
  });

  test("asks whether Slack is there once for all who want to know, and not again soon", async () => {
    await using ws = await tiny();
    const lately = working(await connectSlack({ ...optionsFor(ws), wire: { answerCounts: 60_000 } }));
    const always = working(await connectSlack({ ...optionsFor(ws), wire: { answerCounts: 0 } }));
    let asked = 0;
    ws.onCall(({ phase }) => void (asked += phase === "before" ? 1 : 0));
    await lately.check();
    expect(asked).toBe(0);
    await Promise.all([always.check(), always.check()]);
    expect(asked).toBe(1);
  });

  test("takes a Slack that is silent for one that is away", async () => {
    await using ws = await tiny();
    const slack = working(await connectSlack({ ...optionsFor(ws), wire: { answerCounts: 0 } }));
    ws.faults.next("auth.test", { when: "before", answer: "silence" });
    await slack.check();
    expect(slack.state()).toEqual({ reachable: false, says: "Slack does not answer (no answer within 2 s)" });
    ws.faults.clear();
  });

  test.each([
    ["xoxb-1-wrong", "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)"],
    ["app", "SLACK_BOT_TOKEN is no bot token"],
  ])("with the bot token %s is refused in a sentence that does not hold it", async (token, sentence) => {
    await using ws = await tiny();
    const botToken = token === "app" ? ws.installation.appToken : token;
    const refused = await connectSlack({ ...optionsFor(ws), botToken });
    expect(refused).toEqual({ fault: expect.stringContaining(sentence) });
    expect(JSON.stringify(refused)).not.toContain(botToken);
  });

  test.each(["account_inactive", "token_revoked"])(
    "with a token that was revoked (%s) says so",
    async (error) => {
      await using ws = await tiny();
      ws.faults.next("auth.test", { when: "before", answer: { error } });
      expect(await connectSlack(optionsFor(ws))).toEqual({ fault: expect.stringContaining("was revoked") });
    },
  );

  test("waits, with longer and longer pauses, while Slack is away or ill", async () => {
    await using ws = await tiny();
    ws.faults.next("auth.test", { when: "before", answer: 500 });
    ws.faults.next("auth.test", { when: "before", answer: "cut" });
    ws.faults.next("auth.test", { when: "before", answer: { error: "internal_error" } });
    ws.faults.next("auth.test", { when: "before", answer: 429, retryAfter: 30 });
    const waits: number[] = [];
    const clock = {
      now: () => 0,
      sleepUntil: async (at: number) => void waits.push(at),
    };
    working(await connectSlack({ ...optionsFor(ws), clock }));
    expect(waits).toEqual([1000, 2000, 4000, 30_000]);
  });

  test("can be given up while Slack is away", async () => {
    await using ws = await tiny();
    ws.faults.setAway(true);
    const stop = new AbortController();
    const clock = { now: () => 0, sleepUntil: async () => stop.abort() };
    expect(await connectSlack({ ...optionsFor(ws), clock, signal: stop.signal })).toBeUndefined();
  });

  test("needs a way for Slack to call", async () => {
    await using ws = await tiny();
    const { signingSecret: _, ...rest } = optionsFor(ws);
    expect(await connectSlack(rest)).toEqual({ fault: expect.stringContaining("SLACK_SIGNING_SECRET") });
  });
});

describe("over HTTP", () => {
  test("what is not signed by Slack is refused", async () => {
    await using connection = await connected("http");
    const address = connection.ws.requestUrl ?? "";
    const body = JSON.stringify({ type: "event_callback", event: { type: "message" } });
    const headers = {
      "content-type": "application/json",
      "x-slack-request-timestamp": String(Math.floor(Date.now() / 1000)),
      "x-slack-signature": "v0=00",
    };
    expect((await fetch(address, { method: "POST", headers, body })).status).toBe(401);
  });
});

describe("Socket Mode", () => {
  test("refuses a wrong app token in one sentence", async () => {
    await using ws = await tiny("socket");
    const appToken = "xapp-1-wrong";
    const slack = working(await connectSlack({ ...optionsFor(ws), appToken }));
    expect(await slack.start()).toEqual({ fault: expect.stringContaining("SLACK_APP_TOKEN (invalid_auth)") });
    await slack.stop();
  });

  test("refuses a bot token in the place of the app token, which Bolt would try for ever", async () => {
    await using ws = await tiny("socket");
    const slack = working(await connectSlack({ ...optionsFor(ws), appToken: ws.installation.botToken }));
    expect(await slack.start()).toEqual({
      fault: expect.stringContaining("SLACK_APP_TOKEN is no app-level token"),
    });
    await slack.stop();
  });

  test("comes back after Slack has recycled or lost the link", async () => {
    const heard: string[] = [];
    await using connection = await connected("socket", {
      listen: ({ app }) =>
        app.message(async ({ message }) => void heard.push("text" in message ? String(message.text) : "")),
    });
    const { ws, slack } = connection;
    let again = 0;
    slack.onConnected(() => (again += 1));
    await invite(ws, "general");
    for (const lose of [() => ws.sockets?.disconnect("refresh_requested"), () => ws.sockets?.cut()]) {
      lose();
      await expect.poll(() => slack.state().reachable).toBe(false);
      await expect.poll(() => slack.state().reachable, { timeout: 5000 }).toBe(true);
    }
    await ws.as("alice").in("#general").says("still there?");
    await ws.settle();
    expect(heard.at(-1)).toBe("still there?");
    expect(again).toBe(2);
    expect(connection.fatal).toEqual([]);
  });

  test("may be lost while the Web API answers: it is asked apart from it", async () => {
    await using connection = await connected("socket", { wire: { reconnectAfter: 60_000 } });
    const { ws, slack } = connection;
    ws.sockets?.cut();
    await expect.poll(() => slack.state().reachable).toBe(false);
    expect(await slack.isThere()).toBe(true);
    ws.faults.next("auth.test", { when: "before", answer: 429 });
    expect(await slack.isThere()).toBe(true);
    for (const answer of [500, "cut", { error: "internal_error" }, { error: "token_revoked" }] as const) {
      ws.faults.next("auth.test", { when: "before", answer });
      expect(await slack.isThere()).toBe(false);
    }
  });

  test("comes back when Slack was ill while it reconnected", async () => {
    await using connection = await connected("socket");
    connection.ws.faults.next("apps.connections.open", {
      when: "before",
      answer: { error: "internal_error" },
    });
    connection.ws.sockets?.cut();
    await expect.poll(() => connection.slack.state().reachable).toBe(false);
    await expect.poll(() => connection.slack.state().reachable, { timeout: 10_000 }).toBe(true);
    expect(connection.fatal).toEqual([]);
  });

  test("is lost for good when its token is refused while it reconnects, without an unhandled rejection", async () => {
    await using connection = await connected("socket");
    connection.ws.faults.next("apps.connections.open", { when: "before", answer: { error: "invalid_auth" } });
    connection.ws.sockets?.cut();
    await expect
      .poll(() => connection.fatal, { timeout: 5000 })
      .toEqual([expect.stringContaining("SLACK_APP_TOKEN")]);
  });

  test("is lost for good when Slack takes the connection and never says hello", async () => {
    await using connection = await connected("socket", { start: false, wire: { helloTimeout: 100 } });
    connection.ws.sockets?.omitHello();
    const started = connection.slack.start();
    await expect
      .poll(() => connection.fatal, { timeout: 5000 })
      .toEqual([expect.stringContaining("has not been connected")]);
    await connection.slack.stop();
    expect(await started).toBeUndefined();
  });

  test("can be stopped while it tries to reconnect", async () => {
    await using connection = await connected("socket");
    connection.ws.faults.setAway(true);
    await expect.poll(() => connection.slack.state().reachable).toBe(false);
    await connection.slack.stop();
    expect(connection.fatal).toEqual([]);
  });
});

test("no secret and nothing that people wrote gets into the log", async () => {
  await using connection = await connected("socket", {
    listen: ({ app }) =>
      app.message(async () => {
        throw new Error("no");
      }),
    workspace: { ackTimeout: 200 },
  });
  const { ws, lines } = connection;
  await invite(ws, "general");
  await ws.as("alice").in("#general").says("the password is hunter2");
  await expect.poll(() => lines.some(({ level }) => level === "error")).toBe(true);
  const written = JSON.stringify(lines);
  for (const secret of [ws.installation.botToken, ws.installation.appToken, "ticket=", "hunter2"])
    expect(written).not.toContain(secret);
});
