import { expect, test } from "vitest";
import type { SlackClaim } from "../../src/dispatch/performer.ts";
import type { SlackEffect } from "../../src/domain/effect.ts";
import { channelName, declare, play, type Played } from "./a-performer.ts";

const claimed = (effect: SlackEffect, more: Partial<SlackClaim> = {}): SlackClaim => ({
  id: 1,
  key: `test:${effect.type}`,
  token: "t",
  incident: 1,
  effect,
  target: "t",
  collapse: null,
  urgency: 1,
  dueAt: 0,
  timer: false,
  attempts: 1,
  suspectSince: null,
  secret: null,
  retries: 0,
  ...more,
});

async function declared(played: Played, marks: { private?: boolean; drill?: boolean }): Promise<void> {
  await played.act({ ...declare, ...marks });
  await played.drain();
}

test("a private channel whose creation was never answered is found again, not made a second time", async () => {
  await using played = await play();
  played.ws.faults.next("conversations.create", { when: "after", answer: "cut" });
  await played.act({ ...declare, private: true });
  await played.drain();
  expect(played.ws.channels().filter((name) => name.startsWith("inc-"))).toEqual([channelName]);
  expect(played.ws.state.channelNamed(channelName)?.kind).toBe("private");
});

test.each(["announcement", "in:general:call:1"])(
  "whatever asks for it, %s of a private incident or of a drill is posted nowhere",
  async (slot) => {
    for (const marks of [{ private: true }, { drill: true }]) {
      await using played = await play();
      await declared(played, marks);
      const performed = await played.performer.perform(claimed({ type: "PostMessage", incident: 1, slot }));
      expect(performed).toMatchObject({ as: "skipped" });
      for (const name of ["general", "incidents"])
        expect(played.ws.channel(name).messages.filter(({ botId }) => botId)).toEqual([]);
    }
  },
);

test("more threads than Slack lets be read in a minute are recorded all the same, each reply once", async () => {
  await using played = await play({ channels: ["general", "incidents", "ops"] });
  const { ws, store } = played;
  const ops = ws.channel("ops").id;
  const [alice, bob] = [ws.idOf("alice"), ws.idOf("bob")];
  for (let n = 0; n < 60; n++) {
    const asked = ws.state.postMessage({ channel: ops, user: alice, text: `question ${n}` });
    if (!asked.ok) throw new Error(asked.error);
    ws.state.postMessage({ channel: ops, user: bob, text: `answer ${n}`, threadTs: asked.value.ts });
  }
  ws.faults.next("conversations.replies", { when: "before", answer: 500, times: 3 });
  const here = { channel: ops, name: "ops" };
  await played.act({ ...declare, here });
  await played.drain();
  const messages = await store.messages(1);
  const said = messages.map(({ revisions }) => revisions.at(-1)?.text.body);
  expect(said).toHaveLength(120);
  expect(new Set(said).size).toBe(120);
});

test("what was read before an attempt was cut short is not asked for again", async () => {
  await using played = await play({ channels: ["general", "incidents", "ops"] });
  const { ws, performer } = played;
  const ops = ws.channel("ops").id;
  const alice = ws.idOf("alice");
  for (const text of ["one", "two", "three"]) {
    const asked = ws.state.postMessage({ channel: ops, user: alice, text });
    if (!asked.ok) throw new Error(asked.error);
    ws.state.postMessage({ channel: ops, user: alice, text: `${text} more`, threadTs: asked.value.ts });
  }
  await played.act({ ...declare, here: { channel: ops, name: "ops" } });
  await performer.perform(claimed({ type: "EnterChannel", incident: 1, channel: ops }));
  let asked = 0;
  played.ws.onCall(({ method, phase }) => {
    if (method !== "conversations.replies" || phase !== "before") return;
    asked += 1;
    if (asked === 2) ws.faults.next(method, { when: "before", answer: 429, retryAfter: 1 });
  });
  const read = () =>
    performer.perform(claimed({ type: "RecordHistory", incident: 1, channel: ops, since: 0 }));
  expect(await read()).toMatchObject({ as: "retry", error: "ratelimited" });
  expect(await read()).toMatchObject({ as: "done" });
  // The first, the second in vain; then the second and the third.
  expect(asked).toBe(4);
});
