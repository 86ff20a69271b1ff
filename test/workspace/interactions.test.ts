import { describe, expect, it } from "vitest";
import { invite, type Payload, type Reply, stage } from "./tiny-app.ts";

const plain = (text: string): Payload => ({ type: "plain_text", text });
const option = (text: string): Payload => ({ text: plain(text), value: text.toLowerCase() });

const BLOCKS = [
  { type: "section", block_id: "s1", text: { type: "mrkdwn", text: "Next update is due" } },
  {
    type: "actions",
    block_id: "a1",
    elements: [
      { type: "button", action_id: "post", text: plain("Post as is"), value: "due-1" },
      {
        type: "button",
        action_id: "drop",
        text: plain("Drop"),
        confirm: { title: plain("Sure?"), text: plain("Really"), confirm: plain("Yes"), deny: plain("No") },
      },
      {
        type: "static_select",
        action_id: "sev",
        placeholder: plain("Severity"),
        options: [option("SEV1"), option("SEV2")],
      },
      { type: "overflow", action_id: "more", options: [option("Snooze"), option("Edit")] },
    ],
  },
];

const MODAL = {
  type: "modal",
  callback_id: "update",
  private_metadata: "v1:42",
  title: plain("Post an update"),
  submit: plain("Post"),
  notify_on_close: true,
  blocks: [
    { type: "section", block_id: "intro", text: plain("Five lines") },
    {
      type: "input",
      block_id: "action",
      label: plain("Current action"),
      element: { type: "plain_text_input", action_id: "v", initial_value: "Rolling back", max_length: 20 },
    },
    {
      type: "input",
      block_id: "status",
      label: plain("Status"),
      element: {
        type: "static_select",
        action_id: "v",
        options: [option("INVESTIGATING"), option("MITIGATING")],
      },
    },
    {
      type: "input",
      block_id: "at",
      optional: true,
      label: plain("Recovered at"),
      element: { type: "timepicker", action_id: "v" },
    },
    {
      type: "input",
      block_id: "who",
      optional: true,
      label: plain("Lead"),
      element: { type: "users_select", action_id: "v" },
    },
    {
      type: "input",
      block_id: "which",
      optional: true,
      label: plain("Affects"),
      element: { type: "checkboxes", action_id: "v", options: [option("Web"), option("API")] },
    },
  ],
};

type Scene = Awaited<ReturnType<typeof stage>>;

async function withButtons(scene: Scene): Promise<string> {
  const channel = await invite(scene.ws, "general");
  const posted = await scene.call("chat.postMessage", { channel, text: "due", blocks: BLOCKS });
  await scene.ws.settle();
  scene.app.received.length = 0;
  return posted["ts"];
}

/** Opens the form for alice, then answers with what `reply` says. */
async function withForm(scene: Scene, reply: (body: Payload) => Reply, view: Payload = MODAL): Promise<void> {
  scene.app.reply = async ({ body }) => {
    if (body["command"] === undefined) return reply(body);
    const opened = await scene.call("views.open", { trigger_id: body["trigger_id"], view });
    expect(opened["ok"], JSON.stringify(opened)).toBe(true);
    return {};
  };
  await scene.ws.as("alice").in("#general").types("/tiny form");
  scene.app.received.length = 0;
}

