import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Line } from "../../src/slack/arrival.ts";
import { invite } from "../workspace/tiny-app.ts";
import { connected, type Connected } from "./a-connection.ts";

const gate = () => Promise.withResolvers<void>();

/** POSTs as Slack does. */
async function post(
  { ws }: Connected,
  body: string,
  { headers = {}, signed = true }: { headers?: Record<string, string>; signed?: boolean } = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", ws.installation.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  const answer = await fetch(ws.requestUrl ?? "", {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      ...(signed && {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${signature}`,
      }),
      ...headers,
    },
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const envelope = ({ ws }: Connected, text: string, id = "Ev1") =>
  JSON.stringify({
    type: "event_callback",
    team_id: ws.installation.teamId,
    event_id: id,
    event: { type: "message", channel: "C1", user: "U1", text, ts: "1.1", event_ts: "1.1" },
  });

const hearing = (heard: string[]) =>
  connected("http", {
    listen: ({ app }) =>
      app.message(async ({ message }) => {
        heard.push(message.subtype === undefined ? (message.text ?? "") : "");
        if (heard.at(-1) === "throw") throw new Error("the disk is full");
      }),
  });

describe("a delivery with retry headers", () => {
  test.each([
    ["1", "http_timeout"],
    ["2", "connection_failed"],
    ["3", "ssl_error"],
    ["3", "unknown_error"],
    ["not a number", "what Slack may say one day"],
  ])("(%s, %s) is heard: the first may never have arrived", async (num, reason) => {
    const heard: string[] = [];
    await using connection = await hearing(heard);
    const headers = { "x-slack-retry-num": num, "x-slack-retry-reason": reason };
    const answer = await post(connection, envelope(connection, "hello"), { headers });
    expect([answer.status, heard]).toEqual([200, ["hello"]]);
  });

  test("is never waved off, whatever comes of it", async () => {
    await using connection = await hearing([]);
    const headers = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_error" };
    const bodies = [envelope(connection, "hello"), envelope(connection, "throw", "Ev2"), "{"];
    const before = await Promise.all(bodies.map((body) => post(connection, body, { headers })));
    await connection.slack.stop();
    const after = await post(connection, envelope(connection, "too late", "Ev3"), { headers });
    expect([...before, after].map(({ status }) => status)).toEqual([200, 500, 400, 500]);
    for (const answer of [...before, after]) expect(answer.headers.get("x-slack-no-retry")).toBeNull();
  });
});

describe("the same event under another event_id, while the first is at work", () => {
  test("waits for it", async () => {
    const [entered, leave] = [gate(), gate()];
    const told: string[] = [];
    await using connection = await connected("http", {
      listen: ({ app }) =>
        app.message(async () => {
          told.push("begin");
          entered.resolve();
          await leave.promise;
          told.push("end");
        }),
    });
    const first = post(connection, envelope(connection, "hello", "Ev1"));
    await entered.promise;
    const second = post(connection, envelope(connection, "hello", "Ev2"));
    await expect.poll(() => connection.slack.isIdle()).toBe(false);
    leave.resolve();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(told).toEqual(["begin", "end", "begin", "end"]);
  });
});

describe("a line that breaks while something is at work", () => {
  test("shows a command's author Slack's own error, and then what came of it", async () => {
    const [entered, leave] = [gate(), gate()];
    let line: Line | undefined;
    await using connection = await connected("http", {
      listen: ({ app }) =>
        app.command("/tiny", async ({ ack, context }) => {
          line = context["sitrepLine"];
          entered.resolve();
          await leave.promise;
          await ack("INC-1 is being opened");
        }),
    });
    const alice = connection.ws.as("alice").in("#general");
    const asked = alice.types("/tiny declare");
    await entered.promise;
    connection.ws.deliveries.giveUp();
    expect(await asked).toMatchObject({ ok: false });
    // The bot hears of it a little later.
    await expect.poll(() => line?.isGone()).toBe(true);
    leave.resolve();
    await connection.slack.idle();
    expect(alice.sees()).toContain("INC-1 is being opened");
    expect(connection.taken).toEqual([{ kind: "command", outcome: "late", seconds: null }]);
  });
});

describe("what is no event", () => {
  test("Slack's questions are answered", async () => {
    await using connection = await hearing([]);
    const verification = JSON.stringify({ type: "url_verification", token: "t", challenge: "3eZbrw" });
    const verified = await post(connection, verification);
    expect([verified.status, verified.text]).toEqual([200, expect.stringContaining("3eZbrw")]);
    expect((await post(connection, verification, { signed: false })).status).toBe(401);
    const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, signed: false };
    expect((await post(connection, "ssl_check=1&token=t", form)).status).toBe(200);
  });

  test("that events were dropped is told, and what may have been missed is asked for", async () => {
    await using connection = await connected("http", { workspaceOptions: { eventsAnHour: 1 } });
    const { ws, slack, lines } = connection;
    let missed = 0;
    slack.onConnected(() => (missed += 1));
    await invite(ws, "general");
    await ws.as("alice").in("#general").says("hello");
    await ws.settle();
    expect(missed).toBe(1);
    const sentence = "there were more than 30,000 in an hour";
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", sentence: expect.stringContaining(sentence) }),
    );
    expect(slack.state()).toEqual({
      reachable: true,
      says: `Slack answers. Slack dropped events at 2024-02-15 14:30 UTC: ${sentence}`,
    });
    expect(connection.taken.at(-1)).toEqual({ kind: "other", outcome: "ok", seconds: expect.any(Number) });
  });

  test.each([
    ["ssl_check=1&command=%2Ftiny&text=x", "application/x-www-form-urlencoded", 200],
    ['ssl_check=1&payload={"type":"block_actions"}', "application/x-www-form-urlencoded", 200],
    ["ssl_check=1&ssl_check=1", "application/x-www-form-urlencoded", 401],
    ["ssl_check=1", "application/x-www-form-urlencoded; charset=utf-8", 401],
    ['{"ssl_check":"1"}', "application/json", 401],
  ])("nothing unsigned comes in under the name of Slack's own check: %s (%s)", async (body, type, status) => {
    await using connection = await hearing([]);
    const options = { headers: { "content-type": type }, signed: false };
    expect((await post(connection, body, options)).status).toBe(status);
    expect(connection.taken).toEqual([]);
  });

  test.each([
    ["application/json", "null"],
    ["application/json", " [1]"],
    ["application/json", ""],
    ["application/x-www-form-urlencoded", "payload=null"],
    ["application/x-www-form-urlencoded", "payload="],
  ])("what is signed and no object is refused (%s, %j)", async (type, body) => {
    const heard: string[] = [];
    await using connection = await hearing(heard);
    expect((await post(connection, body, { headers: { "content-type": type } })).status).toBe(400);
    expect((await post(connection, envelope(connection, "still here"))).status).toBe(200);
    expect(heard).toEqual(["still here"]);
  });

  test("a body of more than four megabytes is refused unread", async () => {
    const heard: string[] = [];
    await using connection = await hearing(heard);
    expect((await post(connection, envelope(connection, "x".repeat(4_200_000)))).status).toBe(413);
    expect((await post(connection, envelope(connection, "x".repeat(3_900_000)))).status).toBe(200);
    expect(heard.map(({ length }) => length)).toEqual([3_900_000]);
  });
});
