import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const divider = [{ type: "divider" }];
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("chat.postMessage", () => {
  test("answers the message as Slack stores it", async () => {
    await using bench = await Bench.open();
    const { botId, appId } = bench.installation;
    const answer = await bench
      .client()
      .chat.postMessage({ channel: bench.ops.id, text: "hello", blocks: [section("*hi*")] as never });
    expect(answer.ts).toMatch(/^1708007400\.\d{6}$/);
    expect(answer).toMatchObject({
      ok: true,
      channel: bench.ops.id,
      message: {
        type: "message",
        text: "hello",
        ts: answer.ts,
        user: bench.bot,
        bot_id: botId,
        app_id: appId,
        bot_profile: { id: botId, name: "Sitrep" },
        blocks: [{ block_id: expect.any(String), type: "section" }],
      },
    });
  });

  test("wants something to say", async () => {
    await using bench = await Bench.open();
    const post = (args: Record<string, unknown>) =>
      bench.verdict("chat.postMessage", { channel: bench.ops.id, ...args });
    expect(await post({})).toBe("no_text");
    expect(await post({ text: "", blocks: [] })).toBe("no_text");
    expect(await post({ blocks: divider })).toBe("ok");
  });

  test("cuts a text above 40000 characters, and warns", async () => {
    await using bench = await Bench.open();
    const post = (length: number) =>
      bench.client().chat.postMessage({ channel: bench.ops.id, text: "x".repeat(length) });
    expect((await post(40_000)).warning).toBeUndefined();
    const long = await post(40_001);
    expect(long).toMatchObject({ ok: true, warning: "message_truncated" });
    expect(long.message?.text).toHaveLength(40_000);
  });

  test("wants membership, or chat:write.public for public channels", async () => {
    const post = async (channel: "lounge" | "vault" | "ops" | "den", without: string[] = []) => {
      await using bench = await Bench.open({ without });
      return await bench.verdict("chat.postMessage", { channel: bench[channel].id, text: "hello" });
    };
    expect(await post("den")).toBe("ok");
    expect(await post("lounge")).toBe("ok");
    expect(await post("lounge", ["chat:write.public"])).toBe("not_in_channel");
    expect(await post("vault")).toBe("channel_not_found");
  });

  test("knows conversations by id alone", async () => {
    await using bench = await Bench.open();
    const post = (channel?: string) =>
      bench.verdict("chat.postMessage", { channel: channel ?? "", text: "a" });
    expect(await post("#ops")).toBe("channel_not_found");
    expect(await post(bench.alice.id)).toBe("channel_not_found");
    expect(await post()).toBe("channel_not_found");
    expect(await post(bench.state.openDirectMessage(bench.bot, bench.alice.id).channel.id)).toBe("ok");
  });

  test("is refused in an archived channel", async () => {
    await using bench = await Bench.open();
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect(await bench.verdict("chat.postMessage", { channel: bench.ops.id, text: "a" })).toBe("is_archived");
  });

  test("replies to a parent, never to a reply, a notice or nothing", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.ops, "parent");
    const reply = bench.says(bench.ops, "reply", parent);
    const notice = bench.ops.messages.find(({ subtype }) => subtype === "channel_join");
    const post = (thread_ts: string) =>
      bench.verdict("chat.postMessage", { channel: bench.ops.id, text: "a", thread_ts });
    expect(await post(parent)).toBe("ok");
    for (const wrong of [reply, notice?.ts ?? "", "1700000000.000001", "yesterday"].filter(
      (ts) => ts !== "",
    )) {
      expect([wrong, await post(wrong)]).toEqual([wrong, "cannot_reply_to_message"]);
    }
  });

  test("is refused as a whole for one bad block, with the reasons", async () => {
    await using bench = await Bench.open();
    const post = (blocks: unknown) =>
      bench.call("chat.postMessage", { channel: bench.ops.id, text: "a", blocks });
    const fine = section("x".repeat(3000));
    expect((await post([fine])).ok).toBe(true);
    expect(await post([fine, section("x".repeat(3001))])).toMatchObject({
      ok: false,
      error: "invalid_blocks",
      response_metadata: { messages: [expect.stringContaining("json-pointer:/blocks/1/text")] },
    });
    expect((await post(Array.from({ length: 50 }, () => divider[0]))).ok).toBe(true);
    expect((await post(Array.from({ length: 51 }, () => divider[0]))).error).toBe("invalid_blocks");
    expect((await post("[")).error).toBe("invalid_blocks_format");
    expect((await post({ type: "divider" })).error).toBe("invalid_blocks_format");
  });

  test("is refused when all block text together is too long", async () => {
    await using bench = await Bench.open();
    const post = (lengths: number[]) =>
      bench.verdict("chat.postMessage", {
        channel: bench.ops.id,
        text: "a",
        blocks: lengths.map((length) => section("x".repeat(length))),
      });
    expect(await post([3000, 3000, 3000, 3000, 1200])).toBe("ok");
    expect(await post([3000, 3000, 3000, 3000, 1201])).toBe("msg_blocks_too_long");
  });

  test.each([
    ["ok", { event_type: "sitrep_effect", event_payload: { key: "1" } }],
    ["ok", {}],
    ["invalid_metadata_format", "{"],
    ["invalid_metadata_format", []],
    ["invalid_metadata_schema", { event_type: "sitrep_effect" }],
    ["invalid_metadata_schema", { event_type: "Sitrep", event_payload: {} }],
    ["invalid_metadata_schema", { event_type: "a", event_payload: {}, more: 1 }],
  ])("answers %s to metadata %j", async (verdict, metadata) => {
    await using bench = await Bench.open();
    const args = { channel: bench.ops.id, text: "a", metadata };
    expect(await bench.verdict("chat.postMessage", args)).toBe(verdict);
  });
});

