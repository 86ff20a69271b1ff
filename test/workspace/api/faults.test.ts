import { describe, expect, test } from "vitest";
import { Workspace } from "../../../src/workspace/workspace.ts";
import { Bench, type Body, bodyOf } from "./bench.ts";

const post = (bench: Bench, signal?: AbortSignal) =>
  bench.fetch("/api/chat.postMessage", {
    headers: { authorization: `Bearer ${bench.installation.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ channel: bench.ops.id, text: "hello" }),
    ...(signal && { signal }),
  });

const posted = (bench: Bench) => bench.ops.messages.filter(({ text }) => text === "hello").length;

/** Resolves when the next call has come to this phase. */
const reached = (bench: Bench, phase: "before" | "after") =>
  new Promise<void>((resolve) => {
    const stop = bench.api.onCall((call) => {
      if (call.phase !== phase) return;
      stop();
      resolve();
    });
  });

describe.each([
  ["before", 0],
  ["after", 1],
] as const)("a fault %s the call takes effect", (when, effects) => {
  test("can be a 429 with Retry-After", async () => {
    await using bench = await Bench.open();
    bench.faults.next("chat.postMessage", { when, answer: 429, retryAfter: 17 });
    const response = await post(bench);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "17"]);
    expect(await bodyOf(response)).toMatchObject({ ok: false, error: "ratelimited" });
    expect(posted(bench)).toBe(effects);
    expect((await post(bench)).status).toBe(200);
  });

  test("can be a 500, or an answer that says so", async () => {
    await using bench = await Bench.open();
    bench.faults.next("chat.postMessage", { when, answer: 500 });
    bench.faults.next("chat.postMessage", { when, answer: { error: "internal_error" } });
    expect((await post(bench)).status).toBe(500);
    expect(await bodyOf(await post(bench))).toMatchObject({ ok: false, error: "internal_error" });
    expect(posted(bench)).toBe(effects * 2);
  });

  test("can cut the line", async () => {
    await using bench = await Bench.open();
    bench.faults.next("chat.postMessage", { when, answer: "cut" });
    await expect(post(bench)).rejects.toThrow("fetch failed");
    expect(posted(bench)).toBe(effects);
  });

  test("can be silence until the client gives up", async () => {
    await using bench = await Bench.open();
    bench.faults.next("chat.postMessage", { when, answer: "silence" });
    const stop = new AbortController();
    const seen = reached(bench, when);
    const asked = post(bench, stop.signal);
    await seen;
    expect(bench.api.isIdle()).toBe(false);
    stop.abort();
    await expect(asked).rejects.toThrow("abort");
    await bench.api.idle();
    expect(posted(bench)).toBe(effects);
  });

  test("can be silence until the faults are cleared", async () => {
    await using bench = await Bench.open();
    bench.faults.next("chat.postMessage", { when, answer: "silence" });
    expect(bench.faults.unmet).toBe(1);
    const asked = post(bench);
    asked.catch(() => {});
    while (bench.faults.unmet > 0) await new Promise((resolve) => setImmediate(resolve));
    bench.faults.clear();
    await expect(asked).rejects.toThrow("fetch failed");
    expect(posted(bench)).toBe(effects);
  });
});

describe("a fault after which the call takes effect later", () => {
  const start = async () => {
    const ws = await Workspace.start({ people: ["alice"], manifest: "manifest.yml" });
    const api = async (method: string, args: Record<string, string>): Promise<Body> => {
      const headers = { authorization: `Bearer ${ws.installation.botToken}` };
      const body = new URLSearchParams(args);
      return bodyOf(await fetch(`${ws.env()["SLACK_API_URL"]}${method}`, { method: "POST", headers, body }));
    };
    const channel = ws.channel("incidents").id;
    await api("conversations.join", { channel });
    const said = () => ws.channel("incidents").messages.filter(({ text }) => text === "hello").length;
    return { ws, said, api, post: () => api("chat.postMessage", { channel, text: "hello" }) };
  };

  test.each([500, "cut"] as const)(
    "answers %s at once, and does it when its time has come",
    async (answer) => {
      const { ws, said, post } = await start();
      await using _ = ws;
      ws.faults.next("chat.postMessage", { when: "later", answer, laterBy: 12 });
      await post().catch(() => {});
      expect([said(), ws.faults.unmet]).toEqual([0, 0]);
      const asked = ws.clock.now();
      const seen: unknown[] = [];
      ws.onCall(({ method, phase, answer: given }) => {
        seen.push([method, phase, given?.ok, ws.clock.now() - asked]);
      });
      await ws.settle();
      expect(said()).toBe(1);
      expect(seen).toEqual([["chat.postMessage", "after", true, 12_000]]);
      expect(await post()).toMatchObject({ ok: true });
      expect(said()).toBe(2);
    },
  );

  test("finds the workspace as it is by then, and settling waits for it", async () => {
    const { ws, said, post } = await start();
    await using _ = ws;
    ws.faults.next("chat.postMessage", { when: "later", answer: "cut" });
    await post().catch(() => {});
    ws.state.archive(ws.channel("incidents").id, ws.idOf("alice"));
    await ws.settle();
    expect(said()).toBe(0);
    ws.state.unarchive(ws.channel("incidents").id, ws.idOf("alice"));
    ws.faults.next("chat.postMessage", { when: "later", answer: "cut" });
    await post().catch(() => {});
    await ws.settle();
    expect(said()).toBe(1);
  });

  test("is forgotten when the faults are cleared", async () => {
    const { ws, said, post } = await start();
    await using _ = ws;
    ws.faults.next("chat.postMessage", { when: "later", answer: "cut" });
    await post().catch(() => {});
    ws.faults.clear();
    await ws.clock.advance("1m");
    expect(said()).toBe(0);
  });

  test("also shares a file, which follows from the call", async () => {
    const { ws, api } = await start();
    await using _ = ws;
    const { file_id, upload_url } = await api("files.getUploadURLExternal", { filename: "a", length: "1" });
    await fetch(String(upload_url), { method: "POST", body: "a" });
    ws.faults.next("files.completeUploadExternal", { when: "later", answer: "cut" });
    const files = JSON.stringify([{ id: file_id }]);
    const channel_id = ws.channel("incidents").id;
    await api("files.completeUploadExternal", { files, channel_id }).catch(() => {});
    expect(ws.channel("incidents").messages.at(-1)?.files).not.toMatchObject([{ id: file_id }]);
    await ws.settle();
    expect(ws.channel("incidents").messages.at(-1)?.files).toMatchObject([{ id: file_id }]);
  });
});

describe("faults", () => {
  test("hit as many calls as asked for, by name or by pattern", async () => {
    await using bench = await Bench.open();
    bench.faults.next(/^chat\./g, { when: "before", answer: 500, times: 2 });
    expect((await bench.call("auth.test")).ok).toBe(true);
    expect((await post(bench)).status).toBe(500);
    expect((await post(bench)).status).toBe(500);
    expect((await post(bench)).status).toBe(200);
  });

  test("last until they are cleared when they are to hit always", async () => {
    await using bench = await Bench.open();
    bench.faults.always(/./, { when: "before", answer: { error: "fatal_error" } });
    for (let turn = 0; turn < 3; turn++) expect(await bench.verdict("auth.test")).toBe("fatal_error");
    bench.faults.clear();
    expect(await bench.verdict("auth.test")).toBe("ok");
  });

  test("cut every connection while Slack is away", async () => {
    await using bench = await Bench.open();
    const heard: boolean[] = [];
    bench.faults.onAway((away) => heard.push(away));
    bench.faults.setAway(true);
    await expect(post(bench)).rejects.toThrow("fetch failed");
    bench.faults.setAway(false);
    expect((await post(bench)).status).toBe(200);
    expect(posted(bench)).toBe(1);
    expect(heard).toEqual([true, false]);
  });

  test("hit the upload address too, which can lose its answer after the bytes came", async () => {
    await using bench = await Bench.open();
    const { file_id, upload_url } = await bench.call("files.getUploadURLExternal", {
      filename: "a",
      length: 1,
    });
    bench.faults.next("upload", { when: "after", answer: 500 });
    const response = await fetch(String(upload_url), { method: "POST", body: "a" });
    expect(response.status).toBe(500);
    expect(bench.state.files.get(String(file_id))?.uploaded).toBe(true);
  });

  test("leave an asynchronous share its way when only the answer is lost", async () => {
    await using bench = await Bench.open();
    const { file_id, upload_url } = await bench.call("files.getUploadURLExternal", {
      filename: "a",
      length: 1,
    });
    await fetch(String(upload_url), { method: "POST", body: "a" });
    bench.faults.next("files.completeUploadExternal", { when: "after", answer: "cut" });
    const files = [{ id: file_id }];
    const asked = bench.call("files.completeUploadExternal", { files, channel_id: bench.ops.id });
    await expect(asked).rejects.toThrow("fetch failed");
    await bench.api.idle();
    expect(bench.ops.messages.at(-1)?.files[0]?.id).toBe(file_id);
  });
});

describe("listeners to calls", () => {
  test("hear each call before and after, with its answer", async () => {
    await using bench = await Bench.open();
    const heard: unknown[] = [];
    const stop = bench.api.onCall((call) => void heard.push({ ...call, posted: posted(bench) }));
    const blocks = [{ type: "divider" }];
    const args = { channel: bench.ops.id, text: "hello" };
    await bench.call("chat.postMessage", { ...args, blocks });
    stop();
    await post(bench);
    expect(heard).toMatchObject([
      { method: "chat.postMessage", phase: "before", args: { ...args, blocks }, posted: 0 },
      { method: "chat.postMessage", phase: "after", args, answer: { ok: true }, posted: 1 },
    ]);
  });

  test("hold the call until they are done", async () => {
    await using bench = await Bench.open();
    const gate = Promise.withResolvers<void>();
    const seen = reached(bench, "before");
    bench.api.onCall(({ phase }) => (phase === "before" ? gate.promise : undefined));
    const asked = post(bench);
    await seen;
    expect([posted(bench), bench.api.isIdle()]).toEqual([0, false]);
    gate.resolve();
    expect((await asked).status).toBe(200);
    await bench.api.idle();
  });
});
