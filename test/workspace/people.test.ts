import { describe, expect, it } from "vitest";
import { invite, stage } from "./tiny-app.ts";

describe("people", () => {
  it("read a story as it happened", async () => {
    await using scene = await stage();
    const { ws, call } = scene;
    const channel = await invite(ws, "general");
    const [alice, bob] = [ws.as("alice").in("#general"), ws.as("bob").in("#general")];
    await alice.says("<deploy> & pray, @bob see #incidents");
    await ws.clock.advance("2m");
    await bob.replies("deploy", "rolling *back* `a_b_c`");
    await bob.reacts("pushpin", "deploy");
    await alice.says("15 % failing");
    await alice.edits("15 %", "12 % failing");
    await alice.says("oops");
    await alice.deletes("oops");
    await bob.shares("graph.txt", "1 2 3", "see this");
    const card = await call("chat.postMessage", {
      channel,
      text: "card",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "INC-1 <checkout>" } },
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "*Started* <!date^1708007400^{time}|14:30> (<!date^1708007400^{ago}|then>)",
          },
          fields: [{ type: "mrkdwn", text: "_Lead_ <@" + ws.state.personNamed("alice")?.id + ">" }],
        },
        {
          type: "context",
          elements: [
            { type: "mrkdwn", text: "<https://acme.test|link>" },
            { type: "plain_text", text: "two" },
          ],
        },
        {
          type: "actions",
          elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "Post as is" } }],
        },
      ],
    });
    await alice.pins("INC-1");
    expect(card["ok"]).toBe(true);
    expect(ws.channel("general").transcript().split("\n").slice(-11)).toEqual([
      "14:30 alice: <deploy> & pray, @bob see #incidents",
      "      :pushpin: 1",
      "    14:32 bob: rolling back `a_b_c`",
      "14:32 alice: 12 % failing (edited)",
      "14:32 bob: see this",
      "      [file: graph.txt]",
      "14:32 Tiny (app): INC-1 <checkout>",
      "      Started 14:30 (2 minutes ago)",
      "      Lead @alice",
      "      link · two",
      "      [Post as is] (pinned)",
    ]);
  });

  it("write as Slack's composer does", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    const channel = await invite(ws, "general");
    await ws.as("alice").in("#general").says("a < b & c > d, @bob @nobody mail@bob.test #general #1");
    await ws.settle();
    expect(app.events("message").at(-1)?.["event"].text).toBe(
      `a &lt; b &amp; c &gt; d, <@${ws.state.personNamed("bob")?.id}> @nobody mail@bob.test <#${channel}> #1`,
    );
  });

  it("cannot do what Slack's client would not offer, and are told what is there", async () => {
    await using scene = await stage();
    const { ws } = scene;
    await ws.as("alice").in("#general").says("here");
    expect(() => ws.as("carol")).toThrow('Nobody here is called carol. There are "tiny", "alice", "bob".');
    expect(() => ws.as("alice").in("#nowhere")).toThrow('There are "#general", "#incidents".');
    await expect(ws.as("alice").says("x")).rejects.toThrow('.in("#channel")');
    await expect(ws.as("bob").in("#general").edits("here", "x")).rejects.toThrow("bob sees no message");
    await expect(ws.as("bob").in("#general").reacts("eyes", "gone")).rejects.toThrow('The newest are "here"');
    await ws.as("bob").in("#incidents").leaves();
    await expect(ws.as("bob").in("#incidents").says("x")).rejects.toThrow(
      "bob is not in #incidents; .joins() first.",
    );
    await ws.as("bob").in("#incidents").joins();
    expect((await ws.as("bob").in("#incidents").says("x")).ok).toBe(true);
  });

  it("talk with the app in direct messages", async () => {
    await using scene = await stage();
    const { ws, call } = scene;
    await ws.as("alice").in("@tiny").says("hi");
    const channel = scene.ws.state.directMessageBetween(
      ws.state.personNamed("alice")?.id ?? "",
      ws.installation.botUserId,
    )?.id;
    await call("chat.postMessage", { channel, text: "hello *you*" });
    expect(ws.as("alice").directMessages()).toBe("14:30 alice: hi\n14:30 Tiny (app): hello you");
    expect(ws.as("bob").directMessages()).toBe("");
  });

  it("are watched as they act", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    const channel = await invite(ws, "general");
    const lines: string[] = [];
    const stop = ws.watch("#general", (line) => lines.push(line));
    const blocks = (status: string): unknown[] => [
      { type: "section", text: { type: "mrkdwn", text: `Status: ${status}` } },
      {
        type: "actions",
        elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "Go" } }],
      },
    ];
    const posted = await call("chat.postMessage", { channel, text: "x", blocks: blocks("A") });
    await ws.as("alice").clicks("Go");
    await call("chat.update", { channel, ts: posted["ts"], text: "x", blocks: blocks("B") });
    await ws.as("bob").in("#general").types("/tiny status");
    await ws.as("bob").in("#incidents").says("elsewhere");
    stop();
    await ws.as("bob").in("#general").says("unseen");
    expect(lines).toEqual([
      "14:30 Tiny (app): Status: A",
      "      [Go]",
      "14:30 alice pressed Go",
      "14:30 Tiny (app) edited “Status: A”:",
      "      Status: B",
      "14:30 bob typed /tiny status",
    ]);
    expect(app.received.length).toBeGreaterThan(0);
  });

  it("are watched as they mark, answer, correct and delete", async () => {
    await using scene = await stage();
    const { ws } = scene;
    const [alice, bob] = [ws.as("alice").in("#general"), ws.as("bob").in("#general")];
    const lines: string[] = [];
    ws.watch("#general", (line) => lines.push(line));
    await alice.says("Decision: roll back the payment service to v2.3.1");
    await bob.reacts("pushpin", "Decision");
    await bob.pins("Decision");
    await ws.clock.advance("1m");
    await bob.unpins("Decision");
    await bob.unreacts("pushpin", "Decision");
    await bob.replies("Decision", "on it");
    await bob.edits("on it", "done");
    await bob.deletes("done");
    expect(lines).toEqual([
      "14:30 alice: Decision: roll back the payment service to v2.3.1",
      "14:30 bob reacted :pushpin: to “Decision: roll back the payment service…”",
      "14:30 bob pinned “Decision: roll back the payment service…”",
      "14:31 bob unpinned “Decision: roll back the payment service…”",
      "14:31 bob took :pushpin: back from “Decision: roll back the payment service…”",
      "14:31 bob in the thread “Decision: roll back the payment service…”: on it",
      "14:31 bob edited “on it”:",
      "      done",
      "14:31 bob deleted “done”",
    ]);
  });

  it("are watched in their direct messages, each by name; what only counts the time is no edit", async () => {
    await using scene = await stage();
    const { ws, call } = scene;
    const lines: string[] = [];
    ws.watch(undefined, (line) => lines.push(line));
    const since = `Since <!date^${ws.clock.now() / 1000}^{ago}|then>`;
    await ws.as("bob").in("@tiny").says("hello");
    const channel = [...ws.state.channels.values()].find(({ kind }) => kind === "im")?.id;
    const { ts } = await call("chat.postMessage", { channel, text: `A\n${since}` });
    await ws.clock.advance("5m");
    await call("chat.update", { channel, ts, text: `B\n${since}` });
    expect(lines).toEqual([
      "@bob 14:30 bob: hello",
      "@bob 14:30 Tiny (app): A",
      "@bob       Since 0 seconds ago",
      "@bob 14:35 Tiny (app) edited “A”:",
      "@bob       B",
    ]);
  });

  it("are watched as they are shown something alone, where that is asked for", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    const [everyone, personal]: [string[], string[]] = [[], []];
    ws.watch(undefined, (line) => everyone.push(line));
    ws.watch(undefined, (line) => personal.push(line), { personal: true });
    const text = (words: string) => ({ type: "plain_text", text: words });
    const option = (words: string) => ({ text: text(words), value: words });
    const view = {
      type: "modal",
      title: text("Update"),
      submit: text("Send"),
      blocks: [
        { type: "section", text: text("Five lines") },
        {
          type: "input",
          label: text("Status"),
          element: {
            type: "static_select",
            action_id: "s",
            options: [option("A"), option("B")],
            initial_option: option("A"),
          },
        },
        {
          type: "input",
          optional: true,
          label: text("Impact"),
          element: { type: "plain_text_input", action_id: "i", multiline: true, initial_value: "one\ntwo" },
        },
      ],
    };
    app.reply = async ({ body }) => {
      if (body["text"] === "fail") return { status: 500 };
      await call("views.open", { trigger_id: body["trigger_id"], view });
      return { json: { text: "Only\nfor you" } };
    };
    await ws.as("alice").in("#general").types("/tiny form");
    await ws.as("bob").in("#general").types("/tiny fail");
    expect(everyone).toEqual([
      "#general 14:30 alice typed /tiny form",
      "#general 14:30 bob typed /tiny fail",
    ]);
    expect(personal).toEqual([
      "#general 14:30 alice typed /tiny form",
      "14:30 alice sees: the form “Update”",
      "      Five lines",
      "      Status: A (A | B)",
      "      Impact: one",
      "      two",
      "      [Send] [Cancel]",
      "#general 14:30 alice sees: Only",
      "#general       for you",
      "#general 14:30 bob typed /tiny fail",
      expect.stringMatching(/^14:30 bob sees: \/tiny failed with the error/),
    ]);
  });
});
