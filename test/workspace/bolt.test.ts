import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { Workspace } from "../../src/workspace/workspace.ts";
import { invite, MANIFEST } from "./tiny-app.ts";

function teach(app: App, heard: string[]): void {
  app.message(async ({ message }) => {
    if ("text" in message) heard.push(String(message.text));
  });
  app.command("/tiny", async ({ command, ack, client }) => {
    await ack({
      text: `you said ${command.text}`,
      blocks: [
        {
          type: "actions",
          elements: [{ type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } }],
        },
      ],
    });
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: "modal",
        callback_id: "form",
        title: { type: "plain_text", text: "A form" },
        submit: { type: "plain_text", text: "Save" },
        blocks: [
          {
            type: "input",
            block_id: "what",
            label: { type: "plain_text", text: "What" },
            element: { type: "plain_text_input", action_id: "text" },
          },
        ],
      },
    });
  });
  app.view("form", async ({ view, ack }) => {
    const value = view.state.values["what"]?.["text"]?.value;
    if (value === "bad") return ack({ response_action: "errors", errors: { what: "Not that" } });
    heard.push(`form: ${value}`);
    return ack();
  });
  app.action("go", async ({ ack, respond }) => {
    await ack();
    await respond({ text: "gone", replace_original: true });
  });
}

describe.each(["http", "socket"] as const)("a real Bolt app over %s", (transport) => {
  it("hears messages, answers commands, opens a form and responds to a button", async () => {
    await using ws = await Workspace.start({ people: ["alice", "bob"], manifest: MANIFEST, transport });
    const env = ws.env();
    const clientOptions = { slackApiUrl: env["SLACK_API_URL"], retryConfig: { retries: 0 } };
    const receiver =
      transport === "http"
        ? new HTTPReceiver({ signingSecret: env["SLACK_SIGNING_SECRET"] ?? "", logLevel: LogLevel.ERROR })
        : new SocketModeReceiver({
            appToken: env["SLACK_APP_TOKEN"] ?? "",
            logLevel: LogLevel.ERROR,
            installerOptions: { clientOptions },
          });
    const { botId, botUserId, botToken } = ws.installation;
    const app = new App({
      token: botToken,
      receiver,
      botId,
      botUserId,
      tokenVerificationEnabled: false,
      convoStore: false,
      clientOptions,
      logLevel: LogLevel.ERROR,
    });
    const heard: string[] = [];
    teach(app, heard);
    const server = await app.start(0);
    if (transport === "http") {
      const address = Object(server).address();
      ws.requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
    }
    try {
      await invite(ws, "general");
      const alice = ws.as("alice").in("#general");
      await alice.says("hello @bob & all");
      await ws.settle();
      expect(heard.at(-1)).toBe(`hello <@${ws.state.personNamed("bob")?.id}> &amp; all`);

      const seen = await alice.types("/tiny now");
      expect(seen).toEqual({ ok: true, answer: "[Go]" });
      await expect.poll(() => alice.modal()?.title).toBe("A form");
      await alice.fills({ What: "bad" });
      expect((await alice.submits()).errors).toEqual({ What: "Not that" });
      expect(alice.modal()?.values).toEqual({ What: "bad" });
      await alice.fills({ What: "good" });
      expect(await alice.submits()).toEqual({ ok: true });
      expect(alice.modal()).toBeUndefined();
      expect(heard.at(-1)).toBe("form: good");

      expect(await alice.clicks("Go")).toEqual({ ok: true });
      await expect.poll(() => alice.sees()).toEqual(["gone"]);
      expect(ws.state.loud).toEqual([]);
    } finally {
      await app.stop();
      // Bolt does not wait for its closing handshake (measured with Bolt 5.1).
      await expect.poll(() => ws.sockets?.connections ?? 0).toBe(0);
    }
  });
});
