import { aftermath } from "./aftermath.ts";
import { disturbedWorld } from "./disturbed-world.ts";
import { describeKills } from "./matrix.ts";

const channel = "inc-2-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

/** Opened from a message beside a like one, with somebody to invite who cannot come, and led. */
async function opened(at?: string): Promise<{ odd: string[]; moments: readonly string[] }> {
  const killed = await disturbedWorld(
    { at },
    {
      people: ["alice", "bob"],
      settings: (id) => `severities: { SEV2: { invite: [U0NOBODY, ${id("bob")}] } }`,
    },
  );
  await using world = killed.world;
  const { ws } = world;
  const { live, insist, moments } = killed;
  const alice = world.as("alice").in("#general");
  await insist(
    () => alice.types("/incident declare sev4 checkout is slow"),
    () => ws.channels().includes("inc-1-checkout-is-slow"),
  );
  await alice.says("checkout 500s");
  await insist(
    async () => {
      if (!alice.modal()) await alice.uses("Declare incident", { message: "checkout 500s" });
      await ws.settle();
      return alice.modal() ? alice.submits() : { ok: false };
    },
    () => ws.channels().includes(channel),
  );
  await live(() => ws.clock.advance("2m"));
  await live(() => ws.settle());
  const inside = world.as("alice").in(`#${channel}`);
  await insist(
    () => inside.types("/incident lead"),
    () => ws.channel(channel).topic.includes("@alice"),
  );
  await live(() => ws.clock.advance("5m"));

  const odd = await aftermath(world);
  const told = await world.transcript(channel);
  const { members, messages, topic } = ws.channel(channel);
  const notes = messages.filter(({ subtype }) => subtype === "channel_topic").length;
  const bookmarks = ws.state.channel(ws.channel(channel).id)?.bookmarks ?? [];
  const [record, ...more] = await world.app.store.messages(2, { marked: true });
  const facts = {
    topic: topic === "SEV2 (provisional) · INVESTIGATING · commander @alice ‖",
    "topic set twice": notes === 2,
    "one bookmark": bookmarks.length === 1,
    "bob is there": members.includes("bob"),
    "who cannot come is named once": count(told, "@U0NOBODY") === 1,
    "asked once": count(told, "Same as INC-1?") === 1,
    "first entry": record?.revisions[0]?.text.body === "checkout 500s" && more.length === 0,
  };
  for (const [fact, holds] of Object.entries(facts)) if (!holds) odd.push(`not: ${fact}`);
  return { odd, moments };
}

/** Refused its channel, gone on in a thread, then given one. */
async function refused(at?: string): Promise<{ odd: string[]; moments: readonly string[] }> {
  const killed = await disturbedWorld({ at }, { people: ["alice", "bob"] });
  await using world = killed.world;
  const { ws } = world;
  const { live, insist, moments } = killed;
  let isRefused = true;
  ws.onCall(({ method, phase }) => {
    if (isRefused && method === "conversations.create" && phase === "before")
      ws.faults.next(method, { when: "before", answer: { error: "restricted_action" } });
  });
  const alice = world.as("alice").in("#general");
  const general = () => ws.channel("general").transcript();
  await insist(
    () => alice.types("/incident declare sev2 checkout 500s"),
    () => general().includes("goes on in this thread"),
  );
  await insist(
    () => alice.types("/incident INC-1 update Rolling back"),
    () => general().includes("Rolling back"),
  );
  isRefused = false;
  await insist(
    () => alice.clicks("Try again"),
    () => ws.channels().includes("inc-1-checkout-500s"),
  );
  await live(() => ws.clock.advance("5m"));

  const odd = await aftermath(world);
  const thread = await world.transcript("general");
  const there = await world.transcript("inc-1-checkout-500s");
  const facts = {
    "one thread": count(thread, "has its channel now") === 1,
    "told once in the thread": count(thread, "INC-1 goes on in its channel") === 2,
    "one update in the thread": count(thread, "Update 2 ·") === 1,
    "one card": count(there, "Everything said in this channel is recorded") === 1,
    "one update": count(there, "Update 2 ·") === 1,
    "one announcement": count(await world.transcript("incidents"), "Channel: #inc-1") === 1,
  };
  for (const [fact, holds] of Object.entries(facts)) if (!holds) odd.push(`not: ${fact}`);
  return { odd, moments };
}

describeKills("an incident that opens with all that surrounds its channel", opened, 8);
describeKills("an incident that goes on in a thread until its channel comes", refused, 8);
