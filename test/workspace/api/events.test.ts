import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const kinds = (bench: Bench) => bench.drained().map(({ subscription, event }) => [subscription, event.type]);

describe("a message's event", () => {
  test("is plain for what a person types", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const ts = bench.says(bench.ops, "rolled <@U1> back &amp; out");
    expect(bench.drained()).toEqual([
      {
        subscription: "message.channels",
        channel: bench.ops.id,
        event: {
          type: "message",
          channel: bench.ops.id,
          channel_type: "channel",
          user: bench.alice.id,
          text: "rolled <@U1> back &amp; out",
          ts,
          event_ts: ts,
          team: bench.installation.teamId,
          client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          blocks: [
            {
              type: "rich_text",
              block_id: expect.any(String),
              elements: [
                {
                  type: "rich_text_section",
                  elements: [
                    { type: "text", text: "rolled " },
                    { type: "user", user_id: "U1" },
                    { type: "text", text: " back & out" },
                  ],
                },
              ],
            },
          ],
        },
      },
    ]);
  });

  test("names its kind of conversation", async () => {
    await using bench = await Bench.open();
    const { channel: direct } = bench.state.openDirectMessage(bench.alice.id, bench.bot);
    bench.drained();
    for (const channel of [bench.ops, bench.den, direct]) bench.says(channel, "a");
    expect(bench.drained().map(({ subscription, event }) => [subscription, event["channel_type"]])).toEqual([
      ["message.channels", "channel"],
      ["message.groups", "group"],
      ["message.im", "im"],
    ]);
  });

  test("carries the app for what the bot posts, and no client_msg_id", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const metadata = { event_type: "sitrep_effect", event_payload: {} };
    await bench.posts(bench.ops, { text: "hello", metadata });
    const [happening] = bench.drained();
    const { botId, appId } = bench.installation;
    expect(happening?.event).toMatchObject({ user: bench.bot, bot_id: botId, app_id: appId });
    for (const absent of ["subtype", "client_msg_id", "metadata"]) {
      expect(happening?.event).not.toHaveProperty(absent);
    }
  });

  test("is message_changed for an edit, with what was before", async () => {
    await using bench = await Bench.open();
    const ts = bench.says(bench.ops, "helo");
    bench.drained();
    must(bench.state.editMessage({ channel: bench.ops.id, ts, user: bench.alice.id, text: "hello" }));
    const [happening] = bench.drained();
    expect(happening?.event).toMatchObject({
      subtype: "message_changed",
      hidden: true,
      channel: bench.ops.id,
      message: { ts, text: "hello", user: bench.alice.id, edited: { user: bench.alice.id } },
      previous_message: { ts, text: "helo" },
    });
    expect(happening?.event).not.toHaveProperty("user");
    expect(happening?.event["previous_message"]).not.toHaveProperty("edited");
  });

  test("is message_changed for the bot's update too, unmarked when blocks came with it", async () => {
    await using bench = await Bench.open();
    const blocks = [{ type: "divider" }];
    const ts = await bench.posts(bench.ops, { text: "one", blocks });
    bench.drained();
    await bench.call("chat.update", { channel: bench.ops.id, ts, text: "two", blocks });
    const [happening] = bench.drained();
    expect(happening?.event).toMatchObject({
      subtype: "message_changed",
      message: { text: "two", bot_id: bench.installation.botId },
    });
    expect(happening?.event["message"]).not.toHaveProperty("edited");
  });

  test("is message_deleted, or a tombstone where replies hang on it", async () => {
    await using bench = await Bench.open();
    const lone = bench.says(bench.ops, "lone");
    const parent = bench.says(bench.ops, "parent");
    bench.says(bench.ops, "reply", parent);
    bench.drained();
    const remove = (ts: string) =>
      must(bench.state.deleteMessage({ channel: bench.ops.id, ts, user: bench.alice.id }));
    remove(lone);
    remove(parent);
    expect(bench.drained().map(({ event }) => event)).toMatchObject([
      { subtype: "message_deleted", hidden: true, deleted_ts: lone, previous_message: { text: "lone" } },
      {
        subtype: "message_changed",
        message: { ts: parent, subtype: "tombstone" },
        previous_message: { text: "parent" },
      },
    ]);
  });

  test("is thread_broadcast with its root for a reply also sent to the channel", async () => {
    await using bench = await Bench.open();
    const parent = bench.says(bench.ops, "parent");
    bench.drained();
    bench.says(bench.ops, "quiet", parent);
    const { id: user } = bench.alice;
    const loud = { channel: bench.ops.id, user, text: "loud", threadTs: parent, broadcast: true };
    must(bench.state.postMessage(loud));
    const [quiet, broadcast] = bench.drained().map(({ event }) => event);
    expect(quiet).toMatchObject({ thread_ts: parent, parent_user_id: user });
    expect(quiet).not.toHaveProperty("subtype");
    expect(broadcast).toMatchObject({
      subtype: "thread_broadcast",
      thread_ts: parent,
      root: { text: "parent" },
      client_msg_id: expect.any(String),
    });
  });

  test("has no event when it is ephemeral", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const to = { channel: bench.ops.id, user: bench.bot, botId: "B1", onlyFor: bench.alice.id };
    const shown = must(bench.state.postMessage({ ...to, text: "psst" }));
    must(bench.state.editMessage({ ...to, ts: shown.ts, text: "hush" }));
    must(bench.state.deleteMessage({ ...to, ts: shown.ts }));
    expect(bench.drained()).toEqual([]);
  });
});

