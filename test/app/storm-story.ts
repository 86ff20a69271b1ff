import fc from "fast-check";
import type { Seen } from "../../src/workspace/interactions.ts";
import type { Actor } from "../../src/workspace/people.ts";
import { normalForm } from "./normal-form.ts";
import type { Weather } from "./storm-weather.ts";
import { World } from "./world.ts";

/** Renamed now and then. */
const nameNow = ({ ws }: World): string => ws.channels().find((name) => name.startsWith("inc-1-")) ?? "";
const there = (world: World, name: string): Actor => world.as(name).in(`#${nameNow(world)}`);

/** Sitrep says nothing by itself, so that what differs is what became of people's acts. */
const quiet = `
roles: { remindCommanderAfter: off, escalateAfter: off }
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
updates: { warnBefore: off }
timeline: { joinBrief: off }
`;

/** `of` picks one of the messages that stand; `n` makes words that nobody else has said. */
export type Act = { n: number; who: "alice" | "bob"; of: number } & (
  | { does: "says" | "replies" | "edits" | "deletes" | "shares" }
  | { does: "reacts" | "unreacts" | "pins" | "unpins" | "uses the shortcut" }
  | { does: "mentions" | "types" | "fills a form" | "finishes an item" }
  | { does: "root renames" | "dave’s account is closed or open again" }
  | { does: "carol joins" | "carol leaves" | "waits" | "Sitrep is restarted" }
);

/** What silences the channel, or keeps people out of it, is told in `outside-order.test.ts`: others could not go on as in calm. */
const does = {
  says: 6,
  replies: 4,
  edits: 4,
  deletes: 2,
  shares: 1,
  reacts: 4,
  unreacts: 2,
  pins: 2,
  unpins: 1,
  "uses the shortcut": 1,
  mentions: 2,
  types: 4,
  "fills a form": 2,
  "finishes an item": 2,
  "carol joins": 2,
  "carol leaves": 2,
  "root renames": 2,
  "dave’s account is closed or open again": 3,
  waits: 3,
  "Sitrep is restarted": 1,
} satisfies Record<Act["does"], number>;
const isAct = (name: string): name is Act["does"] => name in does;

export const stories = fc
  .array(
    fc.record({
      who: fc.constantFrom("alice" as const, "bob" as const),
      of: fc.nat(50),
      does: fc.oneof(
        ...Object.entries(does).map(([name, weight]) => ({
          weight,
          arbitrary: fc.constant(isAct(name) ? name : ("waits" as const)),
        })),
      ),
    }),
    { minLength: 40, maxLength: 60 },
  )
  .map((acts) => acts.map((act, n): Act => ({ ...act, n })));

/** How Slack's side is reached, and how much is done there at the same time. */
export const ways = fc.record({
  transport: fc.constantFrom("http" as const, "socket" as const),
  concurrency: fc.constantFrom(1, 8),
});
export type Way = typeof ways extends fc.Arbitrary<infer One> ? One : never;

/** Words of a message that somebody has said and that stands. */
interface Said {
  words: string;
  by: "alice" | "bob";
  isReply: boolean;
  marks: Set<string>;
}

/** Lives the story and tells what is left of it; without weather nothing goes wrong, and Sitrep is never restarted. */
export async function live(
  story: readonly Act[],
  { transport, concurrency }: Way,
  weather?: Weather,
): Promise<string[]> {
  const world = await World.open({
    people: ["alice", "bob", "carol", "dave", { name: "root", admin: true }],
    settings: quiet,
    transport,
    app: {
      concurrency,
      // Over a socket nothing says that an event was not taken in, and Slack waits for that in real time.
      ...(weather && transport === "http" && { aroundStore: weather.aroundStore }),
    },
  });
  await using _ = world;
  const { ws } = world;
  // Whoever declared it is needed to the end, whatever else becomes of the story.
  await world.as("dave").in("#general").types("/incident declare sev4 checkout 500s");
  await ws.settle();
  for (const name of ["alice", "bob", "root"]) await there(world, name).joins();
  await there(world, "alice").types("/incident lead");
  await ws.settle();
  weather?.over(ws);
  const said: Said[] = [];
  for (const act of story) {
    weather?.blows(ws);
    // Nobody does two things in one instant.
    await ws.clock.advance("1s");
    await carryOut(world, act, said, weather);
  }
  // All that is late has come, and Slack has tried what it tries.
  await ws.clock.advance("15m");
  weather?.clears(ws);
  await ws.clock.advance("1m");
  await there(world, "alice").types("/incident resolve Rolled back");
  await ws.clock.advance("1m");
  const given = ws.deliveries.waiting();
  if (given.length > 0) throw new Error(`Slack still tries ${given.map(({ type }) => type).join()}`);
  const rules = world.config().rules;
  return (await normalForm({ ws, store: world.app.store, rules }))
    .filter(matters)
    .map(withoutCounts)
    .map(unordered);
}

/** Entries that were logged by mentions stand as those arrived; reactions, as they came last. */
function unordered(line: string): string {
  const [, target, posts] = /^(.* order of [^ ]+: )(.*)$/s.exec(line) ?? [];
  if (target !== undefined && posts !== undefined)
    return (
      target +
      posts
        .split(" < ")
        .filter((post) => !post.startsWith("entry:"))
        .join(" < ")
    );
  const parts = line.split(" | ");
  const isReaction = (part: string) => /^:[\w-]+: by @/.test(part);
  const first = parts.findIndex(isReaction);
  if (first >= 0) {
    const reactions = parts.filter(isReaction).toSorted();
    return [...parts.slice(0, first), ...reactions, ...parts.slice(first + reactions.length)].join(" | ");
  }
  const [, start, list] = /^(INC-\d+ state \[\{"entries":)(\[.*\])\}\]$/.exec(line) ?? [];
  if (start === undefined || list === undefined) return line;
  const entries: unknown = JSON.parse(list);
  const sorted = Array.isArray(entries) ? entries.map((entry) => JSON.stringify(entry)).toSorted() : [];
  return start + sorted.join();
}

