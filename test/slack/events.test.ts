import { describe, expect, it } from "vitest";
import { onMention } from "../../src/slack/events/mention.ts";
import { type MessageEvent, onMessage } from "../../src/slack/events/message.ts";
import { onReaction } from "../../src/slack/events/reaction.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { anIncident, aRoom } from "./a-room.ts";

const ts = "1708008000.000100";
const message = (more: Partial<MessageEvent> = {}): MessageEvent => ({
  type: "message",
  channel: "C1",
  user: "U2",
  text: "deployed <https://a.example|a> &amp; b",
  ts,
  event_ts: ts,
  ...more,
});
const edited = (text: string, editedTs: string, before?: string): MessageEvent => ({
  type: "message",
  subtype: "message_changed",
  channel: "C1",
  ts: `${editedTs}9`,
  event_ts: `${editedTs}9`,
  message: { ts, user: "U2", text, edited: { ts: editedTs } },
  previous_message: { ts, user: "U2", ...(before === undefined ? {} : { edited: { ts: before } }) },
});

let events = 0;
const say = (room: SlackRoom, event: MessageEvent, id = `Ev${++events}`) => onMessage(room, event, id);
const recorded = (room: SlackRoom, at = ts) => room.handling.store.message("C1", at);

describe("a message in an incident's channel", () => {
  it("is recorded as it was written, once", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await say(slack.room, message(), "Ev-same");
    await say(slack.room, message(), "Ev-same");
    await say(slack.room, message(), "Ev-other");
    expect(await recorded(slack.room)).toMatchObject({
      incident: 1,
      author: "U2",
      version: 1,
      revisions: [{ text: { body: "deployed <https://a.example|a> &amp; b" } }],
    });
  });

  it.each([
    ["a file's name", { subtype: "file_share", files: [{ id: "F1", name: "a.png" }] }, { files: ["a.png"] }],
    ["a reply", { thread_ts: "1708007000.000100" }, { threadTs: "1708007000.000100" }],
    ["a reply also sent to the channel", { subtype: "thread_broadcast" }, { said: true }],
    ["/me", { subtype: "me_message" }, { said: true }],
    ["the head of a thread", { thread_ts: ts }, { threadTs: null }],
  ])("is recorded with %s", async (_, more, kept) => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await say(slack.room, message(more));
    expect(await recorded(slack.room)).toMatchObject(kept);
  });

  it.each([
    ["of another channel", { channel: "C9" }],
    ["of our own", { user: "UBOT" }],
    ["of our own by its bot id", { bot_id: "BBOT" }],
    ["about somebody joining", { subtype: "channel_join" }],
    ["about the topic", { subtype: "channel_topic" }],
  ])("is dropped when it is one %s", async (_, more) => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await say(slack.room, message(more));
    expect(await recorded(slack.room)).toBeUndefined();
  });

  it("takes an edit, but no change that is none", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await say(slack.room, message());
    await say(slack.room, edited("deployed v2", "1708008100.000000"));
    await say(slack.room, edited("deployed v2", "1708008100.000000", "1708008100.000000"));
    const { revisions } = (await recorded(slack.room))!;
    expect(revisions.map((each) => each.text.body)).toEqual([
      "deployed <https://a.example|a> &amp; b",
      "deployed v2",
    ]);
  });

  it("loses its text when it is deleted, also as a tombstone", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const deletion = { user: undefined, ts: "1708008200.000000", event_ts: "1708008200.000000" };
    const before = { ts, user: "U2" };
    await say(slack.room, message());
    await say(
      slack.room,
      message({ ...deletion, subtype: "message_deleted", deleted_ts: ts, previous_message: before }),
    );
    expect(await recorded(slack.room)).toMatchObject({ deletedAt: 1_708_008_200_000 });
    const head = "1708008300.000100";
    await say(slack.room, message({ ts: head, event_ts: head }));
    const tombstone = { ts: head, user: "USLACKBOT", subtype: "tombstone" };
    await say(
      slack.room,
      message({
        ...deletion,
        subtype: "message_changed",
        message: tombstone,
        previous_message: { ts: head, user: "U2" },
      }),
    );
    expect((await recorded(slack.room, head))?.revisions[0]?.text.body).toBeNull();
  });
});

