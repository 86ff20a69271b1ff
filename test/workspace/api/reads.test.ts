import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const texts = (messages: { text?: string | undefined }[] | undefined) => messages?.map(({ text }) => text);

describe("conversations.history", () => {
  test("is newest first, without thread replies but with broadcasts", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.den, "parent");
    bench.says(bench.den, "hidden reply", parent);
    must(
      bench.state.postMessage({
        channel: bench.den.id,
        user: bench.alice.id,
        text: "shown reply",
        threadTs: parent,
        broadcast: true,
      }),
    );
    bench.says(bench.den, "newest");
    const { messages } = await bench.client().conversations.history({ channel: bench.den.id, limit: 3 });
    expect(texts(messages)).toEqual(["newest", "shown reply", "parent"]);
    expect(messages).toMatchObject([
      {},
      { subtype: "thread_broadcast", thread_ts: parent, root: { text: "parent" } },
      { reply_count: 2, thread_ts: parent, reply_users: [bench.alice.id] },
    ]);
  });

  test("goes on at the cursor even when messages come and go in between", async () => {
    await using bench = await Bench.open();
    const stamps = ["a", "b", "c", "d"].map((text) => bench.says(bench.den, text));
    const read = (cursor?: string) =>
      bench.client().conversations.history({
        channel: bench.den.id,
        limit: 2,
        oldest: stamps[0] ?? "",
        inclusive: true,
        ...(cursor !== undefined && { cursor }),
      });
    const first = await read();
    expect(texts(first.messages)).toEqual(["d", "c"]);
    expect(first.has_more).toBe(true);
    bench.says(bench.den, "e");
    must(bench.state.deleteMessage({ channel: bench.den.id, ts: stamps[2] ?? "", user: bench.alice.id }));
    const second = await read(first.response_metadata?.next_cursor);
    expect(texts(second.messages)).toEqual(["b", "a"]);
    expect(second.has_more).toBe(false);
  });

  test("keeps to the window, whose ends count only when inclusive", async () => {
    await using bench = await Bench.open();
    const [a = "", b = "", c = ""] = ["a", "b", "c"].map((text) => bench.says(bench.den, text));
    const read = async (args: { oldest?: string; latest?: string; inclusive?: boolean }) =>
      texts((await bench.client().conversations.history({ channel: bench.den.id, ...args })).messages);
    expect(await read({ oldest: a, latest: c })).toEqual(["b"]);
    expect(await read({ oldest: a, latest: c, inclusive: true })).toEqual(["c", "b", "a"]);
    expect(await read({ oldest: b, latest: b, inclusive: true })).toEqual(["b"]);
    expect(await read({ oldest: "1708007401" })).toEqual([]);
  });

  test("shows reactions, pins and edits, and hides the ephemeral", async () => {
    await using bench = await Bench.open();
    const { state, den, alice, bot } = bench;
    const ts = bench.says(den, "helo");
    must(state.editMessage({ channel: den.id, ts, user: alice.id, text: "hello" }));
    must(state.addReaction({ channel: den.id, ts, user: alice.id, name: "eyes" }));
    must(state.addPin({ channel: den.id, ts, user: alice.id }));
    must(state.postMessage({ channel: den.id, user: bot, botId: "B1", text: "psst", onlyFor: alice.id }));
    const { messages, pin_count } = await bench.client().conversations.history({ channel: den.id, limit: 1 });
    expect(pin_count).toBe(1);
    expect(messages).toMatchObject([
      {
        text: "hello",
        edited: { user: alice.id },
        reactions: [{ name: "eyes", users: [alice.id], count: 1 }],
        pinned_to: [den.id],
      },
    ]);
  });

  test("is refused with wrong arguments", async () => {
    await using bench = await Bench.open();
    const read = (args: Record<string, unknown>) =>
      bench.verdict("conversations.history", { channel: bench.den.id, ...args });
    expect(await read({ limit: 999 })).toBe("ok");
    expect(await read({ limit: 1000 })).toBe("invalid_limit");
    expect(await read({ oldest: "0" })).toBe("ok");
    expect(await read({ oldest: "yesterday" })).toBe("invalid_ts_oldest");
    expect(await read({ latest: "2024-02-15" })).toBe("invalid_ts_latest");
    expect(await read({ cursor: "bm9uc2Vuc2U=" })).toBe("invalid_cursor");
    expect(await read({ inclusive: "perhaps" })).toBe("invalid_arguments");
  });

  test.each(["conversations.history", "conversations.replies"])("%s wants membership", async (method) => {
    await using bench = await Bench.open();
    const read = (channel: string) => bench.verdict(method, { channel, ts: "1700000000.000001" });
    expect(await read(bench.lounge.id)).toBe("not_in_channel");
    expect(await read(bench.vault.id)).toBe("channel_not_found");
  });
});

describe("conversations.replies", () => {
  test("is oldest first after the parent, on every page", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.ops, "parent");
    for (const text of ["one", "two", "three"]) bench.says(bench.ops, text, parent);
    const read = (args: { cursor?: string; limit?: number; oldest?: string }) =>
      bench.client().conversations.replies({ channel: bench.ops.id, ts: parent, ...args });
    expect(texts((await read({})).messages)).toEqual(["parent", "one", "two", "three"]);
    const first = await read({ limit: 2 });
    expect(texts(first.messages)).toEqual(["parent", "one", "two"]);
    const second = await read({ limit: 2, cursor: first.response_metadata?.next_cursor ?? "" });
    expect(texts(second.messages)).toEqual(["parent", "three"]);
    expect(second).toMatchObject({ has_more: false, messages: [{}, { parent_user_id: bench.alice.id }] });
    expect(texts((await read({ oldest: first.messages?.[2]?.ts ?? "" })).messages)).toEqual([
      "parent",
      "three",
    ]);
  });

  test("of a message without replies is that message", async () => {
    await using bench = await Bench.open();
    const ts = bench.says(bench.ops, "alone");
    const { messages } = await bench.client().conversations.replies({ channel: bench.ops.id, ts });
    expect(texts(messages)).toEqual(["alone"]);
  });

  test("is refused with wrong arguments", async () => {
    await using bench = await Bench.open();
    const ts = bench.says(bench.ops, "parent");
    const read = (args: Record<string, unknown>) =>
      bench.verdict("conversations.replies", { channel: bench.ops.id, ts, ...args });
    expect(await read({ limit: 1000 })).toBe("ok");
    expect(await read({ limit: 1001 })).toBe("invalid_limit");
    expect(await read({ ts: "1700000000.000001" })).toBe("thread_not_found");
    expect(await read({ ts: "" })).toBe("thread_not_found");
    expect(await read({ cursor: "x" })).toBe("invalid_cursor");
    expect(await read({ oldest: "x" })).toBe("invalid_ts_oldest");
    expect(await read({ latest: "x" })).toBe("invalid_ts_latest");
  });
});