/**
 * Of who came and went, of names and accounts the end counts, which the state tells; a question that is put off from quarter to
 * quarter of an hour shows nowhere. Who mentions Sitrep reads that a disk is full.
 */
const matters = (line: string): boolean =>
  !/ event .*"type":"(?:Member(?:Joined|Left)|ChannelRenamed|Person(?:Gone|Back)|PromptHeldBack)"/.test(
    line,
  ) && !line.includes("Nothing was saved, because I cannot write my record");

/** Of an erased message nobody sees how often it was edited; and a button may name the version at which something changed; who left matters no more once she is back. */
const withoutCounts = (line: string): string =>
  (line.includes('{"deleted":true}') ? line.replace(/\{"texts":\[(?:null,?)*\]\}/, "") : line)
    .replaceAll(/\\"(change|offer)\\":\d+/g, "$1")
    .replace(/(?<=INC-\d+ state .*)\{"left":\[[^\]]*\]\},/, "");

async function carryOut(world: World, act: Act, said: Said[], weather?: Weather): Promise<void> {
  const { ws } = world;
  const { n, who, of } = act;
  const channel = nameNow(world);
  const person = there(world, who);
  const carol = there(world, "carol");
  const isThere = ws.channel(channel).members.includes("carol");
  const message = said[of % said.length];
  const own = said.filter(({ by }) => by === who)[of % said.length];
  switch (act.does) {
    case "says":
    case "shares": {
      const words = `word ${n}.`;
      if (act.does === "says") await person.says(words);
      else await person.shares(`file-${n}.txt`, `content ${n}`, words);
      said.push({ words, by: who, isReply: false, marks: new Set() });
      return;
    }
    case "replies": {
      const tops = said.filter(({ isReply }) => !isReply);
      const top = tops[of % tops.length];
      if (!top) return;
      const words = `reply ${n}.`;
      await person.replies(top.words, words);
      said.push({ words, by: who, isReply: true, marks: new Set() });
      return;
    }
    case "edits":
      if (!own) return;
      await person.edits(own.words, `edited ${n}.`);
      own.words = `edited ${n}.`;
      return;
    case "deletes":
      if (!own) return;
      await person.deletes(own.words);
      said.splice(said.indexOf(own), 1);
      return;
    case "reacts":
    case "pins": {
      const mark = act.does === "pins" ? "pin" : `pushpin ${who}`;
      if (!message || message.marks.has(mark)) return;
      message.marks.add(mark);
      await (act.does === "pins" ? person.pins(message.words) : person.reacts("pushpin", message.words));
      return;
    }
    case "unreacts":
    case "unpins": {
      const mark = act.does === "unpins" ? "pin" : `pushpin ${who}`;
      const marked = said.find(({ marks }) => marks.delete(mark));
      if (!marked) return;
      if (act.does === "unreacts") await person.unreacts("pushpin", marked.words);
      else {
        const { id, messages } = ws.channel(channel);
        const ts = messages.find(({ text }) => text.includes(marked.words))?.ts ?? "";
        ws.state.removePin({ channel: id, ts, user: ws.idOf(who) });
      }
      return;
    }
    case "uses the shortcut":
      if (message) await insists(() => person.uses("Add to timeline", message.words));
      return;
    case "mentions":
      await person.says(n % 2 === 0 ? `@sitrep log 13:${10 + (n % 50)} noted ${n}` : "@sitrep help ask");
      return;
    case "types":
      await insists(() => person.types(lineOf(n)));
      return;
    case "fills a form":
      await insists(() => person.types("/incident update"));
      await ws.settle();
      await person.fills({ "Current action": `Looking at ${n}` });
      await insists(() => person.submits());
      return;
    case "finishes an item":
      return finishes(person);
    case "carol joins":
      if (!isThere) await carol.joins();
      return;
    case "carol leaves":
      if (isThere) await carol.leaves();
      return;
    case "root renames":
      await there(world, "root").renames(`inc-1-checkout-${n}`);
      return;
    case "dave’s account is closed or open again":
      if (ws.state.person(ws.idOf("dave"))?.deleted) ws.reactivate("dave");
      else ws.deactivate("dave");
      return;
    case "waits":
      await ws.clock.advance(`${1 + (of % 3)}m`);
      return;
    case "Sitrep is restarted": {
      const how = weather?.restart(ws.clock.now());
      if (how) await world.stopApp(how.within);
      ws.state.postMessage({ channel: ws.channel(channel).id, user: ws.idOf(who), text: `unheard ${n}.` });
      if (how) await world.startApp();
      return;
    }
    default:
      act satisfies never;
  }
}

function lineOf(n: number): string {
  const lines = [
    `decide we keep ${n}`,
    `action look at ${n} @bob`,
    `title checkout fails ${n}`,
    `update Rolling back ${n}`,
    n % 3 === 0 ? "status identified" : "status investigating",
    `role scribe @${n % 2 === 0 ? "bob" : "alice"}`,
  ];
  return `/incident ${lines[n % lines.length]}`;
}

async function finishes(person: Actor): Promise<void> {
  await insists(() => person.types("/incident actions"));
  const done = person.pressables().find(({ label }) => label === "Done");
  if (done) await insists(done.press);
}

/** As people do who read of an error: what did not get through they do again. */
async function insists(act: () => Promise<Seen>): Promise<void> {
  for (let tries = 0; tries < 10; tries++) if ((await act()).ok) return;
  throw new Error("it never got through");
}
