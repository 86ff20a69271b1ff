import { bareBolt } from "./bolt.ts";
import { processorTime } from "./child.ts";
import { type Bench, type Figure, type How, quantile, ratios, spreadOf } from "./figures.ts";
import { type Load, load } from "./load.ts";
import { conversation, type Said, signedMessage } from "./messages.ts";
import { ordinaryLoad } from "./ordinary-load.ts";
import { counted, isQuiet, Sitrep, until } from "./sitrep.ts";
import { Slack } from "./slack.ts";

const connections = 32;
const incidents = ["checkout answers 500", "search is slow", "mails are late"];

/** How much acknowledging only what is on disk costs. */
export const events: Bench = {
  name: "events",
  says: `signed message events over HTTP on ${connections} connections, acknowledged after the commit, beside a bare Bolt app that does nothing`,
  async run(how) {
    const { quick, folder, say } = how;
    const people = Array.from({ length: quick ? 4 : 40 }, (_, index) => `person${index}`);
    await using slack = await Slack.start({ people });
    await using sitrep = await Sitrep.start(folder, slack.installed.env);
    await slack.meets(sitrep.port);
    for (const title of incidents)
      await slack.types("person0", "#general", `/incident declare sev3 ${title}`);
    await until("the incidents' channels", async () => (await channelsOf(slack)).length === incidents.length);
    await until("quiet", () => isQuiet(folder));
    await using bolt = await bareBolt(slack.installed);
    const sides = { sitrep, bolt };
    const channels = channelIds(folder);

    say("both sides warm up, and everybody is learned");
    const many = quick ? 200 : 8000;
    for (let round = 0; round < (quick ? 1 : 3); round++)
      for (const side of [sitrep, bolt]) await takeRound(slack, folder, side, { many, channels });
    await until("everybody is known", () => isQuiet(folder));

    const rounds = quick ? 2 : 11;
    say("an ordinary client");
    const usual = await alternately(how, slack, sides, { many, channels, rounds, client: "ordinary" });
    say("one that costs next to nothing");
    const own = await alternately(how, slack, sides, { many, channels, rounds });
    const elsewhere = await alternately(how, slack, sides, {
      many,
      channels: ["C0ELSEWHERE"],
      rounds: Math.ceil(rounds / 2),
    });
    const rate = spreadOf(own.sitrep.rates).median / 2;
    const calm = await alternately(how, slack, sides, {
      many: Math.ceil(rate * (quick ? 0.1 : 3)),
      channels,
      rounds: Math.ceil(rounds / 2),
      rate,
    });
    return [
      ...compared("in incidents' channels, from an ordinary client", usual, { atLeast: 0.9 }),
      ...compared("in incidents' channels", own),
      ...compared("in other channels", elsewhere),
      ...patience(`at ${rate.toFixed(0)} events a second`, calm),
    ];
  },
};

interface Side {
  port: number;
  pid: number;
}

interface Round {
  many: number;
  channels: string[];
  rate?: number;
  /** `ordinary`: Node's own, signing as it sends. Else one that has signed before and only writes. */
  client?: "ordinary";
}

interface Measured {
  rates: number[];
  /** Processor time for an event, in microseconds. */
  costs: number[];
  /** Milliseconds. */
  p50: number[];
  p99: number[];
}

type Sides = Record<"sitrep" | "bolt", Side>;

/** Sitrep, Bolt, Sitrep, Bolt …: what slows the machine for a while slows both. */
async function alternately(
  { folder, say, quick }: How,
  slack: Slack,
  sides: Sides,
  { rounds, ...round }: Round & { rounds: number },
): Promise<Record<keyof Sides, Measured>> {
  const empty = (): Measured => ({ rates: [], costs: [], p50: [], p99: [] });
  const measured = { sitrep: empty(), bolt: empty() };
  for (let count = 1; count <= rounds; count++) {
    for (const side of ["sitrep", "bolt"] as const) {
      const before = processorTime(sides[side].pid);
      const { seconds, acknowledged, latencies } = await takeRound(slack, folder, sides[side], round);
      const into = measured[side];
      into.rates.push(acknowledged / seconds);
      into.costs.push(((processorTime(sides[side].pid) - before) * 1000) / acknowledged);
      into.p50.push(quantile(latencies, 0.5));
      into.p99.push(quantile(latencies, 0.99));
    }
    if (!quick)
      say(
        `${count} of ${rounds}: ${measured.sitrep.rates.at(-1)?.toFixed(0)} beside ${measured.bolt.rates.at(-1)?.toFixed(0)} a second`,
      );
  }
  return measured;
}

/** @throws when one was not acknowledged, or when one that was is not on record. */
async function takeRound(
  slack: Slack,
  folder: string,
  side: Side,
  { many, channels, rate, client }: Round,
): Promise<Load> {
  const said = conversation(many, channels, slack.installed.people);
  const before = onRecord(folder);
  const { port } = side;
  const done =
    client === "ordinary"
      ? await ordinaryLoad(slack.installed, { port, said, connections })
      : await load({ port, requests: signed(slack, said), connections, ...(rate !== undefined && { rate }) });
  if (done.refused > 0) throw new Error(`${done.refused} of ${many} were not acknowledged`);
  const isRecorded = side instanceof Sitrep && channelIds(folder).includes(channels[0] ?? "");
  const recorded = onRecord(folder) - before;
  if (recorded !== (isRecorded ? many : 0))
    throw new Error(`${many} were acknowledged, ${recorded} are on record`);
  return done;
}

function signed({ installed }: Slack, said: readonly Said[]): Buffer[] {
  const now = Date.now();
  return said.map((one) => signedMessage(installed, one, now));
}

/** Messages that are whole: their text and both keys of their event are there. */
const onRecord = (folder: string): number =>
  counted(
    folder,
    `select min((select count(*) from messages), (select count(*) from texts where id like 'message:%'),
      (select count(*) from inputs where key like 'message/:%'))`,
  );

const channelsOf = async (slack: Slack): Promise<string[]> =>
  (await slack.channels()).filter((name) => name.startsWith("inc-"));

function channelIds(folder: string): string[] {
  const numbers = incidents.map((_, index) => index + 1);
  return numbers.map((number) =>
    String(counted(folder, `select channel from incidents where number = ${number}`)),
  );
}

const compared = (
  where: string,
  { sitrep, bolt }: Record<keyof Sides, Measured>,
  aim?: Figure["aim"],
): Figure[] => [
  { name: `Sitrep, acknowledged ${where}`, unit: "a second", rounds: sitrep.rates },
  { name: "bare Bolt", unit: "a second", rounds: bolt.rates },
  { name: "ratio", unit: "", rounds: ratios(sitrep.rates, bolt.rates), ...(aim && { aim }) },
  { name: "Sitrep, processor time for each", unit: "µs", rounds: sitrep.costs },
  { name: "bare Bolt", unit: "µs", rounds: bolt.costs },
  { name: "ratio of processor time", unit: "", rounds: ratios(sitrep.costs, bolt.costs) },
];

const patience = (load: string, { sitrep, bolt }: Record<keyof Sides, Measured>): Figure[] => [
  { name: `Sitrep, until the acknowledgement, ${load}, half of them`, unit: "ms", rounds: sitrep.p50 },
  { name: "Sitrep, 99 of 100", unit: "ms", rounds: sitrep.p99, aim: { atMost: 50 } },
  { name: "bare Bolt, 99 of 100", unit: "ms", rounds: bolt.p99 },
];
