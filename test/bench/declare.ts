import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Figure } from "./figures.ts";
import { isQuiet, Sitrep, until } from "./sitrep.ts";
import { type Call, Slack } from "./slack.ts";

const latency = 200;
/** Buckets of an earlier declaration are full again, and what it asked to be done has been. */
const between = 8000;

/** How long people wait after `/incident declare` while Slack takes its time. */
export const declare: Bench = {
  name: "declare",
  says: `an incident declared while each call to Slack takes ${latency} ms: until its channel and card are there, and until all the rest is`,
  async run({ quick, folder, say }) {
    await using slack = await Slack.start({ people: ["alice", "bob", "carol"], latency });
    const [, bob, carol] = slack.installed.people;
    writeFileSync(join(folder, "sitrep.yml"), `severities:\n  SEV2:\n    invite: ["${bob}", "${carol}"]\n`);
    await using sitrep = await Sitrep.start(folder, slack.installed.env);
    await slack.meets(sitrep.port);
    // What it asks when it starts is no part of a declaration.
    await until("quiet after the start", async () => {
      await new Promise((resolve) => setTimeout(resolve, 5 * latency));
      return (await slack.calls()).length === 0;
    });
    const declared: Declared[] = [];
    for (let round = 0; round < (quick ? 2 : 9); round++) {
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, quick ? 1000 : between));
      const begun = Date.now();
      await slack.types("alice", "#general", `/incident declare sev2 ${titles[round] ?? "down"}`);
      await until("quiet", () => isQuiet(folder));
      declared.push(readingOf(begun, await slack.calls()));
      if (!quick || round === 0) for (const line of declared.at(-1)?.lines ?? []) say(line);
      if (!quick) say("");
    }
    const [first, ...later] = declared;
    return first ? [...figuresOf("the first of a new bot", [first]), ...figuresOf("later ones", later)] : [];
  },
};

// Of different words, so that none is taken for the same again.
const titles = [
  "checkout answers 500",
  "search is slow",
  "mails are late",
  "login loops",
  "images vanish",
  "billing stuck",
  "webhooks pile up",
  "exports empty",
  "maps blank",
];

interface Declared {
  /** Milliseconds from the command. */
  card: number;
  rest: number;
  /** Calls one after the other on the way to the last. */
  deep: number;
  lines: string[];
}

function readingOf(begun: number, calls: Call[]): Declared {
  const created = calls.find(({ method }) => method === "conversations.create");
  const card = calls.find(
    ({ method, begun: at }) => method === "chat.postMessage" && created && at >= created.ended,
  );
  // Names are learned for the record; nobody waits for them.
  const shown = calls.filter(({ method }) => method !== "users.info");
  const last = shown.reduce((one, other) => (other.ended > one.ended ? other : one));
  return {
    card: (card?.ended ?? Number.NaN) - begun,
    rest: last.ended - begun,
    deep: depthOf(last, shown),
    lines: calls.map(
      ({ method, channel, begun: from, ended: to }) =>
        `${String(from - begun).padStart(6)} … ${String(to - begun).padStart(5)} ms  ${method} ${channel}`,
    ),
  };
}

/** The longest chain of calls each of which began when another one had ended. */
const depthOf = (last: Call, calls: Call[]): number =>
  1 +
  Math.max(0, ...calls.filter(({ ended }) => ended <= last.begun).map((before) => depthOf(before, calls)));

const figuresOf = (which: string, declared: Declared[]): Figure[] => [
  {
    name: `until channel and card are there, ${which}`,
    unit: "ms",
    rounds: declared.map(({ card }) => card),
    aim: { atMost: 2 * latency + 100 },
  },
  {
    name: `until all the rest is there, ${which}`,
    unit: "ms",
    rounds: declared.map(({ rest }) => rest),
    aim: { atMost: 5 * latency },
  },
  { name: "calls one after the other until then", unit: "", rounds: declared.map(({ deep }) => deep) },
];
