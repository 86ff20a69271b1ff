import { search } from "node-emoji";
import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

describe("reactions", () => {
  test("are added once and removed once", async () => {
    await using bench = await Bench.open();
    const args = { channel: bench.ops.id, timestamp: bench.says(bench.ops, "a"), name: "white_check_mark" };
    expect(await bench.verdict("reactions.add", args)).toBe("ok");
    expect(await bench.verdict("reactions.add", args)).toBe("already_reacted");
    expect(await bench.verdict("reactions.remove", args)).toBe("ok");
    expect(await bench.verdict("reactions.remove", args)).toBe("no_reaction");
  });

  test.each(["reactions.add", "reactions.remove"])(
    "%s wants an emoji, a message and a member",
    async (method) => {
      await using bench = await Bench.open();
      const timestamp = bench.says(bench.ops, "a");
      const react = (args: Record<string, unknown>) =>
        bench.verdict(method, { channel: bench.ops.id, timestamp, name: "eyes", ...args });
      expect(await react({ name: "thumbsup" })).toBe(method === "reactions.add" ? "ok" : "no_reaction");
      expect(await react({ name: "+1::skin-tone-3" })).toBe(
        method === "reactions.add" ? "ok" : "no_reaction",
      );
      expect(await react({ name: ":eyes:" })).toBe("invalid_name");
      expect(await react({ name: "no_such_emoji" })).toBe("invalid_name");
      expect(await react({ name: "" })).toBe("invalid_name");
      expect(await react({ timestamp: "1700000000.000001" })).toBe("message_not_found");
      expect(await react({ timestamp: "" })).toBe("no_item_specified");
      expect(await react({ timestamp: "soon" })).toBe("bad_timestamp");
      expect(await react({ channel: bench.vault.id })).toBe("channel_not_found");
      expect(await react({ channel: bench.lounge.id })).toBe("not_in_channel");
      must(bench.state.archive(bench.ops.id, bench.alice.id));
      expect(await react({})).toBe("is_archived");
    },
  );

  test("stop at 23 of one person's and 50 on one message", async () => {
    await using bench = await Bench.open();
    const names = search("")
      .map(({ name }) => name)
      .slice(0, 51);
    expect(names).toHaveLength(51);
    const people = [0, 1, 2].map((i) => bench.state.addPerson({ name: `p${i}` }).id);
    const ts = bench.says(bench.ops, "a");
    const react = (user: string, name: string) => {
      const outcome = bench.state.addReaction({ channel: bench.ops.id, ts, user, name });
      return outcome.ok ? "ok" : outcome.error;
    };
    const verdicts = names.slice(0, 23).map((name) => react(people[0] ?? "", name));
    expect(new Set(verdicts)).toEqual(new Set(["ok"]));
    expect(react(people[0] ?? "", names[23] ?? "")).toBe("too_many_reactions");
    for (const name of names.slice(23, 46))
      expect([name, react(people[1] ?? "", name)]).toEqual([name, "ok"]);
    for (const name of names.slice(46, 50))
      expect([name, react(people[2] ?? "", name)]).toEqual([name, "ok"]);
    const args = { channel: bench.ops.id, timestamp: ts };
    expect(await bench.verdict("reactions.add", { ...args, name: names[50] })).toBe("too_many_emoji");
    expect(await bench.verdict("reactions.add", { ...args, name: names[0] })).toBe("ok");
  });
});

describe("reactions.get", () => {
  test("names all who reacted where they are asked for, as the history does not", async () => {
    await using bench = await Bench.open();
    const ts = bench.says(bench.ops, "a");
    const crowd = Array.from({ length: 60 }, (_, n) => bench.state.addPerson({ name: `p${n}` }).id);
    for (const user of crowd)
      must(bench.state.addReaction({ channel: bench.ops.id, ts, user, name: "pushpin" }));
    const on = { channel: bench.ops.id, timestamp: ts };
    const { messages } = await bench.client().conversations.history({ channel: bench.ops.id, limit: 1 });
    expect(messages?.[0]?.reactions?.[0]).toMatchObject({ count: 60, users: crowd.slice(0, 50) });
    const { message } = await bench.client().reactions.get({ ...on, full: true });
    expect(message?.reactions?.[0]).toMatchObject({ count: 60, users: crowd });
    expect((await bench.client().reactions.get(on)).message?.reactions?.[0]?.users).toHaveLength(50);
  });

  test("wants a message that the app may see, and the scope", async () => {
    await using bench = await Bench.open();
    const on = { channel: bench.ops.id, timestamp: bench.says(bench.ops, "a") };
    expect(await bench.verdict("reactions.get", { ...on, timestamp: "1700000000.000001" })).toBe(
      "message_not_found",
    );
    expect(await bench.verdict("reactions.get", { ...on, timestamp: "soon" })).toBe("bad_timestamp");
    expect(await bench.verdict("reactions.get", { ...on, channel: bench.vault.id })).toBe(
      "channel_not_found",
    );
    await using poor = await Bench.open({ without: ["reactions:read"] });
    const there = { channel: poor.ops.id, timestamp: poor.says(poor.ops, "a") };
    expect(await poor.verdict("reactions.get", there)).toBe("missing_scope");
  });
});

