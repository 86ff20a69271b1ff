import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { MANIFEST, stage } from "../tiny-app.ts";
import { Bench } from "./bench.ts";

const say = (bench: Bench, channel: string) => bench.verdict("chat.postMessage", { channel, text: "hi" });
const events = (bench: Bench) =>
  bench.drained().map(({ subscription, event, channel }) => ({ subscription, channel, event }));

describe("a channel that an administrator deletes", () => {
  test.each([
    ["ops", "channel_deleted"],
    ["den", "group_deleted"],
  ] as const)("%s is gone for every call, and %s says so", async (which, type) => {
    await using bench = await Bench.open();
    const admin = bench.state.addPerson({ name: "root", admin: true });
    const channel = bench[which];
    must(bench.state.invite(channel.id, [admin.id], bench.alice.id));
    bench.drained();
    expect(bench.state.deleteChannel(channel.id, bench.alice.id)).toMatchObject({ error: "not_authorized" });
    must(bench.state.deleteChannel(channel.id, admin.id));
    expect(events(bench)).toMatchObject([
      { subscription: type, event: { type, channel: channel.id, actor_id: admin.id } },
    ]);
    expect(await say(bench, channel.id)).toBe("channel_not_found");
    expect(await bench.verdict("conversations.info", { channel: channel.id })).toBe("channel_not_found");
    expect(await bench.verdict("conversations.create", { name: channel.name })).toBe("ok");
  });
});

describe("a channel that is converted", () => {
  test("keeps its id, and a message in it says so with the kind that it has now", async () => {
    await using bench = await Bench.open();
    bench.drained();
    must(bench.state.convert(bench.ops.id, bench.alice.id, "private"));
    const [told] = events(bench);
    expect(told).toMatchObject({
      subscription: "message.groups",
      event: { subtype: "channel_convert_to_private", channel: bench.ops.id, channel_type: "group" },
    });
    expect((await bench.call("conversations.info", { channel: bench.ops.id }))["channel"]).toMatchObject({
      is_private: true,
    });
    must(bench.state.convert(bench.ops.id, bench.alice.id, "public"));
    expect(events(bench)[0]).toMatchObject({
      subscription: "message.channels",
      event: { subtype: "channel_convert_to_public", channel_type: "channel" },
    });
    expect(bench.state.convert(bench.ops.id, bench.bob.id, "private")).toMatchObject({ ok: false });
  });
});

describe("an app that is removed from a channel", () => {
  test.each([
    ["ops", "channel_left", "not_in_channel"],
    ["den", "group_left", "channel_not_found"],
  ] as const)("%s hears %s, and is answered %s", async (which, type, answer) => {
    await using bench = await Bench.open({ without: ["chat:write.public"] });
    const channel = bench[which];
    bench.drained();
    must(bench.state.kick(channel.id, bench.bot, bench.alice.id));
    expect(events(bench)).toMatchObject([
      { event: { subtype: "channel_leave" } },
      { event: { type: "member_left_channel", user: bench.bot } },
      { subscription: type, channel: channel.id, event: { type, actor_id: bench.alice.id } },
    ]);
    expect(await say(bench, channel.id)).toBe(answer);
    must(bench.state.invite(channel.id, [bench.bot], bench.alice.id));
    expect(await say(bench, channel.id)).toBe("ok");
  });

  test("is removed by members, from where it is, and not by itself", async () => {
    await using bench = await Bench.open();
    const { state, ops, bot, alice, bob } = bench;
    expect(state.kick(ops.id, bot, bob.id)).toEqual({ ok: false, error: "not_in_channel" });
    expect(state.kick(ops.id, bob.id, alice.id)).toEqual({ ok: false, error: "not_in_channel" });
    expect(state.kick(ops.id, alice.id, alice.id)).toEqual({ ok: false, error: "cant_kick_self" });
  });
});

describe("a token that is revoked", () => {
  test("is refused by every method until it holds again", async () => {
    await using bench = await Bench.open();
    bench.drained();
    bench.state.revokeToken();
    expect(events(bench)).toMatchObject([
      { subscription: "tokens_revoked", event: { tokens: { bot: [bench.bot] } } },
    ]);
    expect(await say(bench, bench.ops.id)).toBe("token_revoked");
    expect(await bench.verdict("auth.test")).toBe("token_revoked");
    bench.state.restoreToken();
    expect(await say(bench, bench.ops.id)).toBe("ok");
  });

  test("by an uninstallation takes the bot out of its channels; a new one brings a new token", async () => {
    await using bench = await Bench.open({ without: ["chat:write.public"] });
    const { botToken: old } = bench.installation;
    bench.state.uninstall();
    expect(await bench.verdict("auth.test")).toBe("account_inactive");
    bench.state.reinstall();
    expect(bench.installation.botToken).not.toBe(old);
    await expect(bench.client(old).auth.test()).rejects.toThrow("token_revoked");
    expect(await say(bench, bench.ops.id)).toBe("not_in_channel");
    expect(await say(bench, bench.den.id)).toBe("channel_not_found");
    expect(await bench.verdict("conversations.join", { channel: bench.ops.id })).toBe("ok");
  });

  test("leaves the app to hear of that and of nothing more", async () => {
    const manifest = MANIFEST.replace("bot_events: [", "bot_events: [app_uninstalled, tokens_revoked, ");
    await using scene = await stage({ manifest });
    const { ws, app } = scene;
    must(ws.state.invite(ws.channel("general").id, [ws.installation.botUserId], ws.idOf("alice")));
    await ws.settle();
    ws.state.uninstall();
    await ws.as("alice").in("#general").says("anybody?");
    await ws.settle();
    expect(app.events().map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(["tokens_revoked", "app_uninstalled"]),
    );
    expect(app.events("message").map(({ event }) => event.text)).not.toContain("anybody?");
    expect((await ws.as("alice").in("#general").types("/tiny x")).error).toContain("not a valid command");
  });
});

describe("a person whose account is deactivated and opened again", () => {
  test("is told of by user_change, and can be written to again", async () => {
    await using bench = await Bench.open();
    const open = () => bench.verdict("conversations.open", { users: bench.bob.id });
    bench.drained();
    bench.state.deactivate(bench.bob);
    expect(await open()).toBe("user_disabled");
    bench.state.reactivate(bench.bob);
    expect(await open()).toBe("ok");
    expect(events(bench)).toMatchObject([
      { subscription: "user_change", event: { user: { id: bench.bob.id, deleted: true } } },
      { subscription: "user_change", event: { user: { id: bench.bob.id, deleted: false } } },
    ]);
  });
});
