import { describe, expect, test } from "vitest";
import { Bench, bodyOf } from "./bench.ts";

const json = { "content-type": "application/json; charset=utf-8" };
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("a call's token", () => {
  test("is taken from the header and from a form", async () => {
    await using bench = await Bench.open();
    const { botToken } = bench.installation;
    const byHeader = await bench.fetch("/api/auth.test", {
      headers: { authorization: `Bearer ${botToken}` },
    });
    expect((await bodyOf(byHeader)).ok).toBe(true);
    expect((await bench.call("auth.test")).ok).toBe(true);
  });

  test("is refused when absent, unknown, or of the other type", async () => {
    await using bench = await Bench.open();
    const verdict = async (method: string, headers: Record<string, string>) =>
      (await bodyOf(await bench.fetch(`/api/${method}`, { headers }))).error;
    const { botToken, appToken } = bench.installation;
    expect(await verdict("auth.test", {})).toBe("not_authed");
    expect(await verdict("auth.test", { authorization: "Bearer xoxb-1-2-3" })).toBe("invalid_auth");
    expect(await verdict("auth.test", { authorization: `Bearer ${appToken}` })).toBe(
      "not_allowed_token_type",
    );
    expect(await verdict("apps.connections.open", { authorization: `Bearer ${botToken}` })).toBe(
      "not_allowed_token_type",
    );
  });

  test("is not read from a JSON body", async () => {
    await using bench = await Bench.open();
    const body = JSON.stringify({ token: bench.installation.botToken });
    expect((await bodyOf(await bench.fetch("/api/auth.test", { body, headers: json }))).error).toBe(
      "not_authed",
    );
  });
});

describe("auth.test", () => {
  test("says who the bot is, and the granted scopes in a header", async () => {
    await using bench = await Bench.open();
    const { botId, teamId } = bench.installation;
    const answer = await bench.client().auth.test();
    expect(answer).toMatchObject({
      ok: true,
      user_id: bench.bot,
      bot_id: botId,
      team_id: teamId,
      user: "sitrep",
    });
    expect(answer.response_metadata?.scopes).toEqual([...bench.installation.scopes]);
  });
});

describe("apps.connections.open", () => {
  test("hands out a socket address for the app's token", async () => {
    await using bench = await Bench.open();
    const answer = await bench.client(bench.installation.appToken).apps.connections.open({});
    expect(answer).toMatchObject({ ok: true, url: "ws://127.0.0.1:1/link?ticket=1" });
  });
});

describe("a call's body", () => {
  const posted = (bench: Bench) => JSON.stringify({ channel: bench.ops.id, text: "hello" });
  const authorised = (bench: Bench, headers: Record<string, string>) => ({
    authorization: `Bearer ${bench.installation.botToken}`,
    ...headers,
  });

  test("may be JSON for a method that writes, not for one that reads", async () => {
    await using bench = await Bench.open();
    const headers = authorised(bench, json);
    const written = await bench.fetch("/api/chat.postMessage", { body: posted(bench), headers });
    expect(await bodyOf(written)).toMatchObject({ ok: true });
    const read = await bodyOf(await bench.fetch("/api/conversations.info", { body: posted(bench), headers }));
    expect(read).toMatchObject({
      error: "invalid_arguments",
      response_metadata: { messages: ["[ERROR] missing required field: channel"] },
    });
  });

  test("is warned about a charset that is missing in JSON or superfluous in a form", async () => {
    await using bench = await Bench.open();
    const plain = await bench.fetch("/api/chat.postMessage", {
      body: posted(bench),
      headers: authorised(bench, { "content-type": "application/json" }),
    });
    expect(await bodyOf(plain)).toMatchObject({
      ok: true,
      warning: "missing_charset",
      response_metadata: { warnings: ["missing_charset"] },
    });
    const form = await bench.fetch("/api/auth.test", {
      body: "x=1",
      headers: authorised(bench, { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }),
    });
    expect((await bodyOf(form))["warning"]).toBe("superfluous_charset");
    expect(await bench.call("chat.postMessage", { channel: bench.ops.id, text: "a" })).toHaveProperty(
      "warning",
      "superfluous_charset",
    );
  });

  test.each([
    ["invalid_json", "{", json],
    ["invalid_json", "[]", json],
    ["invalid_post_type", "hello", { "content-type": "text/plain" }],
    ["invalid_form_data", "hello", { "content-type": "multipart/form-data; boundary=x" }],
  ])("is refused with %s when it is %j", async (error, body, headers) => {
    await using bench = await Bench.open();
    const response = await bench.fetch("/api/auth.test", { body, headers: authorised(bench, headers) });
    expect(response.status).toBe(200);
    expect((await bodyOf(response)).error).toBe(error);
  });

  test("without a content type is refused when there is something in it", async () => {
    await using bench = await Bench.open();
    const body = new Uint8Array([97]);
    const response = await bench.fetch("/api/auth.test", { body, headers: authorised(bench, {}) });
    expect((await bodyOf(response)).error).toBe("missing_post_type");
  });

  test("may repeat structures as JSON strings, as forms must", async () => {
    await using bench = await Bench.open();
    const blocks = JSON.stringify([{ type: "divider" }]);
    const body = new URLSearchParams({ channel: bench.ops.id, text: "x", blocks }).toString();
    const response = await bench.fetch("/api/chat.postMessage", { body, headers: authorised(bench, form) });
    expect(await bodyOf(response)).toMatchObject({ ok: true, message: { blocks: [{ type: "divider" }] } });
  });
});

describe("what the workspace does not know", () => {
  test("is answered unknown_method and told loudly", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("chat.scheduleMessage")).toBe("unknown_method");
    expect(bench.state.loud).toEqual(["unknown_method: chat.scheduleMessage"]);
  });

  test("is told loudly when it is an argument, and the call goes on", async () => {
    await using bench = await Bench.open();
    const args = { channel: bench.ops.id, text: "hello" };
    expect(await bench.verdict("chat.postMessage", args)).toBe("ok");
    expect(bench.state.loud).toEqual([]);
    expect(await bench.verdict("chat.postMessage", { ...args, icon_emoji: ":x:" })).toBe("ok");
    expect(bench.state.loud).toEqual(["chat.postMessage: the argument icon_emoji is not known here"]);
  });

  test("is 404 when it is an address", async () => {
    await using bench = await Bench.open();
    expect((await bench.fetch("/elsewhere")).status).toBe(404);
    expect((await bench.fetch("/api/auth.test", { method: "GET" })).status).toBe(404);
    expect(bench.state.loud).toHaveLength(2);
  });
});