describe("pins.add", () => {
  const pin = (bench: Bench, timestamp: string, channel = bench.ops) =>
    bench.verdict("pins.add", { channel: channel.id, timestamp });

  test("pins a message once", async () => {
    await using bench = await Bench.open();
    const ts = bench.says(bench.ops, "a");
    expect(await pin(bench, ts)).toBe("ok");
    expect(await pin(bench, ts)).toBe("already_pinned");
    expect(bench.ops.pins).toEqual([ts]);
  });

  test("stops at 100 in one channel", async () => {
    await using bench = await Bench.open();
    bench.ops.pins = Array.from({ length: 99 }, (_, i) => `1600000000.${String(i).padStart(6, "0")}`);
    expect(await pin(bench, bench.says(bench.ops, "a"))).toBe("ok");
    expect(await pin(bench, bench.says(bench.ops, "b"))).toBe("too_many_pins");
  });

  test("is refused for what cannot be pinned", async () => {
    await using bench = await Bench.open();
    const notice = bench.ops.messages.find(({ subtype }) => subtype === "channel_join")?.ts ?? "";
    expect(await pin(bench, notice)).toBe("not_pinnable");
    expect(await pin(bench, "1700000000.000001")).toBe("message_not_found");
    expect(await pin(bench, "")).toBe("no_item_specified");
    expect(await pin(bench, "soon")).toBe("bad_timestamp");
    expect(await pin(bench, bench.says(bench.lounge, "a"), bench.lounge)).toBe("not_in_channel");
    expect(await pin(bench, bench.says(bench.vault, "a"), bench.vault)).toBe("channel_not_found");
    const ts = bench.says(bench.ops, "a");
    must(bench.state.archive(bench.ops.id, bench.alice.id));
    expect(await pin(bench, ts)).toBe("is_archived");
  });
});

describe("the list of pins", () => {
  test("has the newest first, with who pinned it, and loses what is unpinned or deleted", async () => {
    await using bench = await Bench.open();
    const [one, two] = [bench.says(bench.ops, "one"), bench.says(bench.ops, "two")];
    const on = (timestamp: string) => ({ channel: bench.ops.id, timestamp });
    const texts = async () => {
      const { items } = await bench.client().pins.list({ channel: bench.ops.id });
      return items?.map((item) => item.message?.text);
    };
    must(bench.state.addPin({ channel: bench.ops.id, ts: one, user: bench.alice.id }));
    await bench.call("pins.add", on(two));
    expect(await texts()).toEqual(["two", "one"]);
    expect((await bench.call("pins.list", { channel: bench.ops.id }))["items"]).toMatchObject([
      { type: "message", created_by: bench.bot, created: 1708007400, message: { pinned_to: [bench.ops.id] } },
      { created_by: bench.alice.id },
    ]);
    expect(await bench.verdict("pins.remove", on(two))).toBe("ok");
    expect(await bench.verdict("pins.remove", on(two))).toBe("no_pin");
    expect(await bench.verdict("pins.remove", on("1700000000.000001"))).toBe("message_not_found");
    must(bench.state.deleteMessage({ channel: bench.ops.id, ts: one, user: bench.alice.id }));
    expect(await texts()).toEqual([]);
  });

  test("is for members", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("pins.list", { channel: bench.lounge.id })).toBe("not_in_channel");
    expect(await bench.verdict("pins.list", { channel: bench.vault.id })).toBe("channel_not_found");
  });
});