describe("a mark", () => {
  const mark = { type: "reaction_added" as const, user: "U1", item: { type: "message", channel: "C1", ts } };

  it("is recorded with any tone of skin, and taken back", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await onReaction(slack.room, { ...mark, reaction: "pushpin::skin-tone-3", event_ts: "1.1" }, "Ev-a");
    expect((await recorded(slack.room))?.marks).toMatchObject([
      { person: "U1", kind: "pushpin", present: true },
    ]);
    await onReaction(
      slack.room,
      { ...mark, type: "reaction_removed", reaction: "pushpin", event_ts: "1.2" },
      "Ev-b",
    );
    expect((await recorded(slack.room))?.marks).toMatchObject([{ present: false }]);
  });

  it.each([
    ["another emoji", { ...mark, reaction: "eyes" }],
    ["our own receipt", { ...mark, reaction: "pushpin", user: "UBOT" }],
    ["another channel", { ...mark, reaction: "pushpin", item: { ...mark.item, channel: "C9" } }],
  ])("is not made by %s", async (_, event) => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await onReaction(slack.room, { ...event, event_ts: "1.1" }, "Ev-a");
    expect(await recorded(slack.room)).toBeUndefined();
  });
});

describe("a mention", () => {
  const mention = { type: "app_mention" as const, user: "U1", ts, event_ts: ts, channel: "C1" };

  it("is answered in its thread, once", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const event = { ...mention, text: "<@UBOT> status", thread_ts: "1708007000.000100" };
    await onMention(slack.room, event, "Ev-m");
    await onMention(slack.room, event, "Ev-m");
    expect(slack.calls.map((call) => call.method)).toEqual(["chat.postMessage"]);
    expect(slack.calls[0]?.args).toMatchObject({ channel: "C1", thread_ts: "1708007000.000100" });
  });

  it("changes what it says, once, and offers a button where a form is needed", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await onMention(slack.room, { ...mention, text: "<@UBOT>: update rolling back" }, "Ev-1");
    await onMention(slack.room, { ...mention, text: "<@UBOT>: update rolling back" }, "Ev-2");
    const incident = await slack.room.handling.store.incident(1);
    expect(incident?.updates).toHaveLength(2);
    await onMention(
      slack.room,
      { ...mention, ts: "1708008400.000100", event_ts: "1708008400.000100", text: "<@UBOT> resolve" },
      "Ev-3",
    );
    expect(slack.calls.at(-1)?.args["blocks"]).toContain("OpenResolve");
  });

  it("that Slack takes no answer for is answered by the repeat, and changes nothing again", async () => {
    let answers = 0;
    await using slack = await aRoom(({ method }) =>
      method === "conversations.replies"
        ? { ok: true, messages: [] }
        : ++answers === 1
          ? { ok: false, error: "ratelimited" }
          : { ok: true },
    );
    await anIncident(slack.room);
    const event = { ...mention, text: "<@UBOT> update rolling back" };
    await expect(onMention(slack.room, event, "Ev-m")).rejects.toThrow("chat.postMessage");
    await onMention(slack.room, event, "Ev-m");
    await onMention(slack.room, event, "Ev-m");
    expect(slack.calls.map(({ method }) => method)).toEqual([
      "chat.postMessage",
      "conversations.replies",
      "chat.postMessage",
    ]);
    expect((await slack.room.handling.store.incident(1))?.updates).toHaveLength(2);
  });

  it("further on in a sentence is talk", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await onMention(slack.room, { ...mention, text: "ask <@UBOT> for status" }, "Ev-m");
    expect(slack.calls).toEqual([]);
  });
});