describe("a press", () => {
  it("carries the message, the action and a response URL", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    const ts = await withButtons(scene);
    expect(await ws.as("bob").clicks("Post as is")).toEqual({ ok: true });
    const channel = ws.channel("general").id;
    expect(app.received[0]?.isSigned).toBe(true);
    expect(app.received[0]?.body).toMatchObject({
      type: "block_actions",
      user: {
        id: ws.state.personNamed("bob")?.id,
        username: "bob",
        name: "bob",
        team_id: ws.installation.teamId,
      },
      container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: "general" },
      message: { ts, text: "due" },
      state: { values: {} },
      actions: [
        { type: "button", action_id: "post", block_id: "a1", value: "due-1", text: plain("Post as is") },
      ],
    });
    expect(app.received[0]?.body["actions"][0].action_ts).toMatch(/^\d+\.\d{6}$/);
  });

  it("twice gives two payloads with times of their own", async () => {
    await using scene = await stage();
    await withButtons(scene);
    await Promise.all([scene.ws.as("bob").clicks("Post as is"), scene.ws.as("bob").clicks("Post as is")]);
    const times = scene.app.received.map(({ body }) => body["actions"][0].action_ts);
    expect(new Set(times).size).toBe(2);
  });

  it("sends a choice of a select and of an overflow menu", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await withButtons(scene);
    await ws.as("bob").chooses("Severity", "SEV2");
    await ws.as("bob").clicks("Snooze");
    const [choice, overflow] = app.received.map(({ body }) => body["actions"][0]);
    expect(choice).toMatchObject({
      type: "static_select",
      action_id: "sev",
      selected_option: { value: "sev2" },
    });
    expect(overflow).toMatchObject({ type: "overflow", selected_option: { value: "snooze" } });
    expect(app.received[1]?.body["state"].values.a1.sev.selected_option.value).toBe("sev2");
  });

  it("accepts a confirmation unless told", async () => {
    await using scene = await stage();
    await withButtons(scene);
    await scene.ws.as("bob").clicks("Drop", { confirm: false });
    expect(scene.app.received).toEqual([]);
    await scene.ws.as("bob").clicks("Drop");
    expect(scene.app.received).toHaveLength(1);
  });

  it("takes the newest message with such a button, or the one named", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    const older = await withButtons(scene);
    const channel = ws.channel("general").id;
    const [section, actions] = BLOCKS;
    const newer = await call("chat.postMessage", {
      channel,
      text: "newer",
      blocks: [{ ...section, text: plain("Newer") }, actions],
    });
    await ws.settle();
    app.received.length = 0;
    await ws.as("bob").clicks("Post as is");
    await ws.as("bob").clicks("Post as is", { in: "Next update" });
    expect(app.received.map(({ body }) => body["message"].ts)).toEqual([newer["ts"], older]);
  });

  it("finds an ephemeral message's button for its reader alone", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    app.reply = () => ({ json: { text: "for bob", blocks: BLOCKS } });
    await ws.as("bob").in("#general").types("/tiny x");
    app.reply = () => ({});
    app.received.length = 0;
    await ws.as("bob").clicks("Post as is");
    expect(app.received[0]?.body["container"]["is_ephemeral"]).toBe(true);
    await expect(ws.as("alice").clicks("Post as is")).rejects.toThrow(
      'sees no button "Post as is". There are none.',
    );
  });

  it("of an unknown button names those that are there", async () => {
    await using scene = await stage();
    await withButtons(scene);
    await expect(scene.ws.as("bob").clicks("Post it")).rejects.toThrow(
      'bob sees no button "Post it". There are "Post as is", "Drop", "Severity", "overflow".',
    );
  });

  it("shows Slack's error when nothing comes in time, and is not repeated", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await withButtons(scene);
    app.reply = () => ({ silent: true });
    ws.wire.ackTimeout = 20;
    const seen = await ws.as("bob").clicks("Post as is");
    expect(seen).toEqual({
      ok: false,
      error: "pressed Post as is: the app did not answer (operation_timeout)",
    });
    await ws.clock.advance("10m");
    expect(app.received).toHaveLength(1);
  });

  it("that Slack cannot deliver shows the error and reaches nobody", async () => {
    await using scene = await stage();
    await withButtons(scene);
    scene.ws.deliveries.next("block_actions", { drop: 1 });
    expect((await scene.ws.as("bob").clicks("Post as is")).error).toContain("dispatch_failed");
    expect(scene.app.received).toEqual([]);
  });
});