describe("chat.update", () => {
  const update = (bench: Bench, ts: string, args: Record<string, unknown>) =>
    bench.call("chat.update", { channel: bench.ops.id, ts, ...args });

  test("changes the bot's own message", async () => {
    await using bench = await Bench.open();
    const ts = await bench.posts(bench.ops, { text: "one" });
    expect(await update(bench, ts, { text: "two" })).toMatchObject({
      ok: true,
      channel: bench.ops.id,
      ts,
      text: "two",
      message: { text: "two", ts, user: bench.bot },
    });
  });

  test("takes 4000 characters, not 4001", async () => {
    await using bench = await Bench.open();
    const ts = await bench.posts(bench.ops, { text: "one" });
    expect((await update(bench, ts, { text: "x".repeat(4000) })).ok).toBe(true);
    expect((await update(bench, ts, { text: "x".repeat(4001) })).error).toBe("msg_too_long");
  });

  test("removes blocks with a text alone, keeps them without one, and marks only texts as edited", async () => {
    await using bench = await Bench.open();
    const ts = await bench.posts(bench.ops, { text: "one", blocks: divider });
    const metadata = { event_type: "sitrep_effect", event_payload: {} };
    const kept = (await update(bench, ts, { metadata }))["message"];
    expect(kept).toMatchObject({ text: "one", blocks: [{ type: "divider" }] });
    const changed = (await update(bench, ts, { text: "two", blocks: divider }))["message"];
    expect(changed).not.toHaveProperty("edited");
    const bare = (await update(bench, ts, { text: "three" }))["message"];
    expect(bare).not.toHaveProperty("blocks");
    expect(bare).toMatchObject({ edited: { user: bench.bot } });
  });

  test("keeps metadata unless it is replaced or emptied", async () => {
    await using bench = await Bench.open();
    const metadata = { event_type: "sitrep_effect", event_payload: { key: "1" } };
    const ts = await bench.posts(bench.ops, { text: "one", metadata });
    await update(bench, ts, { text: "two" });
    expect(bench.state.message(bench.ops.id, ts)?.metadata).toEqual(metadata);
    await update(bench, ts, { text: "three", metadata: {} });
    expect(bench.state.message(bench.ops.id, ts)?.metadata).toBeUndefined();
  });

  test("is refused for others' messages, for none, for nothing new, and where archived", async () => {
    await using bench = await Bench.open();
    const own = await bench.posts(bench.ops, { text: "one" });
    const theirs = bench.says(bench.ops, "mine");
    expect((await update(bench, theirs, { text: "a" })).error).toBe("cant_update_message");
    expect((await update(bench, "1700000000.000001", { text: "a" })).error).toBe("message_not_found");
    expect((await update(bench, "", { text: "a" })).error).toBe("message_not_found");
    expect((await update(bench, own, {})).error).toBe("no_text");
    expect((await update(bench, own, { text: "a", blocks: [{ type: "x" }] })).error).toBe("invalid_blocks");
    expect(await bench.verdict("chat.update", { channel: bench.vault.id, ts: own, text: "a" })).toBe(
      "channel_not_found",
    );
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect((await update(bench, own, { text: "a" })).error).toBe("is_inactive");
  });

  test.each([
    ["ok", { blocks: divider }],
    ["invalid_blocks_format", { blocks: "[" }],
    ["msg_blocks_too_long", { blocks: Array.from({ length: 5 }, () => section("x".repeat(2999))) }],
    ["ok", { metadata: { event_type: "a", event_payload: {} } }],
    ["invalid_metadata_format", { metadata: "{" }],
    ["invalid_metadata_schema", { metadata: { event_type: "a" } }],
  ])("answers %s to %j, as posting does", async (verdict, args) => {
    await using bench = await Bench.open();
    const ts = await bench.posts(bench.ops, { text: "one" });
    const { ok, error } = await update(bench, ts, { text: "two", ...args });
    expect(ok ? "ok" : error).toBe(verdict);
  });

  test("does not find ephemeral messages", async () => {
    await using bench = await Bench.open();
    const { botId } = bench.installation;
    const shown = must(
      bench.state.postMessage({
        channel: bench.ops.id,
        user: bench.bot,
        botId,
        text: "psst",
        onlyFor: bench.alice.id,
      }),
    );
    expect((await update(bench, shown.ts, { text: "a" })).error).toBe("message_not_found");
    const target = { channel: bench.ops.id, ts: shown.ts };
    expect(await bench.verdict("chat.delete", target)).toBe("message_not_found");
  });
});

