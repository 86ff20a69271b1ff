import { expect, test } from "vitest";
import { channelName, claimed, declare, play, type Played } from "./a-performer.ts";

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
