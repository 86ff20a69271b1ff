import { App, type Receiver } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { registerListeners } from "../../src/slack/listeners.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { anIncident, aRoom } from "./a-room.ts";

/** A real Bolt app with our listeners; what it is sent comes straight to it. */
function anApp(room: SlackRoom): (body: Record<string, unknown>) => Promise<unknown[]> {
  let bolt: App | undefined;
  const receiver: Receiver = {
    init: (app) => {
      bolt = app;
    },
    start: async () => {},
    stop: async () => {},
  };
  const app = new App({
    receiver,
    token: "xoxb-1",
    botId: "BBOT",
    botUserId: "UBOT",
    tokenVerificationEnabled: false,
    convoStore: false,
    clientOptions: { retryConfig: { retries: 0 }, fetch: async () => Response.json({ ok: true }) },
  });
  registerListeners(app, room);
  return async (body) => {
    const answers: unknown[] = [];
    await bolt?.processEvent({ body, ack: async (answer) => void answers.push(answer) });
    return answers;
  };
}

const from = { team: { id: "T1" }, user: { id: "U1" }, api_app_id: "A1", token: "t", trigger_id: "1.1" };
const event = (id: string, inner: Record<string, unknown>) => ({
  type: "event_callback",
  team_id: "T1",
  event_id: id,
  event: { event_ts: "1708008000.000100", ...inner },
});

describe("Bolt hands over", () => {
  it.each(["/incident", "/sitrep"])("the command %s", async (command) => {
    await using slack = await aRoom();
    const send = anApp(slack.room);
    const answers = await send({
      command,
      text: "help",
      user_id: "U1",
      channel_id: "C1",
      team_id: "T1",
      trigger_id: "1.1",
      response_url: "https://hooks.example/1",
    });
    expect(JSON.stringify(answers)).toContain(`Write \`${command}\` before each`);
  });

  it("messages, marks and mentions", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const send = anApp(slack.room);
    const ts = "1708008000.000100";
    await send(event("Ev1", { type: "message", channel: "C1", user: "U2", text: "deployed", ts }));
    const item = { type: "message", channel: "C1", ts };
    await send(event("Ev2", { type: "reaction_added", user: "U1", reaction: "pushpin", item }));
    const record = await slack.room.handling.store.message("C1", ts);
    expect(record).toMatchObject({ author: "U2", marks: [{ person: "U1", present: true }] });
    const removed = {
      type: "reaction_removed",
      user: "U1",
      reaction: "pushpin",
      item,
      event_ts: "1708008001.0",
    };
    await send(event("Ev3", removed));
    expect((await slack.room.handling.store.message("C1", ts))?.marks).toMatchObject([{ present: false }]);
    await send(event("Ev4", { type: "app_mention", user: "U1", text: "<@UBOT> status", ts, channel: "C1" }));
    expect(slack.calls.map((call) => call.method)).toEqual(["chat.postMessage"]);
  });

  it("buttons and forms, also of ids that nobody knows", async () => {
    await using slack = await aRoom();
    const send = anApp(slack.room);
    const pressed = await send({
      ...from,
      type: "block_actions",
      container: { type: "message", is_ephemeral: false },
      channel: { id: "C1" },
      response_url: "https://hooks.example/1",
      actions: [{ type: "button", action_id: "old", block_id: "b", value: "", action_ts: "1.2" }],
    });
    expect(pressed).toEqual([undefined]);
    const view = { id: "V1", callback_id: "old", private_metadata: "", state: { values: { title: {} } } };
    expect(await send({ ...from, type: "view_submission", view })).toMatchObject([
      { response_action: "errors", errors: { title: expect.stringContaining("another version") } },
    ]);
  });
});