describe("chat.delete", () => {
  test("takes the bot's own message away, once", async () => {
    await using bench = await Bench.open();
    const target = { channel: bench.ops.id, ts: await bench.posts(bench.ops, { text: "one" }) };
    expect(await bench.call("chat.delete", target)).toMatchObject({ ok: true, ...target });
    expect(await bench.verdict("chat.delete", target)).toBe("message_not_found");
  });

  test("leaves others' messages, and archived channels, alone", async () => {
    await using bench = await Bench.open();
    const own = await bench.posts(bench.ops, { text: "one" });
    const remove = (ts: string) => bench.verdict("chat.delete", { channel: bench.ops.id, ts });
    expect(await remove(bench.says(bench.ops, "mine"))).toBe("cant_delete_message");
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect(await remove(own)).toBe("cant_delete_message");
    expect(await bench.verdict("chat.delete", { channel: "C0", ts: own })).toBe("channel_not_found");
  });
});

describe("chat.getPermalink", () => {
  test("links to a message, and to a reply through its thread", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.ops, "parent");
    const reply = bench.says(bench.ops, "reply", parent);
    const link = async (message_ts: string) =>
      (await bench.client().chat.getPermalink({ channel: bench.ops.id, message_ts })).permalink;
    const base = `https://acme.slack.com/archives/${bench.ops.id}/p`;
    expect(await link(parent)).toBe(base + parent.replace(".", ""));
    expect(await link(reply)).toBe(
      `${base}${reply.replace(".", "")}?thread_ts=${parent}&cid=${bench.ops.id}`,
    );
  });

  test("is refused for what is not there", async () => {
    await using bench = await Bench.open();
    const link = (args: Record<string, unknown>) => bench.verdict("chat.getPermalink", args);
    const message_ts = bench.says(bench.vault, "secret");
    expect(await link({ channel: bench.vault.id, message_ts })).toBe("channel_not_found");
    expect(await link({ channel: bench.ops.id, message_ts })).toBe("message_not_found");
  });
});

describe("chat.postEphemeral", () => {
  const shown = (bench: Bench, args: Record<string, unknown> = {}) =>
    bench.call("chat.postEphemeral", { channel: bench.ops.id, user: bench.alice.id, text: "psst", ...args });

  test("is seen by one person, kept nowhere and told by no event", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const { message_ts: ts } = await shown(bench);
    expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(bench.drained()).toEqual([]);
    expect(bench.ops.messages.at(-1)).toMatchObject({ text: "psst", onlyFor: bench.alice.id });
    expect(await bench.verdict("chat.update", { channel: bench.ops.id, ts, text: "b" })).toBe(
      "message_not_found",
    );
  });

  test("wants both in the channel, and something to show", async () => {
    await using bench = await Bench.open();
    expect((await shown(bench, { user: bench.bob.id })).error).toBe("user_not_in_channel");
    expect((await shown(bench, { channel: bench.lounge.id })).error).toBe("not_in_channel");
    expect((await shown(bench, { channel: bench.vault.id })).error).toBe("channel_not_found");
    expect((await shown(bench, { text: "" })).error).toBe("no_text");
    expect((await shown(bench, { user: "" })).error).toBe("invalid_arguments");
    expect((await shown(bench, { blocks: [{ type: "nope" }] })).error).toBe("invalid_blocks");
  });
});
