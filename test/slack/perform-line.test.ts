import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/workspace/faults.ts";
import { channelName, play, type Played, playTheLine, seenIn } from "./a-performer.ts";

async function seenWith(
  upset: (played: Played) => void,
  timeout?: number,
): Promise<{ seen: object; retries: number }> {
  await using played = await play(timeout === undefined ? {} : { timeout });
  upset(played);
  await playTheLine(played);
  expect(played.ended.filter(({ performed }) => performed.as === "dead")).toEqual([]);
  return {
    seen: seenIn(played),
    retries: played.ended.filter(({ performed }) => performed.as === "retry").length,
  };
}

let undisturbed: Promise<{ seen: object }> | undefined;
const expected = async () => (await (undisturbed ??= seenWith(() => {}))).seen;

test("every effect of an incident is performed, once", async () => {
  await using played = await play();
  await playTheLine(played);
  const kinds = new Set(played.ended.map(({ type }) => type));
  expect([...kinds].toSorted()).toEqual([
    "AddBookmark",
    "CreateChannel",
    "DeleteMessage",
    "EditMessage",
    "FindSubscribers",
    "InvitePeople",
    "LearnPerson",
    "PinMessage",
    "PostMessage",
    "SetTopic",
    "SharePostmortem",
    "SyncReceipt",
    "TellDeclarer",
    "UploadPostmortem",
  ]);
  expect(played.ended.filter(({ performed }) => performed.as === "retry" || performed.as === "dead")).toEqual(
    [],
  );
  expect(played.ws.state.loud).toEqual([]);

  const { ws, store, responses } = played;
  const channel = ws.channel(channelName);
  expect(channel.members).toEqual(["sitrep", "alice"]);
  expect(channel.pins).toHaveLength(1);
  expect(channel.messages.flatMap(({ reactions }) => [...reactions.keys()])).toEqual(["memo"]);
  expect(channel.messages.filter((message) => message.files?.length)).toHaveLength(1);
  const announced = ws.channel("incidents").messages.filter((message) => message.botId !== undefined);
  expect(announced.map((message) => message.threadTs === announced[0]?.ts)).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(responses).toEqual([
    { text: `INC-1 is open: <#${channel.id}>`, response_type: "ephemeral", replace_original: false },
  ]);
  const alice = ws.state.personNamed("alice")?.id ?? "";
  expect((await store.people([alice])).get(alice)).toEqual({ id: alice, name: "alice", isBot: false });
  const posts = (await store.incident(1))?.posts ?? {};
  expect(Object.keys(posts).some((slot) => slot.startsWith("reminder:"))).toBe(false);
});

const methods = [
  "conversations.create",
  "conversations.invite",
  "conversations.join",
  "conversations.list",
  "chat.postMessage",
  "chat.update",
  "chat.delete",
  "pins.add",
  "reactions.add",
  "files.getUploadURLExternal",
  "upload",
  "files.completeUploadExternal",
  "users.info",
];

const faults: [string, Fault][] = [
  ["500 before it takes effect", { when: "before", answer: 500 }],
  ["500 after it took effect", { when: "after", answer: 500 }],
  ["a cut line after it took effect", { when: "after", answer: "cut" }],
  ["429", { when: "before", answer: 429, retryAfter: 7 }],
  ["429 after it took effect", { when: "after", answer: 429, retryAfter: 7 }],
];

describe.each(methods)("%s, each time it is called first,", (method) => {
  test.each(faults)("answered by %s, leaves nothing missing and nothing double", async (_name, fault) => {
    // A message asks for a name that it lacks, and does without; only learning the person is tried again.
    const times = method === "users.info" ? 6 : 1;
    const { seen, retries } = await seenWith(({ ws }) => ws.faults.next(method, { ...fault, times }));
    expect(retries).toBeGreaterThan(0);
    expect(seen).toEqual(await expected());
  });
});

test.each(["before", "after"] as const)(
  "every post that is lost once %s it took effect stands once in the end",
  async (when) => {
    const { seen, retries } = await seenWith(({ ws }) => {
      let calls = 0;
      // Each second call fails, so that each post fails once and then succeeds.
      ws.onCall(({ method, phase }) => {
        if (method === "chat.postMessage" && phase === "before" && calls++ % 2 === 0)
          ws.faults.next("chat.postMessage", { when, answer: "cut" });
      });
    });
    expect(retries).toBeGreaterThan(0);
    expect(seen).toEqual(await expected());
  },
);

test.each(["conversations.create", "chat.postMessage", "files.completeUploadExternal"])(
  "%s that took effect and is never answered is found again",
  async (method) => {
    // However slow the machine: a call that is given up too early is found again as well.
    const { seen, retries } = await seenWith(
      ({ ws }) => ws.faults.next(method, { when: "after", answer: "silence" }),
      400,
    );
    expect(retries).toBeGreaterThan(0);
    expect(seen).toEqual(await expected());
  },
);

test.each(["conversations.create", "chat.postMessage", "files.completeUploadExternal"])(
  "%s that took effect but was answered by internal_error is found again",
  async (method) => {
    const { seen, retries } = await seenWith(({ ws }) =>
      ws.faults.next(method, { when: "after", answer: { error: "internal_error" } }),
    );
    expect(retries).toBeGreaterThan(0);
    expect(seen).toEqual(await expected());
  },
);

test("looking again may fail as often as it likes", async () => {
  const { seen, retries } = await seenWith(({ ws }) => {
    for (const method of ["conversations.create", "chat.postMessage", "files.completeUploadExternal"])
      ws.faults.next(method, { when: "after", answer: "cut" });
    for (const method of ["users.conversations", "conversations.history", "files.info"])
      ws.faults.next(method, { when: "before", answer: 500, times: 3 });
  });
  expect(retries).toBe(12);
  expect(seen).toEqual(await expected());
});
