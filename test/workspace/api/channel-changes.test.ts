import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const events = (bench: Bench) =>
  bench.drained().map(({ subscription, event }) => ({ subscription, ...event }));

describe("conversations.setTopic", () => {
  test("sets the topic and posts that it did, each time", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const set = (topic: string) => bench.client().conversations.setTopic({ channel: bench.ops.id, topic });
    const { channel } = await set("SEV2 INVESTIGATING");
    expect(channel).toMatchObject({
      topic: { value: "SEV2 INVESTIGATING", creator: bench.bot, last_set: 1708007400 },
    });
    await set("SEV2 INVESTIGATING");
    expect(events(bench)).toMatchObject([
      {
        subscription: "message.channels",
        subtype: "channel_topic",
        user: bench.bot,
        topic: "SEV2 INVESTIGATING",
      },
      { subtype: "channel_topic" },
    ]);
  });

  test("takes 250 characters, not 251, and an empty one", async () => {
    await using bench = await Bench.open();
    const set = (topic: string) => bench.verdict("conversations.setTopic", { channel: bench.ops.id, topic });
    expect(await set("a".repeat(250))).toBe("ok");
    expect(await set("a".repeat(251))).toBe("too_long");
    expect(await set("")).toBe("ok");
    expect(bench.ops.topic).toBe("");
    expect(await bench.verdict("conversations.setTopic", { channel: bench.ops.id })).toBe(
      "invalid_arguments",
    );
  });

  test("asks for one of two scopes by the kind of channel", async () => {
    await using both = await Bench.open({ without: ["channels:manage", "groups:write"] });
    const set = (bench: Bench, channel: string) =>
      bench.verdict("conversations.setTopic", { channel, topic: "a" });
    expect([await set(both, both.ops.id), await set(both, both.den.id)]).toEqual(["ok", "ok"]);
    await using none = await Bench.open({ without: ["groups:write", "groups:write.topic"] });
    expect([await set(none, none.ops.id), await set(none, none.den.id)]).toEqual(["ok", "missing_scope"]);
  });
});

test.each([
  ["conversations.setTopic", { topic: "a" }],
  ["conversations.rename", { name: "a" }],
  ["conversations.archive", {}],
])("%s wants a channel that the bot is in", async (method, args) => {
  await using bench = await Bench.open();
  const { channel: direct } = bench.state.openDirectMessage(bench.bot, bench.alice.id);
  const call = (channel: string) => bench.verdict(method, { channel, ...args });
  expect(await call(bench.lounge.id)).toBe("not_in_channel");
  expect(await call(bench.vault.id)).toBe("channel_not_found");
  expect(await call("C0NOWHERE")).toBe("channel_not_found");
  expect(await call(direct.id)).toMatch(/missing_scope|method_not_supported_for_channel_type/);
  must(bench.state.archive(bench.ops.id, bench.alice.id));
  expect(await call(bench.ops.id)).toBe(method.endsWith("archive") ? "already_archived" : "is_archived");
});

describe("conversations.archive", () => {
  test("archives, with the event of its kind", async () => {
    await using bench = await Bench.open();
    bench.drained();
    for (const channel of [bench.ops, bench.den])
      expect(await bench.verdict("conversations.archive", { channel: channel.id })).toBe("ok");
    expect(events(bench).filter(({ type }) => type !== "message")).toMatchObject([
      { type: "channel_archive", channel: bench.ops.id, user: bench.bot },
      { type: "group_archive", channel: bench.den.id },
    ]);
    expect(await bench.verdict("chat.postMessage", { channel: bench.ops.id, text: "a" })).toBe("is_archived");
  });

  test("cannot be undone by a bot, only by a person", async () => {
    await using bench = await Bench.open();
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect(await bench.verdict("conversations.unarchive", { channel: bench.ops.id })).toBe("unknown_method");
    bench.drained();
    must(bench.state.unarchive(bench.ops.id, bench.alice.id));
    expect(events(bench)).toMatchObject([
      { subtype: "channel_unarchive" },
      { type: "channel_unarchive", channel: bench.ops.id, user: bench.alice.id },
    ]);
    expect(bench.state.unarchive(bench.ops.id, bench.alice.id)).toEqual({ ok: false, error: "not_archived" });
  });

  test("spares #general", async () => {
    await using bench = await Bench.open();
    const general = must(bench.state.createChannel({ name: "general", creator: bench.bot }));
    expect(await bench.verdict("conversations.archive", { channel: general.id })).toBe(
      "cant_archive_general",
    );
  });
});

describe("conversations.rename", () => {
  test("is its creator's, by the rules of names", async () => {
    await using bench = await Bench.open();
    const own = must(bench.state.createChannel({ name: "inc-1", creator: bench.bot }));
    const rename = (channel: string, name: string) =>
      bench.verdict("conversations.rename", { channel, name });
    expect(await rename(bench.ops.id, "other")).toBe("not_authorized");
    expect(await rename(own.id, "lounge")).toBe("name_taken");
    expect(await rename(own.id, "Two")).toBe("invalid_name_specials");
    expect(await rename(own.id, "")).toBe("invalid_name_required");
    bench.drained();
    expect(await rename(own.id, "inc-1-checkout")).toBe("ok");
    expect(events(bench)).toMatchObject([
      { subtype: "channel_name", name: "inc-1-checkout" },
      { type: "channel_rename", channel: { id: own.id, name: "inc-1-checkout", is_channel: true } },
    ]);
    const { channel } = await bench.client().conversations.info({ channel: own.id });
    expect(channel).toMatchObject({ name: "inc-1-checkout", previous_names: ["inc-1"] });
  });
});
