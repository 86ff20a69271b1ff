import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { wireNow } from "../../src/clock.ts";
import { currentText } from "../../src/domain/record.ts";
import type { Store, Write } from "../../src/store/port.ts";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(options: WorldOptions = {}) {
  const world = await World.open(options);
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob") };
}

/** POSTs to the bot as Slack does, or as somebody who pretends to. */
async function post(
  world: World,
  body: string,
  { age = 0, secret = world.ws.installation.signingSecret, type = "application/json" } = {},
): Promise<number> {
  const timestamp = Math.floor(wireNow() / 1000) - age;
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  const answer = await fetch(`${world.url}/slack/events`, {
    method: "POST",
    body,
    headers: {
      "content-type": type,
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": `v0=${signature}`,
    },
  });
  await answer.text();
  return answer.status;
}
const form = (payload: object) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
const asForm = { type: "application/x-www-form-urlencoded" };

describe("what comes to /slack/events from elsewhere", () => {
  it("is refused when it is unsigned, wrongly signed or stale, and changes nothing", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    const said = JSON.stringify({
      type: "event_callback",
      event_id: "Ev1",
      team_id: ws.installation.teamId,
      event: {
        type: "message",
        channel: ws.channel(channel).id,
        user: ws.state.personNamed("alice")?.id,
        text: "forged",
        ts: "1708007800.000100",
        event_ts: "1708007800.000100",
      },
    });
    const bare = await fetch(`${world.url}/slack/events`, { method: "POST", body: said });
    expect(bare.status).toBe(401);
    expect(await post(world, said, { secret: "another" })).toBe(401);
    expect(await post(world, said, { age: 600 })).toBe(401);
    expect(await world.app.store.messages(1)).toEqual([]);
    expect(await post(world, said)).toBe(200);
    expect(await world.app.store.messages(1)).toHaveLength(1);
    await alice.says("still here");
    expect(await aftermath(world)).toEqual([]);
  });

  it("is survived whatever it is: garbage, nothing, other types, five megabytes", async () => {
    const { world, alice } = await declared({ app: { wire: { ackBudget: 50 } } });
    await using _ = world;
    const json = [
      "",
      "{",
      "[]",
      "42",
      '"text"',
      '{"type":"event_callback"}',
      '{"event":null}',
      '{"event":{}}',
    ];
    const forms = ["payload=%7B", "payload=", "command=/nothing", "=&=&=", "ssl_check=1"];
    const answers = await Promise.all([
      ...json.map((body) => post(world, body)),
      ...forms.map((body) => post(world, body, asForm)),
      post(world, "<xml/>", { type: "text/xml" }),
      post(world, `{"filler":"${"x".repeat(5_000_000)}"}`),
    ]);
    expect(answers.filter((status) => ![200, 400, 413, 500, 503].includes(status))).toEqual([]);
    expect((await fetch(`${world.url}/slack/events`)).status).toBe(405);
    await alice.types("/incident update Still alive");
    expect(await aftermath(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Still alive");
  });
});

describe("a form or a button that Sitrep did not make", () => {
  const view = (world: World, more: object) => ({
    type: "view_submission",
    team: { id: world.ws.installation.teamId },
    user: { id: world.ws.state.personNamed("alice")?.id },
    view: {
      id: "V1",
      title: { type: "plain_text", text: "A form" },
      callback_id: "sitrep.v1.update",
      state: { values: { currentAction: { value: { type: "plain_text_input", value: "forged" } } } },
      ...more,
    },
  });

  it.each([
    ["is no JSON", "{"],
    [
      "names an incident that is not there",
      JSON.stringify({ form: "update", incident: 99, openedAt: 0, started: 0, nextUpdate: null }),
    ],
    [
      "names an incident below zero",
      JSON.stringify({ form: "update", incident: -1, openedAt: 0, started: 0, nextUpdate: null }),
    ],
    [
      "holds times out of this world",
      JSON.stringify({ form: "update", incident: 1, openedAt: 1e300, started: 1e300, nextUpdate: -1e300 }),
    ],
    ["names another form", JSON.stringify({ form: "resolve", incident: 1, openedAt: 0, recoveredAt: 0 })],
  ])("whose metadata %s changes nothing that it should not, and is answered", async (_name, metadata) => {
    const { world } = await declared();
    await using _ = world;
    const status = await post(world, form(view(world, { private_metadata: metadata })), asForm);
    expect(status).toBe(200);
    expect(await aftermath(world)).toEqual([]);
  });

  it("without fields, or of another version, is answered", async () => {
    const { world } = await declared();
    await using _ = world;
    const metadata = JSON.stringify({
      form: "update",
      incident: 1,
      openedAt: 0,
      started: 0,
      nextUpdate: null,
    });
    for (const more of [
      { private_metadata: metadata, state: { values: {} } },
      { private_metadata: metadata, callback_id: "sitrep.v9.update" },
      { private_metadata: "", callback_id: "somebody-elses", state: { values: {} } },
    ])
      expect(await post(world, form(view(world, more)), asForm)).toBe(200);
    expect(await aftermath(world)).toEqual([]);
  });
});

const nasty = [
  "\u{1F525}",
  "<!channel> <!here> @everyone <@U0NOBODY> <#C0NOWHERE>",
  "*bold* _it_ ~no~ `code` ```fence``` > quote\n# heading\n- list\n1. one\n| a | b |\n---\n<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil)",
  "\u202Egnp.exe \u200B\u200F\u2066 \u05E9\u05DC\u05D5\u05DD \u0627\u0644\u0639\u0631\u0628\u064A\u0629",
  "&lt;!channel&gt; &amp;amp; &#60;",
  "z".repeat(10_000),
  "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}".repeat(1500),
  "\\ ~~~ ~~~~ `` ` `` [ref]: x {impact} {nextUpdate} ${x} %s",
];

const postmortem = async (world: World, number: number) =>
  (await world.api(`/api/incidents/INC-${number}/postmortem.md`)).text();
const headings = (markdown: string) =>
  markdown.split("\n").filter((line) => /^##? (?!Post-Mortem: )/.test(line));

describe("text that means harm", () => {
  it.each(nasty.map((text, index) => [index, text] as const))(
    "of kind %d, in every field and message, pings nobody, breaks nothing and is not lost",
    async (_index, text) => {
      const { world, alice } = await declared();
      await using _ = world;
      const { ws } = world;
      await alice.in("#general").types(`/incident declare sev1 ${text}`);
      await ws.settle();
      const name = ws.channels().find((each) => each.startsWith("inc-2"));
      const there = world.as("alice").in(`#${name}`);
      const { ts = "" } = await there.says(text);
      const place = { channel: ws.channel(name ?? "").id, user: ws.state.personNamed("alice")?.id ?? "" };
      ws.state.addReaction({ ...place, ts, name: "pushpin::skin-tone-3" });
      await there.types(`/incident log 14:30 ${text}`);
      await there.types(`/incident update ${text}`);
      await there.types("/incident update");
      await there.fills({ Impact: text.slice(0, 3000), "Current action": text.slice(0, 3000) });
      expect((await there.submits()).ok).toBe(true);
      await ws.clock.advance("16m");
      await there.clicks("Post as is");
      await there.types(`/incident resolve ${text}`);
      await ws.settle();
      await there.clicks("Write post-mortem");
      await there.fills({ "Root Cause": text.slice(0, 3000), "What Went Well": text.slice(0, 3000) });
      expect((await there.submits()).ok).toBe(true);
      await there.types("/incident status");
      await there.types("/incident list all");
      expect(await aftermath(world)).toEqual([]);
      for (const { text: shown, blocks } of ws.channel(name ?? "").messages.filter(({ botId }) => botId)) {
        expect(shown.replaceAll(/<@U[A-Z0-9]+> /g, "")).not.toMatch(/<[!#@]/);
        expect(JSON.stringify(blocks ?? [])).not.toMatch(/"type":"(?:broadcast|usergroup|mrkdwn)"/);
      }
      const markdown = await postmortem(world, 2);
      expect(headings(markdown)).toEqual(headings(await postmortem(world, 1)));
      expect(markdown).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(javascript:/);
    },
  );

  it.each(["\u0007\u0000\u001B", "\u200B\u200E\u202E", "\u2060"])(
    "that shows nothing is no title: %j",
    async (title) => {
      await using world = await World.open();
      const seen = await world.as("alice").in("#general").types(`/incident declare sev2 ${title}`);
      await world.ws.settle();
      expect(seen.answer ?? "").toMatch(/needs a title/);
      expect(world.ws.channels()).toEqual(["general", "incidents"]);
    },
  );
});

describe("what Slack delivers more than once, late or in another order", () => {
  it("stands on record once, as it ended", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    for (const type of ["message", "message/message_changed", "reaction_added", "message/message_deleted"])
      ws.deliveries.next(type, { duplicate: 3, newEventId: true, outOfOrder: true });
    await alice.says("first");
    await alice.reacts("pushpin", "first");
    await alice.edits("first", "second");
    await alice.says("a secret");
    await alice.deletes("a secret");
    await ws.clock.advance("2m");
    expect(await aftermath(world)).toEqual([]);
    const messages = await world.app.store.messages(1);
    expect(messages.map((message) => currentText(message)?.body ?? null)).toEqual(["second", null]);
    expect(await postmortem(world, 1)).toContain("second");
    expect(await world.transcript(channel)).toContain(":memo: 1");
  });

  it("is carried out once: commands, presses and forms", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { ws } = world;
    for (const line of ["log 14:30 Deployed", "update Looking", "export"]) {
      ws.deliveries.next("slash_commands", { duplicate: 2 });
      await alice.types(`/incident ${line}`);
    }
    await ws.settle();
    await alice.clicks("Update");
    await alice.fills({ "Current action": "Reverting" });
    ws.deliveries.next("view_submission", { duplicate: 2 });
    await alice.submits();
    await ws.clock.advance("31m");
    ws.deliveries.next("block_actions", { duplicate: 2 });
    await alice.clicks("Post as is");
    ws.deliveries.next("slash_commands", { duplicate: 2 });
    await alice.types("/incident resolve Done");
    expect(await aftermath(world)).toEqual([]);
    const state = await world.app.store.incident(1);
    expect(state?.updates).toHaveLength(5);
    expect(state?.entries).toHaveLength(1);
    expect(Object.keys(state?.copies ?? {})).toHaveLength(2);
  });

  it("five hundred messages at once are all recorded", async () => {
    const { world } = await declared();
    await using _ = world;
    const { ws } = world;
    const user = ws.state.personNamed("alice")?.id ?? "";
    for (let n = 0; n < 500; n++)
      ws.state.postMessage({ channel: ws.channel(channel).id, user, text: `message ${n}` });
    expect(await aftermath(world)).toEqual([]);
    const bodies = (await world.app.store.messages(1)).map((message) => currentText(message)?.body);
    expect(bodies).toEqual(Array.from({ length: 500 }, (_each, n) => `message ${n}`));
  });
});

/** A store whose commits can be made to fail. */
function gate() {
  let hinder: (() => Promise<void>) | undefined;
  return {
    aroundStore: (store: Store) =>
      withCommit(store, async (write: Write) => {
        await hinder?.();
        return store.commit(write);
      }),
    fail() {
      hinder = async () => {
        throw new Error("database or disk is full");
      };
    },
    heal() {
      hinder = undefined;
    },
  };
}

describe("when nothing can be stored", () => {
  it("a declaration shows Slack's own error and changes nothing; the next one works", async () => {
    const store = gate();
    await using world = await World.open({ app: { aroundStore: store.aroundStore } });
    const { ws } = world;
    store.fail();
    const seen = await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(seen).toMatchObject({ ok: false, error: expect.stringContaining("dispatch_failed") });
    store.heal();
    expect(ws.channels()).toEqual(["general", "incidents"]);
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await aftermath(world)).toEqual([]);
    expect(ws.channels()).toContain(channel);
  });

  it("for a while, in the middle of opening, what was done already is not done again", async () => {
    const store = gate();
    await using world = await World.open({ app: { aroundStore: store.aroundStore } });
    const { ws } = world;
    const off = ws.onCall(({ method, phase }) => {
      if (method === "conversations.create" && phase === "after") store.fail();
    });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    void ws.clock.sleepUntil(ws.clock.now() + 300_000, "dispatch").then(() => store.heal());
    await ws.clock.advance("10m");
    off();
    expect(await aftermath(world)).toEqual([]);
    expect(ws.channels()).toEqual(["general", "incidents", channel]);
  });

  it("messages are told to come again, and are recorded once", async () => {
    const store = gate();
    const { world, alice } = await declared({ app: { aroundStore: store.aroundStore } });
    await using _ = world;
    store.fail();
    await alice.says("Found it");
    await world.ws.settle();
    store.heal();
    await world.ws.clock.advance("10m");
    expect((await world.app.store.messages(1)).map((message) => currentText(message)?.body)).toEqual([
      "Found it",
    ]);
    expect(await aftermath(world)).toEqual([]);
  });
});