describe("a form", () => {
  it("shows its labels and values, and submits what stands in it", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await withForm(scene, () => ({}));
    const alice = ws.as("alice");
    await alice.fills({
      Status: "MITIGATING",
      "Recovered at": "14:52",
      Lead: "@bob",
      Affects: ["Web"],
    });
    await alice.fills({ Affects: "Web, API" });
    expect(alice.modal()).toMatchObject({
      title: "Post an update",
      labels: ["Current action", "Status", "Recovered at", "Lead", "Affects"],
      values: {
        "Current action": "Rolling back",
        Status: "MITIGATING",
        "Recovered at": "14:52",
        Lead: "@bob",
        Affects: ["Web", "API"],
      },
    });
    expect(await alice.submits()).toEqual({ ok: true });
    expect(alice.modal()).toBeUndefined();
    const body = app.received[0]?.body;
    expect(body).toMatchObject({ type: "view_submission", response_urls: [] });
    expect(body?.["view"]).toMatchObject({ type: "modal", callback_id: "update", private_metadata: "v1:42" });
    expect(body?.["view"].state.values).toMatchObject({
      action: { v: { type: "plain_text_input", value: "Rolling back" } },
      status: { v: { type: "static_select", selected_option: { value: "mitigating" } } },
      at: { v: { type: "timepicker", selected_time: "14:52" } },
      who: { v: { type: "users_select", selected_user: ws.state.personNamed("bob")?.id } },
      which: { v: { type: "checkboxes", selected_options: [{ value: "web" }, { value: "api" }] } },
    });
  });

  it("sends null for what was left empty", async () => {
    await using scene = await stage();
    await withForm(scene, () => ({}));
    await scene.ws.as("alice").fills({ Status: "MITIGATING" });
    await scene.ws.as("alice").submits();
    expect(scene.app.received[0]?.body["view"].state.values).toMatchObject({
      at: { v: { selected_time: null } },
      which: { v: { selected_options: [] } },
    });
  });

  it("is not sent while a required field is empty or a text too long", async () => {
    await using scene = await stage();
    await withForm(scene, () => ({}));
    const alice = scene.ws.as("alice");
    await alice.fills({ "Current action": "x".repeat(21) });
    expect((await alice.submits()).errors).toEqual({
      "Current action": "At most 20 characters.",
      Status: "Please complete this required field.",
    });
    expect(scene.app.received).toEqual([]);
  });

  it("stays open with what was typed and the errors under its inputs", async () => {
    await using scene = await stage();
    await withForm(scene, () => ({ json: { response_action: "errors", errors: { action: "Say more" } } }));
    const alice = scene.ws.as("alice");
    await alice.fills({ "Current action": "hm", Status: "MITIGATING" });
    expect(await alice.submits()).toEqual({
      ok: false,
      error: "errors",
      errors: { "Current action": "Say more" },
    });
    expect(alice.modal()).toMatchObject({
      values: { "Current action": "hm" },
      errors: { "Current action": "Say more" },
    });
  });

  it.each<[string, Payload, string]>([
    [
      "errors for a block that is no input",
      { response_action: "errors", errors: { intro: "x" } },
      "errors for no input block: intro",
    ],
    [
      "errors for an unknown block",
      { response_action: "errors", errors: { gone: "x" } },
      "errors for no input block: gone",
    ],
    ["an unknown response_action", { response_action: "explode" }, "response_action"],
    [
      "a view that Slack refuses",
      { response_action: "update", view: { type: "modal", blocks: [] } },
      "title",
    ],
  ])("refuses %s loudly", async (_, json, complaint) => {
    await using scene = await stage();
    await withForm(scene, () => ({ json }));
    await scene.ws.as("alice").fills({ Status: "MITIGATING" });
    const seen = await scene.ws.as("alice").submits();
    expect(seen.error).toContain("trouble connecting");
    expect(scene.ws.as("alice").modal()?.values["Status"]).toBe("MITIGATING");
    expect(scene.ws.state.loud.join()).toContain(complaint);
  });

  it("is updated in place, keeping what was typed where the ids stay", async () => {
    await using scene = await stage();
    const view = { ...MODAL, title: plain("Check again") };
    await withForm(scene, () => ({ json: { response_action: "update", view } }));
    const alice = scene.ws.as("alice");
    await alice.fills({ Status: "MITIGATING" });
    expect(await alice.submits()).toEqual({ ok: true });
    expect(alice.modal()).toMatchObject({ title: "Check again", values: { Status: "MITIGATING" } });
  });

  it("is pushed on top of another up to three, and cleared as a whole", async () => {
    await using scene = await stage();
    let answer: Payload = { response_action: "push", view: { ...MODAL, title: plain("On top") } };
    await withForm(scene, () => ({ json: answer }));
    const alice = scene.ws.as("alice");
    const submit = async (): Promise<unknown> => {
      await alice.fills({ Status: "MITIGATING" });
      return (await alice.submits()).ok;
    };
    expect([await submit(), await submit(), await submit()]).toEqual([true, true, false]);
    expect(scene.ws.state.loud.join()).toContain("push_limit_reached");
    answer = { response_action: "clear" };
    expect(await submit()).toBe(true);
    expect(alice.modal()).toBeUndefined();
  });

  it("stays open when the app does not answer in time", async () => {
    await using scene = await stage();
    await withForm(scene, () => ({ silent: true }));
    scene.ws.wire.ackTimeout = 20;
    const alice = scene.ws.as("alice");
    await alice.fills({ Status: "MITIGATING" });
    expect((await alice.submits()).error).toContain("operation_timeout");
    expect(alice.modal()?.title).toBe("Post an update");
  });

  it("tells of its closing only where asked, and the cross tells of the root", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await withForm(scene, () => ({}));
    await ws.as("alice").closes();
    expect(app.received[0]?.body).toMatchObject({
      type: "view_closed",
      is_cleared: false,
      view: { callback_id: "update" },
    });
    await withForm(scene, () => ({}));
    await ws.as("alice").closes({ all: true });
    expect(app.received[0]?.body).toMatchObject({ type: "view_closed", is_cleared: true });
    await withForm(scene, () => ({}), { ...MODAL, notify_on_close: false });
    await ws.as("alice").closes();
    expect(app.received).toEqual([]);
  });

  it("names its labels and options when another is asked for", async () => {
    await using scene = await stage();
    await withForm(scene, () => ({}));
    const alice = scene.ws.as("alice");
    await expect(alice.fills({ Severity: "x" })).rejects.toThrow(
      'The form has no "Severity". It has "Current action", "Status"',
    );
    await expect(alice.fills({ Status: "FINE" })).rejects.toThrow('It offers "INVESTIGATING", "MITIGATING".');
    await expect(alice.fills({ "Recovered at": "ten to three" })).rejects.toThrow("write it like 14:52");
    await expect(alice.fills({ Lead: "@nobody" })).rejects.toThrow('called "@nobody"');
    await expect(scene.ws.as("bob").submits()).rejects.toThrow("bob has no form open.");
  });
});

describe("a shortcut", () => {
  it("comes without channel or response URL when global, with both on a message", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await ws.as("alice").in("#general").says("keep me");
    await ws.as("bob").uses("Start something");
    await ws.as("bob").uses("Keep this", { message: "keep me" });
    const [global, message] = app.received.map(({ body }) => body);
    expect(global).toMatchObject({ type: "shortcut", callback_id: "start" });
    expect(global).not.toHaveProperty("response_url");
    expect(global).not.toHaveProperty("channel");
    expect(message).toMatchObject({
      type: "message_action",
      callback_id: "keep",
      message: { text: "keep me" },
    });
    expect(message?.["response_url"]).toContain("/response/");
  });

  it("that is not in the manifest names those that are", async () => {
    await using scene = await stage();
    await expect(scene.ws.as("bob").uses("Keep this")).rejects.toThrow(
      'There are "Start something (global)", "Keep this (message)".',
    );
  });
});
