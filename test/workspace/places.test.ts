import { describe, expect, it } from "vitest";
import { invite, MANIFEST, stage } from "./tiny-app.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const button = (action_id: string, text: string) => ({ type: "button", action_id, text: plain(text) });

describe("the app's home", () => {
  const blocks = [
    { type: "header", text: plain("Open incidents") },
    { type: "section", text: { type: "mrkdwn", text: "*INC-1* checkout 500s" } },
    {
      type: "actions",
      block_id: "acts",
      elements: [
        button("declare", "Declare incident"),
        {
          type: "static_select",
          action_id: "sort",
          placeholder: plain("Sort"),
          options: [
            { text: plain("Newest"), value: "new" },
            { text: plain("Worst"), value: "sev" },
          ],
        },
      ],
    },
  ];

  it("is opened by a person, told to the app, filled by it and read by her alone", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    const alice = ws.state.personNamed("alice")?.id;
    expect(ws.as("alice").home()).toBe("");
    await ws.as("alice").opensHome();
    expect(app.events("app_home_opened").map(({ event }) => event)).toEqual([
      {
        type: "app_home_opened",
        user: alice,
        channel: expect.stringMatching(/^D/),
        tab: "home",
        event_ts: expect.any(String),
      },
    ]);
    expect(await call("views.publish", { user_id: alice, view: { type: "home", blocks } })).toMatchObject({
      ok: true,
    });
    expect(ws.as("alice").home().split("\n")).toEqual([
      "Open incidents",
      "INC-1 checkout 500s",
      "[Declare incident] [Sort]",
    ]);
    expect(ws.as("bob").home()).toBe("");
    await ws.as("alice").opensHome();
    expect(app.events("app_home_opened")[1]?.event.view).toMatchObject({
      type: "home",
      hash: ws.state.homes.get(alice ?? "")?.hash,
    });
  });

  it("carries presses and choices to the app, with a trigger and the view", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    await call("views.publish", {
      user_id: ws.state.personNamed("alice")?.id,
      view: { type: "home", callback_id: "home", blocks },
    });
    await ws.as("alice").clicksAtHome("Declare incident");
    await ws.as("alice").clicksAtHome("Sort", "Worst");
    const [press, choice] = app.received.map(({ body }) => body);
    expect(press).toMatchObject({
      type: "block_actions",
      container: { type: "view" },
      view: { type: "home", callback_id: "home" },
      trigger_id: expect.any(String),
      actions: [{ action_id: "declare", block_id: "acts" }],
    });
    expect(press).not.toHaveProperty("response_url");
    expect(choice?.actions[0]).toMatchObject({ action_id: "sort", selected_option: { value: "sev" } });
    await expect(ws.as("alice").clicksAtHome("Resolve")).rejects.toThrow(
      'alice sees no "Resolve" on the app\'s home. There are "Declare incident", "Sort".',
    );
    await expect(ws.as("bob").clicksAtHome("Sort", "Worst")).rejects.toThrow("There are none");
  });

  it("is read while it is watched", async () => {
    await using scene = await stage();
    const { ws, call } = scene;
    const lines: string[] = [];
    ws.watch(undefined, (line) => lines.push(line), { personal: true });
    const view = { type: "home", blocks: [{ type: "section", text: plain("Nothing is open") }] };
    await call("views.publish", { user_id: ws.state.personNamed("alice")?.id, view });
    expect(lines).toEqual([expect.stringMatching(/ alice sees: the app's home$/), "      Nothing is open"]);
  });
});

describe("a private channel", () => {
  const scenery = { privateChannels: { board: ["alice"] } };

  it("is there for those who are in it, and for nobody else", async () => {
    await using scene = await stage(scenery);
    const { ws } = scene;
    await ws.as("alice").in("#board").says("psst");
    expect(ws.channel("board")).toMatchObject({ isPrivate: true, members: ["alice"] });
    expect(() => ws.as("bob").in("#board")).toThrow('There is no channel #board. There are "#general"');
    await expect(ws.as("bob").in("#general").reacts("eyes", "psst")).rejects.toThrow("sees no message");
    await ws.as("alice").in("#board").invites("@bob");
    await ws.as("bob").in("#board").reacts("eyes", "psst");
    expect(ws.channel("board").transcript()).toContain(":eyes: 1");
  });
});

describe("a person", () => {
  it("is mentioned whatever the capitals, as the composer of Slack finds them", async () => {
    await using scene = await stage({});
    const { ws, app } = scene;
    await invite(ws, "general");
    await ws.as("alice").in("#general").says("ask @Bob please");
    await ws.settle();
    expect(app.events("message").at(-1)?.event.text).toBe(`ask <@${ws.idOf("bob")}> please`);
  });
});

describe("a user group", () => {
  const scenery = { groups: { sre: ["alice", "bob"], nobody: [] } };

  it("is mentioned in commands, messages and their rich text", async () => {
    await using scene = await stage(scenery);
    const { ws, app } = scene;
    const id = ws.idOf("@sre");
    await invite(ws, "general");
    await ws.as("alice").in("#general").types("/tiny page @sre now, a@sre.test");
    expect(app.received.at(-1)?.body["text"]).toBe(`page <!subteam^${id}|@sre> now, a@sre.test`);
    await ws.as("alice").in("#general").says("ask @sre please");
    await ws.settle();
    const message = app.events("message").at(-1)?.event;
    expect(message.text).toBe(`ask <!subteam^${id}> please`);
    expect(message.blocks[0].elements[0].elements).toEqual([
      { type: "text", text: "ask " },
      { type: "usergroup", usergroup_id: id },
      { type: "text", text: " please" },
    ]);
    expect(ws.channel("general").transcript()).toContain("alice: ask @sre please");
  });

  it("reads by its name wherever an app names it", async () => {
    await using scene = await stage(scenery);
    const { ws, call } = scene;
    const channel = await invite(ws, "general");
    await call("chat.postMessage", { channel, text: `<!subteam^${ws.idOf("sre")}> <!subteam^S0GONE|@old>` });
    expect(ws.channel("general").transcript()).toContain("Tiny (app): @sre @old");
  });
});

describe("what people do with channels", () => {
  it("stands in the transcript", async () => {
    await using scene = await stage({ channels: ["general", "ops"] });
    const { ws } = scene;
    const alice = ws.as("alice").in("#ops");
    await alice.setsTopic("SEV2 ‖ ask @bob & hope");
    await alice.archives();
    await expect(alice.says("hello")).rejects.toThrow("is_archived");
    await alice.unarchives();
    await alice.renames("#operations");
    expect(ws.channel("operations").topic).toBe(`SEV2 ‖ ask <@${ws.idOf("bob")}> &amp; hope`);
    expect(ws.channel("operations").transcript().split("\n").slice(-4)).toEqual([
      "14:30 * @alice set the channel topic: SEV2 ‖ ask @bob & hope",
      "14:30 * @alice archived the channel",
      "14:30 * @alice brought the channel back from the archive",
      '14:30 * @alice renamed the channel from "ops" to "operations"',
    ]);
  });
});

it("a message shortcut is used on the message with these words", async () => {
  await using scene = await stage();
  const { ws, app } = scene;
  await ws.as("bob").in("#general").says("rolling back");
  await ws.as("alice").in("#general").uses("Keep this", "rolling");
  expect(app.received.at(-1)?.body).toMatchObject({
    type: "message_action",
    callback_id: "keep",
    message: { text: "rolling back" },
  });
});

it("an app whose messages tab is off writes nobody directly", async () => {
  await using scene = await stage({
    manifest: MANIFEST.replace("home_tab_enabled: true", "messages_tab_enabled: false"),
  });
  const { ws, call } = scene;
  const { channel } = await call("conversations.open", { users: ws.idOf("alice") });
  expect(await call("chat.postMessage", { channel: channel.id, text: "a" })).toMatchObject({
    error: "messages_tab_disabled",
  });
});

describe("a form", () => {
  const options = ["one", "two", "three"].map((text) => ({ text: plain(text), value: text }));
  const input = (block_id: string, label: string, element: object) => ({
    type: "input",
    block_id,
    label: plain(label),
    optional: true,
    element: { action_id: "v", ...element },
  });

  it("is filled in by label, whatever its fields are", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    const view = {
      type: "modal",
      title: plain("Everything"),
      submit: plain("Go"),
      blocks: [
        input("who", "Who", { type: "users_select" }),
        input("all", "All", { type: "multi_users_select" }),
        input("some", "Some", { type: "multi_static_select", options }),
        input("checked", "Checked", { type: "checkboxes", options }),
        input("one", "One", { type: "radio_buttons", options }),
        input("day", "Day", { type: "datepicker" }),
        input("time", "Time", { type: "timepicker" }),
        input("where", "Where", { type: "conversations_select" }),
      ],
    };
    app.reply = async ({ body }) => {
      if (body.type === "shortcut") await call("views.open", { trigger_id: body.trigger_id, view });
      return {};
    };
    await ws.as("alice").uses("Start something");
    await ws.as("alice").fills({
      Who: "@bob",
      All: ["alice", "bob"],
      Some: ["one", "three"],
      Checked: ["two"],
      One: "three",
      Day: "2024-02-20",
      Time: "14:52",
      Where: "#general",
    });
    await ws.as("alice").submits();
    const values: object = app.received.at(-1)?.body["view"].state.values ?? {};
    const ids = (names: string[]) => names.map((name) => ws.idOf(name));
    expect(Object.values(values).map((each) => (each as { v: unknown }).v)).toMatchObject([
      { selected_user: ws.idOf("bob") },
      { selected_users: ids(["alice", "bob"]) },
      { selected_options: [{ value: "one" }, { value: "three" }] },
      { selected_options: [{ value: "two" }] },
      { selected_option: { value: "three" } },
      { selected_date: "2024-02-20" },
      { selected_time: "14:52" },
      { selected_conversation: ws.channel("general").id },
    ]);
  });
});
