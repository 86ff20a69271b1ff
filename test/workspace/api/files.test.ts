import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const content = "# Post-mortem\n";

async function announced(bench: Bench, length = content.length) {
  const answer = await bench.call("files.getUploadURLExternal", { filename: "post-mortem.md", length });
  return { id: String(answer["file_id"]), url: String(answer["upload_url"]) };
}

async function uploaded(bench: Bench): Promise<string> {
  const { id, url } = await announced(bench);
  expect((await fetch(url, { method: "POST", body: content })).status).toBe(200);
  return id;
}

const complete = (bench: Bench, id: string, args: Record<string, unknown> = {}) =>
  bench.call("files.completeUploadExternal", { files: [{ id, title: "Post-mortem" }], ...args });

describe("files.getUploadURLExternal", () => {
  test("announces bytes to come", async () => {
    await using bench = await Bench.open();
    const { id, url } = await announced(bench);
    expect(id).toMatch(/^F/);
    expect(url).toBe(`${bench.url}/upload/${id}`);
  });

  test.each([
    ["ok", { length: 1 }],
    ["missing_argument", { length: 0 }],
    ["invalid_arguments", { length: -1 }],
    ["invalid_arguments", { length: "" }],
    ["invalid_arguments", { filename: "" }],
    ["ok", { alt_txt: "x".repeat(1000) }],
    ["alt_txt_too_large", { alt_txt: "x".repeat(1001) }],
    ["ok", { snippet_type: "python", length: 1024 * 1024 }],
    ["snippet_too_large", { snippet_type: "python", length: 1024 * 1024 + 1 }],
  ])("answers %s to %j", async (verdict, args) => {
    await using bench = await Bench.open();
    const given = { filename: "a.md", length: 10, ...args };
    expect(await bench.verdict("files.getUploadURLExternal", given)).toBe(verdict);
  });
});

describe("an upload", () => {
  test("takes exactly the announced bytes, raw or as a form", async () => {
    await using bench = await Bench.open();
    const { id, url } = await announced(bench);
    const send = async (body: string | FormData, to = url) =>
      (await fetch(to, { method: "POST", body })).status;
    expect(await send("too short")).toBe(400);
    expect(await send(content)).toBe(200);
    const form = new FormData();
    form.set("file", new Blob([content]), "post-mortem.md");
    expect(await send(form)).toBe(200);
    expect(await send(content, `${bench.url}/upload/F0NOWHERE`)).toBe(404);
    await complete(bench, id);
    expect(await send(content)).toBe(400);
  });
});

describe("files.completeUploadExternal", () => {
  test("shares the file afterwards, in a message whose ts is not in the answer", async () => {
    await using bench = await Bench.open();
    const id = await uploaded(bench);
    bench.drained();
    const answer = await complete(bench, id, { channel_id: bench.ops.id, initial_comment: "the draft" });
    expect(answer).toMatchObject({
      ok: true,
      files: [{ id, title: "Post-mortem", mimetype: "text/markdown" }],
    });
    expect(JSON.stringify(answer)).not.toMatch(/"ts"|"shares"/);
    await bench.api.idle();
    const message = bench.ops.messages.at(-1);
    expect(bench.drained().map(({ event }) => event)).toMatchObject([
      { type: "message", subtype: "file_share", text: "the draft", files: [{ id }], user: bench.bot },
      { type: "file_shared", file_id: id, channel_id: bench.ops.id },
    ]);
    const { file } = await bench.client().files.info({ file: id });
    expect(file).toMatchObject({
      channels: [bench.ops.id],
      shares: { public: { [bench.ops.id]: [{ ts: message?.ts, channel_name: "ops" }] } },
    });
  });

  test("keeps a file private without a channel", async () => {
    await using bench = await Bench.open();
    const id = await uploaded(bench);
    expect((await complete(bench, id)).ok).toBe(true);
    const { file } = await bench.client().files.info({ file: id });
    expect(file).toMatchObject({ shares: {}, channels: [] });
  });

  test("puts a file into a thread, or blocks under it", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.den, "parent");
    const blocks = [{ type: "divider" }];
    await complete(bench, await uploaded(bench), { channel_id: bench.den.id, thread_ts: parent, blocks });
    await bench.api.idle();
    expect(bench.den.messages.at(-1)).toMatchObject({ threadTs: parent, blocks, text: "" });
    const { file } = await bench.client().files.info({ file: bench.den.messages.at(-1)?.files[0]?.id ?? "" });
    expect(file?.shares?.private?.[bench.den.id]).toMatchObject([{ thread_ts: parent }]);
  });

  test("works with the client's own three steps", async () => {
    await using bench = await Bench.open();
    await bench.client().filesUploadV2({ channel_id: bench.ops.id, filename: "a.md", content });
    await bench.api.idle();
    const [file] = bench.ops.messages.at(-1)?.files ?? [];
    expect(new TextDecoder().decode(file?.content)).toBe(content);
  });

  test("wants the bytes first, and comes once", async () => {
    await using bench = await Bench.open();
    const { id } = await announced(bench);
    expect((await complete(bench, id)).error).toBe("file_update_failed");
    const sent = await uploaded(bench);
    expect((await complete(bench, sent)).ok).toBe(true);
    expect((await complete(bench, sent)).error).toBe("file_not_found");
    expect((await complete(bench, "F0NOWHERE")).error).toBe("file_not_found");
  });

  test("is refused for channels it cannot post to, and then shares nothing", async () => {
    await using bench = await Bench.open();
    const id = await uploaded(bench);
    const into = async (args: Record<string, unknown>) => (await complete(bench, id, args)).error;
    expect(await into({ channel_id: bench.lounge.id })).toBe("not_in_channel");
    expect(await into({ channel_id: bench.vault.id })).toBe("channel_not_found");
    expect(await into({ channels: Array.from({ length: 101 }, () => bench.ops.id).join(",") })).toBe(
      "channels_limit_exceeded",
    );
    expect(await into({ channel_id: bench.ops.id, blocks: [{ type: "x" }] })).toBe("invalid_blocks");
    expect(await into({ channel_id: bench.ops.id, thread_ts: "1700000000.000001" })).toBe(
      "invalid_arguments",
    );
    expect(await into({ channels: `${bench.ops.id},${bench.den.id}`, thread_ts: "1.1" })).toBe(
      "invalid_arguments",
    );
    expect(await into({ files: [] })).toBe("invalid_arguments");
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect(await into({ channel_id: bench.ops.id })).toBe("posting_to_channel_denied");
    expect((await complete(bench, id)).ok).toBe(true);
  });
});

describe("files.info", () => {
  test("knows only completed files that the bot can see", async () => {
    await using bench = await Bench.open();
    const info = (file?: string) => bench.verdict("files.info", file === undefined ? {} : { file });
    const { id } = await announced(bench);
    expect(await info(id)).toBe("file_not_found");
    expect(await info("F0NOWHERE")).toBe("file_not_found");
    expect(await info()).toBe("file_not_found");
    const theirs = bench.state.announceFile({ name: "a.txt", length: 1, user: bench.alice.id });
    theirs.completed = true;
    expect(await info(theirs.id)).toBe("file_not_found");
    const share = { user: bench.alice.id, text: "", files: [theirs] };
    must(bench.state.postMessage({ channel: bench.vault.id, ...share }));
    expect(await info(theirs.id)).toBe("file_not_found");
    must(bench.state.postMessage({ channel: bench.ops.id, ...share }));
    expect(await info(theirs.id)).toBe("ok");
  });
});
