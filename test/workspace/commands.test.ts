import { describe, expect, it } from "vitest";
import { invite, type Payload, type Reply, stage } from "./tiny-app.ts";

describe("a slash command", () => {
  it("carries Slack's fields, signed, as a form", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await ws.as("alice").in("#general").types("/tiny go on");
    const [request] = app.received;
    expect(request?.isSigned).toBe(true);
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(request?.body).toMatchObject({
      team_id: ws.installation.teamId,
      team_domain: "acme",
      channel_id: ws.channel("general").id,
      channel_name: "general",
      user_id: ws.state.personNamed("alice")?.id,
      user_name: "alice",
      command: "/tiny",
      text: "go on",
      api_app_id: ws.installation.appId,
      is_enterprise_install: "false",
    });
    expect(request?.body["response_url"]).toContain(`${ws.baseUrl}/response/`);
    expect(request?.body["trigger_id"]).toMatch(/^\d+\.\d+\.[0-9a-f]+$/);
  });

  it("has people, channels and links escaped where the manifest says so, and bare where not", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    const secret = ws.state.createChannel({
      name: "secret",
      creator: ws.state.personNamed("alice")?.id ?? "",
      isPrivate: true,
    });
    if (!secret.ok) throw new Error(secret.error);
    const bob = ws.state.personNamed("bob")?.id;
    const general = ws.channel("general").id;
    const typed = "ask @bob in #general and #secret, see https://acme.test/a?b=1&c=2 if a < b @nobody";
    await ws.as("alice").in("#general").types(`/tiny ${typed}`);
    await ws.as("alice").in("#general").types(`/plain ${typed}`);
    expect(app.received[0]?.body["text"]).toBe(
      `ask <@${bob}> in <#${general}|general> and <#${secret.value.id}|>, see <https://acme.test/a?b=1&amp;c=2> if a &lt; b @nobody`,
    );
    expect(app.received[1]?.body["text"]).toBe(typed);
  });

  it.each<[string, Reply, string | undefined]>([
    ["text", { text: "*hello*" }, "hello"],
    ["JSON", { json: { text: "hello", response_type: "ephemeral" } }, "hello"],
    [
      "blocks",
      { json: { text: "x", blocks: [{ type: "section", text: { type: "mrkdwn", text: "in a _block_" } }] } },
      "in a block",
    ],
    ["nothing", {}, undefined],
  ])("shows an answer of %s to the asker alone", async (_, reply, answer) => {
    await using scene = await stage();
    const { ws, app } = scene;
    app.reply = () => reply;
    const seen = await ws.as("alice").in("#general").types("/tiny x");
    expect(seen).toEqual({ ok: true, ...(answer !== undefined && { answer }) });
    expect(ws.as("alice").sees()).toEqual(answer === undefined ? [] : [answer]);
    expect(ws.as("bob").sees()).toEqual([]);
    expect(ws.channel("general").transcript()).not.toContain("hello");
  });

  it("shows an in_channel answer to everybody", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    app.reply = () => ({ json: { text: "for all", response_type: "in_channel" } });
    await ws.as("alice").in("#general").types("/tiny x");
    expect(ws.channel("general").transcript()).toContain("14:30 Tiny (app): for all");
  });

  it.each<[string, Reply, string]>([
    ["silence", { silent: true }, "operation_timeout"],
    ["a 500", { status: 500 }, "dispatch_failed"],
    ["a 201", { status: 201, text: "x" }, "dispatch_failed"],
    ["blocks that Slack refuses", { json: { text: "x", blocks: [{ type: "nonsense" }] } }, "invalid_blocks"],
  ])("shows an error after %s, once, without a retry", async (_, reply, error) => {
    await using scene = await stage();
    const { ws, app } = scene;
    app.reply = () => reply;
    if (reply.silent === true) ws.wire.ackTimeout = 20;
    const seen = await ws.as("alice").in("#general").types("/tiny x");
    expect(seen).toEqual({ ok: false, error: `/tiny failed with the error "${error}"` });
    expect(ws.as("alice").sees()).toEqual([seen.error]);
    await ws.clock.advance("10m");
    expect(app.received).toHaveLength(1);
  });

  it("that no app has is refused by Slack itself", async () => {
    await using scene = await stage();
    const seen = await scene.ws.as("alice").in("#general").types("/nope");
    expect(seen).toEqual({ ok: false, error: "/nope is not a valid command." });
    expect(scene.app.received).toEqual([]);
  });
});

