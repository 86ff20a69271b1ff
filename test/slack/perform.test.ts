import { describe, expect, test } from "vitest";
import type { SlackEffect } from "../../src/domain/effect.ts";
import { statusFailure } from "../../src/slack/errors.ts";
import { words } from "../../src/domain/words.ts";
import { rules } from "../domain/given.ts";
import { channelName, claimed, declare, mark, play, type Played, record } from "./a-performer.ts";

const endOf = ({ ended }: Played, type: SlackEffect["type"]) =>
  ended.filter((each) => each.type === type).at(-1)?.performed;

const slotPosted = async ({ store }: Played, slot: string) => (await store.incident(1))?.posts[slot];

async function declared(played: Played, responseUrl?: string): Promise<Played> {
  await played.act(declare, responseUrl === undefined ? {} : { responseUrl });
  await played.drain();
  return played;
}

describe("the incident's channel", () => {
  test("gets a suffix when its name is taken, also by an archived channel", async () => {
    await using played = await play({ channels: ["incidents", channelName, `${channelName}-2`] });
    await played.ws.as("alice").in(`#${channelName}-2`).archives();
    await declared(played);
    expect((await played.store.incident(1))?.channel).toEqual({
      id: played.ws.channel(`${channelName}-3`).id,
      name: `${channelName}-3`,
    });
    expect(played.ws.channel(channelName).members).toEqual(["alice", "bob"]);
  });

  test("is never one that somebody else created, also when an attempt is suspect", async () => {
    await using played = await play({ channels: ["incidents", channelName] });
    played.ws.faults.next("conversations.create", { when: "before", answer: 500 });
    await declared(played);
    expect((await played.store.incident(1))?.channel?.name).toBe(`${channelName}-2`);
  });

  test("is never another incident's", async () => {
    await using played = await play({
      rules: { ...rules, channels: { ...rules.channels, naming: "inc-{slug}" } },
    });
    await declared(played);
    played.ws.faults.next("conversations.create", { when: "before", answer: "cut" });
    await played.act({ ...declare, number: 2, title: words("w9", "checkout 500s") });
    await played.drain();
    const ids = [await played.store.incident(1), await played.store.incident(2)].map(
      (each) => each?.channel?.id,
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(undefined);
  });

  test("that Slack forbids is dead, and the declarer is told", async () => {
    await using played = await play();
    played.ws.faults.always("conversations.create", {
      when: "before",
      answer: { ok: false, error: "restricted_action" },
    });
    await declared(played, "https://hooks.slack.com/commands/T1/1");
    expect(endOf(played, "CreateChannel")).toEqual({
      as: "dead",
      error: "restricted_action",
      sentence: `Creating the channel #${channelName} was not possible: a setting of the workspace forbids it to apps; an administrator can allow it.`,
    });
    expect(played.responses).toMatchObject([
      { text: expect.stringContaining("INC-1 is recorded, but its channel could not be opened.") },
    ]);
  });
});

describe("the announcements channel", () => {
  test("that does not exist is said with what to do about it", async () => {
    await using played = await play({ channels: ["general"] });
    await declared(played);
    const dead = played.ended.filter(({ performed }) => performed.as === "dead");
    expect(dead.map(({ key, performed }) => [key, performed.as === "dead" && performed.sentence])).toEqual([
      [
        "1:post:announcement",
        expect.stringMatching(
          /^#incidents does not exist, is archived or is private.*set `channels.announcements`/,
        ),
      ],
    ]);
    expect(played.ws.channel(channelName).transcript()).toContain("#incidents does not exist");
  });

  test("is looked up once, and joined before the first post", async () => {
    await using played = await play();
    const calls: string[] = [];
    played.ws.onCall(({ method, phase }) => void (phase === "before" && calls.push(method)));
    await declared(played);
    await played.act({
      type: "PublishUpdate",
      by: "alice",
      incident: 1,
      currentAction: words("w3", "rolling back"),
    });
    await played.drain();
    expect(calls.filter((method) => ["conversations.list", "conversations.join"].includes(method))).toEqual([
      "conversations.list",
      "conversations.join",
    ]);
  });

  test("may be given by id", async () => {
    await using played = await play();
    const { id } = played.ws.channel("general");
    const again = { ...rules, channels: { ...rules.channels, announcements: id } };
    await using other = await play({ rules: again });
    expect(other.ws.channel("general").id).toBe(id);
    await declared(other);
    expect(other.ws.channel("general").messages.some(({ botId }) => botId !== undefined)).toBe(true);
  });

  test("is looked up again once it was archived and replaced", async () => {
    await using played = await play();
    await declared(played);
    const old = played.ws.channel("incidents");
    await played.ws.as("alice").in("#incidents").archives();
    played.ws.state.channels.get(old.id)!.name = "incidents-old";
    const alice = played.ws.state.personNamed("alice")!.id;
    played.ws.state.createChannel({ name: "incidents", creator: alice });
    await played.act({ ...declare, number: 2, title: words("w9", "search is slow") });
    await played.drain();
    expect(played.ws.channel("incidents").messages.filter(({ botId }) => botId !== undefined)).toHaveLength(
      1,
    );
  });

  test("that Sitrep was removed from is joined again", async () => {
    await using played = await play();
    await declared(played);
    const { id } = played.ws.channel("incidents");
    played.ws.state.leave(id, played.ws.installation.botUserId);
    await played.act({
      type: "PublishUpdate",
      by: "alice",
      incident: 1,
      currentAction: words("w3", "rolling back"),
    });
    await played.drain();
    expect(played.ended.filter(({ performed }) => performed.as === "dead")).toEqual([]);
    expect(await slotPosted(played, "update:2:thread")).toMatchObject({ channel: id });
  });
});

describe("a message", () => {
  test("that somebody deleted is noted when it is edited, and the card is put back and pinned", async () => {
    await using played = await play();
    await declared(played);
    const card = await slotPosted(played, "card");
    played.ws.state.deleteMessage({
      channel: card!.channel,
      ts: card!.ts,
      user: played.ws.installation.botUserId,
    });
    await played.act({ type: "PublishUpdate", by: "alice", incident: 1, status: "IDENTIFIED" });
    await played.drain();
    expect(await slotPosted(played, "card")).not.toEqual(card);
    expect(played.ws.channel(channelName).pins.map(({ ts }) => ts)).toEqual([
      (await slotPosted(played, "card"))?.ts,
    ]);
  });

  test("carries its key, mentions nobody by name and unfurls nothing", async () => {
    await using played = await play();
    const posts: Record<string, unknown>[] = [];
    played.ws.onCall(
      ({ method, phase, args }) =>
        void (method === "chat.postMessage" && phase === "before" && posts.push(args)),
    );
    await declared(played);
    expect(posts.map((args) => args["metadata"])).toContainEqual({
      event_type: "sitrep_effect",
      event_payload: { key: "1:post:card" },
    });
    for (const args of posts) {
      expect(args).toMatchObject({ unfurl_links: "false", unfurl_media: "false" });
      expect(args).not.toHaveProperty("link_names");
    }
  });

  test("that is no longer wanted is not posted", async () => {
    await using played = await play();
    await declared(played);
    const effect = { type: "PostMessage", incident: 1, slot: "reminder:5" } as const;
    expect(await played.performer.perform(claimed(effect))).toEqual({
      as: "skipped",
      why: "no longer wanted",
    });
  });

  test("that is no longer wanted but may stand there is found, so that it can be deleted", async () => {
    await using played = await play();
    await declared(played);
    const effect = { type: "PostMessage", incident: 1, slot: "reminder:5" } as const;
    const { id } = played.ws.channel(channelName);
    const { botUserId, botId } = played.ws.installation;
    const posted = played.ws.state.postMessage({
      channel: id,
      user: botUserId,
      botId,
      text: "due",
      metadata: { event_type: "sitrep_effect", event_payload: { key: "test:PostMessage" } },
    });
    const ts = posted.ok ? posted.value.ts : "";
    const suspectSince = played.ws.clock.now();
    expect(await played.performer.perform(claimed(effect, { suspectSince }))).toMatchObject({
      as: "done",
      result: { type: "NoteMessagePosted", slot: "reminder:5", channel: id, ts },
    });
  });

  test("with the same key from somebody else is not ours", async () => {
    await using played = await play();
    await declared(played);
    const { id } = played.ws.channel(channelName);
    played.ws.state.postMessage({
      channel: id,
      user: played.ws.state.personNamed("bob")!.id,
      text: "forged",
      metadata: { event_type: "sitrep_effect", event_payload: { key: "test:PostMessage" } },
    });
    const effect = { type: "PostMessage", incident: 1, slot: "reminder:5" } as const;
    const suspectSince = played.ws.clock.now();
    expect(await played.performer.perform(claimed(effect, { suspectSince }))).toMatchObject({
      as: "skipped",
    });
  });
});

describe("the receipt of a marked message", () => {
  test("comes with the mark, goes with it, and is left alone when the message is gone", async () => {
    await using played = await play();
    await declared(played);
    const { id } = played.ws.channel(channelName);
    const alice = played.ws.state.personNamed("alice")!.id;
    const said = played.ws.state.postMessage({ channel: id, user: alice, text: "alerts fired" });
    const ts = said.ok ? said.value.ts : "";
    const reactions = () => [...played.ws.state.message(id, ts)!.reactions.keys()];
    await mark(played, ts, true);
    await played.drain();
    // What is not on record gets no receipt.
    expect(reactions()).toEqual([]);
    await record(played, ts, alice);
    await played.drain();
    expect(reactions()).toEqual(["memo"]);
    await mark(played, ts, false);
    await played.drain();
    expect(reactions()).toEqual([]);
    const effect = { type: "SyncReceipt", incident: 1, channel: id, ts } as const;
    expect(await played.performer.perform(claimed(effect))).toEqual({ as: "done" });
    played.ws.state.deleteMessage({ channel: id, ts, user: alice });
    expect(await played.performer.perform(claimed(effect))).toEqual({
      as: "skipped",
      why: "the message is gone",
    });
  });
});

describe("the declarer", () => {
  const direct = ({ ws }: Played) =>
    [...ws.state.channels.values()].filter(({ kind }) => kind === "im").flatMap(({ messages }) => messages);

  test.each([404, 403])("gets a direct message when the response URL is answered by %i", async (status) => {
    await using played = await play({ responseUrl: () => status });
    await declared(played, "https://hooks.slack.com/commands/T1/1");
    expect(direct(played).map(({ text }) => text)).toEqual([
      `INC-1 is open: <#${played.ws.channel(channelName).id}>`,
    ]);
  });

  test("gets one direct message when nobody knows whether the response URL was heard", async () => {
    let answered = 0;
    const reset = () =>
      Object.assign(new TypeError("fetch failed"), {
        cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
      });
    await using played = await play({ responseUrl: () => (answered++, reset()) });
    played.ws.faults.next("chat.postMessage", { when: "after", answer: "cut" });
    await declared(played, "https://hooks.slack.com/commands/T1/1");
    expect(answered).toBe(1);
    expect(direct(played)).toHaveLength(1);
  });

  test("hears by the response URL later when it surely was not reached", async () => {
    let down = true;
    const refused = () =>
      Object.assign(new TypeError("fetch failed"), {
        cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
      });
    await using played = await play({ responseUrl: () => (down ? ((down = false), refused()) : 200) });
    await declared(played, "https://hooks.slack.com/commands/T1/1");
    expect(
      played.ended.filter(({ type }) => type === "TellDeclarer").map(({ performed }) => performed),
    ).toEqual([{ as: "retry", error: "ECONNREFUSED", sure: true, pause: "all" }, { as: "done" }]);
    expect(direct(played)).toEqual([]);
  });
});

describe("people to invite", () => {
  test("who are in the channel already are no trouble, and who cannot come does not keep the others out", async () => {
    await using played = await play();
    await declared(played);
    const [alice, bob] = ["alice", "bob"].map((name) => played.ws.state.personNamed(name)!.id);
    const invite = (users: string[]) =>
      played.performer.perform(claimed({ type: "InvitePeople", incident: 1, users }));
    expect(await invite([alice!])).toEqual({ as: "done" });
    expect(await invite([alice!, "U0NOBODY", bob!])).toMatchObject({ as: "done" });
    expect(played.ws.channel(channelName).members).toEqual(["sitrep", "alice", "bob"]);
    expect(await invite(["U0NOBODY"])).toMatchObject({
      as: "done",
      result: {
        type: "NoteInvitesRefused",
        refused: [{ user: "U0NOBODY", error: "user_not_found" }],
      },
    });
  });
});

describe("what Slack answers becomes", () => {
  const attempt = async (upset: (played: Played) => void) => {
    await using played = await play();
    upset(played);
    const user = played.ws.state.personNamed("alice")!.id;
    return await played.performer.perform(claimed({ type: "LearnPerson", user }));
  };
  const answered = (answer: 429 | 500 | "cut" | { error: string }, retryAfter?: number) =>
    attempt(({ ws }) =>
      ws.faults.next("users.info", { when: "before", answer, ...(retryAfter && { retryAfter }) }),
    );

  test("a pause of the method for 429", async () => {
    expect(await answered(429, 30)).toEqual({
      as: "retry",
      error: "ratelimited",
      sure: true,
      after: 30_000,
      pause: "method",
      method: "users.info",
    });
  });

  test("a pause of the method for 500 and a cut line", async () => {
    expect(await answered(500)).toMatchObject({ as: "retry", error: "HTTP 500", pause: "method" });
    expect(await answered("cut")).toMatchObject({ as: "retry", pause: "method" });
  });

  test("a call of which nobody knows whether it came through, where a proxy waited for it in vain", () => {
    expect(statusFailure(408, null)).toEqual({ kind: "uncertain", error: "HTTP 408" });
    expect(statusFailure(404, null)).toMatchObject({ kind: "unreachable" });
  });

  test.each(["token_revoked", "invalid_auth", "account_inactive"])(
    "a pause of everything for %s",
    async (error) => {
      expect(await answered({ error })).toEqual({ as: "retry", error, sure: true, pause: "all" });
    },
  );

  test("a pause of everything when Slack cannot be reached", async () => {
    await using played = await play();
    const user = played.ws.state.personNamed("alice")!.id;
    await played.ws.stop();
    expect(await played.performer.perform(claimed({ type: "LearnPerson", user }))).toEqual({
      as: "retry",
      error: "ECONNREFUSED",
      sure: true,
      pause: "all",
    });
  });

  test("a sentence that names the permission for missing_scope", async () => {
    const dead = await attempt(({ ws }) =>
      ws.faults.next("users.info", {
        when: "before",
        answer: { error: "missing_scope", needed: "users:read", provided: "commands" },
      }),
    );
    expect(dead).toMatchObject({
      as: "dead",
      sentence: expect.stringContaining("the app lacks the permission users:read"),
    });
  });

  test("nothing at all for a person Slack does not show", async () => {
    await using played = await play();
    expect(await played.performer.perform(claimed({ type: "LearnPerson", user: "U0NOBODY" }))).toMatchObject({
      as: "skipped",
    });
  });
});

test("each effect names its method, and posts the channel they go to", async () => {
  await using played = await play();
  await declared(played);
  const { id } = played.ws.channel(channelName);
  const paceOf = (slot: string) => played.performer.paceOf({ type: "PostMessage", incident: 1, slot });
  expect(await paceOf("title:9")).toEqual({ method: "chat.postMessage", lane: id });
  expect(await paceOf("in:C0:opener")).toEqual({ method: "chat.postMessage", lane: '{"channel":"C0"}' });
  expect(await paceOf("update:2:thread")).toEqual({ method: "chat.postMessage", lane: "announcements" });
});

test("a post that stands already uses up nothing", async () => {
  await using played = await play();
  await declared(played);
  const pace = await played.performer.paceOf({ type: "PostMessage", incident: 1, slot: "card" });
  expect(pace).toEqual({ method: null, lane: null });
});

describe("whether Slack takes the token", () => {
  async function watched() {
    const told: string[] = [];
    const token = { taken: () => void told.push("taken"), refused: (code: string) => void told.push(code) };
    return { told, played: await declared(await play({ token })) };
  }

  test("is told by whatever was asked of it", async () => {
    const { told, played } = await watched();
    await using _ = played;
    told.length = 0;
    played.ws.state.revokeToken();
    const topic = { type: "SetTopic", incident: 1 } as const;
    expect(await played.performer.perform(claimed(topic))).toMatchObject({ as: "retry", pause: "all" });
    expect(told).toEqual(["token_revoked"]);
  });

  test("is not told by what is done without it", async () => {
    const { told, played } = await watched();
    await using _ = played;
    told.length = 0;
    played.ws.state.revokeToken();
    const tell = { type: "TellDeclarer", incident: 1, user: played.ws.idOf("alice") } as const;
    const secret = "https://hooks.slack.com/commands/T1/1";
    expect(await played.performer.perform(claimed(tell, { secret }))).toMatchObject({ as: "done" });
    expect(told).toEqual([]);
  });
});
