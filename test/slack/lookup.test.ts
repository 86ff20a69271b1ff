import { describe, expect, test } from "vitest";
import { words } from "../../src/domain/words.ts";
import { channelName, claimed, declare, mark, play, type Played, record } from "./a-performer.ts";

const minute = 60_000;

/** A post of ours whose answer was lost, and `later` messages of others since; the effect that is to be done again. */
async function lost(played: Played, slot: string, later: number) {
  const { ws } = played;
  const { id } = ws.channel(channelName);
  const { botUserId, botId } = ws.installation;
  const key = `1:post:${slot}`;
  const suspectSince = ws.clock.now();
  const metadata = { event_type: "sitrep_effect", event_payload: { key } };
  const posted = ws.state.postMessage({ channel: id, user: botUserId, botId, text: "posted", metadata });
  const alice = ws.idOf("alice");
  for (let n = 0; n < later; n++) ws.state.postMessage({ channel: id, user: alice, text: `line ${n}` });
  const effect = { type: "PostMessage", incident: 1, slot } as const;
  const again = () => played.performer.perform(claimed(effect, { key, suspectSince }));
  const found = { slot, ts: posted.ok ? posted.value.ts : "" };
  return { again, found, id };
}

async function declared(): Promise<Played> {
  const played = await play();
  await played.act(declare);
  await played.drain();
  return played;
}

function callsOf({ ws }: Played, wanted: string): { count: number } {
  const calls = { count: 0 };
  ws.onCall(({ method, phase }) => {
    if (method === wanted && phase === "before") calls.count += 1;
  });
  return calls;
}

describe("an own post that may be there", () => {
  test("is found under however much was said since", async () => {
    await using played = await declared();
    const { again, found } = await lost(played, "reminder:5", 2300);
    expect(await again()).toMatchObject({ as: "done", result: found });
  });

  test("is looked for from where a rate limit cut the looking short", async () => {
    await using played = await declared();
    const { again, found } = await lost(played, "reminder:5", 900);
    const calls = callsOf(played, "conversations.history");
    let answered = 0;
    // One page, then a refusal, again and again.
    played.ws.onCall(({ method, phase }) => {
      if (method === "conversations.history" && phase === "before" && answered++ % 2 === 1)
        played.ws.faults.next(method, { when: "before", answer: 429, retryAfter: 30 });
    });
    for (let attempts = 0; attempts < 4; attempts++) {
      expect(await again()).toMatchObject({ as: "retry", sure: true, method: "conversations.history" });
      played.ws.clock.jump("30s");
    }
    expect(await again()).toMatchObject({ as: "done", result: found });
    expect(calls.count).toBe(9);
  });

  test("is looked for anew when Slack has forgotten how far the looking came", async () => {
    await using played = await declared();
    const { again, found } = await lost(played, "reminder:5", 500);
    played.ws.onCall(({ method, phase, args }) => {
      if (method === "conversations.history" && phase === "before" && args["cursor"] !== undefined)
        played.ws.faults.next(method, { when: "before", answer: { error: "invalid_cursor" } });
      else played.ws.faults.clear();
    });
    expect(await again()).toMatchObject({ as: "retry", error: "invalid_cursor", sure: true });
    expect(await again()).toMatchObject({ as: "retry", error: "invalid_cursor" });
    const stop = played.ws.onCall(() => played.ws.faults.clear());
    expect(await again()).toMatchObject({ as: "done", result: found });
    stop();
  });

  test("is not looked for while Slack asks to wait with looking for another one", async () => {
    await using played = await declared();
    const one = await lost(played, "reminder:5", 0);
    const other = await lost(played, "reminder:6", 0);
    const calls = callsOf(played, "conversations.history");
    played.ws.faults.next("conversations.history", { when: "before", answer: 429, retryAfter: 30 });
    expect(await one.again()).toMatchObject({ as: "retry", after: 30_000 });
    played.ws.clock.jump("10s");
    expect(await other.again()).toMatchObject({
      as: "retry",
      sure: true,
      after: 20_000,
      method: "conversations.history",
    });
    expect(calls.count).toBe(1);
    played.ws.clock.jump("20s");
    expect(await other.again()).toMatchObject({ as: "done", result: other.found });
  });

  test("is looked for at once when the clock was set back since Slack asked to wait", async () => {
    await using played = await declared();
    const { again, found } = await lost(played, "reminder:5", 0);
    played.ws.faults.next("conversations.history", { when: "before", answer: 429, retryAfter: 30 });
    expect(await again()).toMatchObject({ as: "retry", after: 30_000 });
    played.ws.clock.jump("-2m");
    expect(await again()).toMatchObject({ as: "done", result: found });
  });
});

describe("an own channel that may be there", () => {
  const opened = { type: "CreateChannel", incident: 1, name: channelName } as const;

  test("is found though somebody has renamed it meanwhile", async () => {
    await using played = await play();
    const { ws } = played;
    await played.act(declare);
    const suspectSince = ws.clock.now();
    const { botUserId } = ws.installation;
    const created = ws.state.createChannel({ name: channelName, creator: botUserId });
    const id = created.ok ? created.value.id : "";
    ws.state.rename(id, botUserId, "checkout-war-room");
    expect(await played.performer.perform(claimed(opened, { suspectSince }))).toMatchObject({
      as: "done",
      result: { type: "NoteChannelOpened", channel: id, name: "checkout-war-room" },
    });
  });

  test("is none that was there long before", async () => {
    await using played = await play();
    const { ws } = played;
    await played.act(declare);
    ws.state.createChannel({ name: channelName, creator: ws.installation.botUserId });
    ws.clock.jump(6 * minute);
    const again = await played.performer.perform(claimed(opened, { suspectSince: ws.clock.now() }));
    expect(again).toMatchObject({ result: { name: `${channelName}-2` } });
  });
});

test("a post-mortem that somebody has deleted meanwhile was shared", async () => {
  await using played = await declared();
  await played.act({ type: "Resolve", by: "bob", incident: 1, fix: words("w4", "rolled back") });
  played.ws.faults.next("files.completeUploadExternal", { when: "after", answer: "cut" });
  played.ws.faults.always("files.info", { when: "before", answer: { error: "file_deleted" } });
  await played.drain();
  const ends = played.ended.filter(({ type }) => type === "SharePostmortem");
  expect(ends.map(({ performed }) => performed.as)).toEqual(["retry", "done"]);
});

test.each(["too_many_emoji", "too_many_reactions", "thread_locked"])(
  "a receipt for which there is no room (%s) is left out",
  async (error) => {
    await using played = await declared();
    const { id } = played.ws.channel(channelName);
    const said = played.ws.state.postMessage({ channel: id, user: played.ws.idOf("bob"), text: "alerts" });
    const ts = said.ok ? said.value.ts : "";
    await record(played, ts, played.ws.idOf("bob"));
    await mark(played, ts, true);
    played.ws.faults.next(/^reactions\./, { when: "before", answer: { error } });
    const effect = { type: "SyncReceipt", incident: 1, channel: id, ts } as const;
    expect(await played.performer.perform(claimed(effect))).toMatchObject({ as: "skipped" });
  },
);