describe("a trigger id", () => {
  const view = { type: "modal", title: { type: "plain_text", text: "Form" }, blocks: [] };
  const opening = async (triggerLife: number): Promise<Payload[]> => {
    await using scene = await stage({ wire: { triggerLife } });
    const { ws, app, call } = scene;
    const answers: Payload[] = [];
    app.reply = async ({ body }) => {
      for (const trigger_id of [body["trigger_id"], body["trigger_id"], "1.2.made-up"]) {
        answers.push(await call("views.open", { trigger_id, view }));
      }
      return {};
    };
    await ws.as("alice").in("#general").types("/tiny x");
    return answers.map((answer) => answer["error"] ?? "ok");
  };

  it("opens one view, once", async () => {
    expect(await opening(60_000)).toEqual(["ok", "exchanged_trigger_id", "invalid_trigger_id"]);
  });

  it("expires in wire time", async () => {
    expect(await opening(0)).toEqual(["expired_trigger_id", "expired_trigger_id", "invalid_trigger_id"]);
  });
});

describe("a response URL", () => {
  const reply = (url: string, body: unknown): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  const typed = async (scene: Awaited<ReturnType<typeof stage>>): Promise<string> => {
    await scene.ws.as("alice").in("#general").types("/tiny x");
    return scene.app.received.at(-1)?.body["response_url"];
  };

  it("works five times, also where the bot is no member", async () => {
    await using scene = await stage();
    const url = await typed(scene);
    for (let n = 1; n <= 5; n++) expect((await reply(url, { text: `answer ${n}` })).status).toBe(200);
    const sixth = await reply(url, { text: "answer 6" });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: "used_url" }]);
    expect(scene.ws.as("alice").sees()).toHaveLength(5);
  });

  it("expires", async () => {
    await using scene = await stage({ wire: { responseUrlLife: 0 } });
    const late = await reply(await typed(scene), { text: "late" });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: "expired_url" }]);
  });

  it("is refused when it was never given out", async () => {
    await using scene = await stage();
    expect((await reply(`${scene.ws.baseUrl}/response/made-up`, { text: "x" })).status).toBe(404);
  });

  it.each([
    [{ blocks: [{ type: "nonsense" }] }, "invalid_blocks"],
    [{}, "no_text"],
    [{ text: 5 }, "invalid_payload"],
    [{ delete_original: true }, "message_not_found"],
  ])("refuses %j", async (body, error) => {
    await using scene = await stage();
    const refused = await reply(await typed(scene), body);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ ok: false, error }),
    ]);
    expect(scene.ws.as("alice").sees()).toEqual([]);
  });

  it("posts for all, in a thread, replaces and deletes", async () => {
    await using scene = await stage();
    const { ws } = scene;
    await invite(ws, "general");
    const said = await ws.as("alice").in("#general").says("parent");
    const url = await typed(scene);
    await reply(url, { text: "reply for all", response_type: "in_channel", thread_ts: said.ts });
    expect(ws.channel("general").transcript()).toContain("    14:30 Tiny (app): reply for all");

    const other = await typed(scene);
    await reply(other, { text: "for alice" });
    await reply(other, { text: "for alice, newer", replace_original: true });
    expect(ws.as("alice").sees()).toEqual(["for alice, newer"]);
    await reply(other, { delete_original: true });
    expect(ws.as("alice").sees()).toEqual([]);
  });
});