describe("a mention of the bot", () => {
  test("is an app_mention beside the message, with the same ts", async () => {
    await using bench = await Bench.open();
    bench.drained();
    const ts = bench.says(bench.ops, `<@${bench.bot}> status`);
    expect(bench.drained().map(({ event }) => [event.type, event["ts"]])).toEqual([
      ["message", ts],
      ["app_mention", ts],
    ]);
  });

  test("is none in a direct message, in an edit, or by the bot itself", async () => {
    await using bench = await Bench.open();
    const { channel: direct } = bench.state.openDirectMessage(bench.alice.id, bench.bot);
    const ts = bench.says(bench.ops, "a");
    bench.drained();
    bench.says(direct, `<@${bench.bot}>`);
    const text = `<@${bench.bot}>`;
    must(bench.state.editMessage({ channel: bench.ops.id, ts, user: bench.alice.id, text }));
    await bench.posts(bench.ops, { text });
    bench.says(bench.ops, `<@${bench.alice.id}>`);
    expect(new Set(bench.drained().map(({ event }) => event.type))).toEqual(new Set(["message"]));
  });
});

describe("membership's events", () => {
  test("come for a new channel and its creator", async () => {
    await using bench = await Bench.open();
    bench.drained();
    await bench.call("conversations.create", { name: "inc-1" });
    await bench.call("conversations.create", { name: "inc-2", is_private: true });
    expect(kinds(bench)).toEqual([
      ["channel_created", "channel_created"],
      ["message.channels", "message"],
      ["member_joined_channel", "member_joined_channel"],
      ["message.groups", "message"],
      ["member_joined_channel", "member_joined_channel"],
    ]);
  });

  test("name the inviter, and the kind of channel by a letter", async () => {
    await using bench = await Bench.open();
    bench.drained();
    await bench.call("conversations.invite", { channel: bench.ops.id, users: bench.bob.id });
    await bench.call("conversations.invite", { channel: bench.den.id, users: bench.bob.id });
    must(bench.state.join(bench.lounge.id, bench.bob.id));
    const joined = { type: "member_joined_channel", user: bench.bob.id };
    const text = `<@${bench.bob.id}> has joined the channel`;
    const events = bench.drained().map(({ event }) => event);
    expect(events).toMatchObject([
      { subtype: "channel_join", user: bench.bob.id, inviter: bench.bot, text },
      { ...joined, channel: bench.ops.id, channel_type: "C", inviter: bench.bot },
      { subtype: "channel_join" },
      { ...joined, channel: bench.den.id, channel_type: "G", inviter: bench.bot },
      { subtype: "channel_join" },
      { ...joined, channel: bench.lounge.id, channel_type: "C" },
    ]);
    expect(events.at(-1)).not.toHaveProperty("inviter");
  });

  test("come when somebody leaves, and when a channel is archived", async () => {
    await using bench = await Bench.open();
    bench.drained();
    must(bench.state.leave(bench.ops.id, bench.alice.id));
    must(bench.state.archive(bench.ops.id, bench.bot));
    must(bench.state.archive(bench.den.id, bench.alice.id));
    expect(kinds(bench)).toEqual([
      ["message.channels", "message"],
      ["member_left_channel", "member_left_channel"],
      ["message.channels", "message"],
      ["channel_archive", "channel_archive"],
      ["message.groups", "message"],
      ["group_archive", "group_archive"],
    ]);
  });
});

describe("marks' events", () => {
  test("name the item and its author", async () => {
    await using bench = await Bench.open();
    const { state, ops, alice, bob } = bench;
    const ts = bench.says(ops, "a");
    bench.drained();
    const reaction = { channel: ops.id, ts, user: bob.id, name: "pushpin" };
    must(state.addReaction(reaction));
    must(state.removeReaction(reaction));
    must(state.addPin({ channel: ops.id, ts, user: alice.id }));
    must(state.removePin({ channel: ops.id, ts, user: alice.id }));
    const marked = { user: bob.id, reaction: "pushpin", item_user: alice.id };
    const item = { type: "message", channel: ops.id, ts };
    expect(bench.drained().map(({ event }) => event)).toMatchObject([
      { type: "reaction_added", ...marked, item },
      { type: "reaction_removed", ...marked, item },
      {
        type: "pin_added",
        channel_id: ops.id,
        item: { channel: ops.id, created_by: alice.id, message: { ts, pinned_to: [ops.id] } },
        pin_count: 1,
        pinned_info: { pinned_by: alice.id },
      },
      { type: "pin_removed", has_pins: false, pin_count: 0 },
    ]);
  });
});

describe("ids and timestamps", () => {
  test("are the same for the same seed and the same time", async () => {
    await using one = await Bench.open();
    await using other = await Bench.open();
    expect(one.installation).toEqual(other.installation);
    expect([one.ops.id, one.alice.id]).toEqual([other.ops.id, other.alice.id]);
    expect(one.says(one.ops, "a")).toBe(other.says(other.ops, "a"));
  });

  test("rise as strings, while the clock stands and when it goes", async () => {
    await using bench = await Bench.open();
    const stamps = [bench.says(bench.ops, "a"), bench.says(bench.den, "b")];
    bench.clock.at += 1500;
    stamps.push(bench.says(bench.ops, "c"));
    bench.clock.at -= 60_000;
    stamps.push(bench.says(bench.ops, "d"));
    expect(stamps.toSorted()).toEqual(stamps);
    expect(new Set(stamps).size).toBe(4);
    expect(stamps[2]).toBe("1708007401.500000");
  });
});
