import { describe, expect, it } from "vitest";
import { InFlight } from "../../src/in-flight.ts";
import { sitrep } from "../cli/terminal.ts";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const minute = 60_000;

const settings = (id: (name: string) => string) => `
severities:
  SEV1: { invite: [${id("carol")}] }
audiences:
  support: { channel: support, severities: [SEV1, SEV2] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("bob")}"] }
      - { after: 5m, notify: ["user:${id("carol")}"] }
      - { after: 15m, when: unresolved, notify: ["user:${id("bob")}"] }
`;

const open = () =>
  World.open({
    people: ["alice", "bob", "carol"],
    channels: ["general", "incidents", "support"],
    settings,
  });

/** Minutes from now, and what happens then: the words of a line at the shell of root, or anything else. */
type Act = readonly [after: number, act: readonly string[] | ((world: World) => unknown)];

/** A Sitrep that runs notices within a second of the machine's. */
async function shell(world: World, args: readonly string[]): Promise<void> {
  const place = { env: { ...world.env(), USER: "root" }, cwd: world.folder, clock: world.ws.clock };
  const noticed = Promise.withResolvers<void>();
  const forget = world.isRunning ? world.app.store.onWork(noticed.resolve) : noticed.resolve;
  const { err, code } = await sitrep(args, place);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  if (world.isRunning) await noticed.promise;
  forget();
}

/** Plays them while the clock runs on for so long; it stands still during each. Slack must be back at the end. */
async function plays(world: World, minutes: number, acts: readonly Act[]): Promise<void> {
  const { clock } = world.ws;
  const busy = new InFlight();
  const leave = clock.join(busy);
  const began = clock.now();
  const playing = acts.map(async ([after, act]) => {
    await clock.sleepUntil(began + after * minute, "timer");
    await busy.during(async () => {
      await (typeof act === "function" ? act(world) : shell(world, act));
    });
  });
  await clock.advance(`${minutes}m`);
  await Promise.all(playing);
  leave();
}

/** What takes Slack or Sitrep away, and brings it back. */
const ways = {
  "Slack away, Sitrep alive": {
    begin: ({ ws }: World) => ws.faults.setAway(true),
    end: ({ ws }: World) => ws.faults.setAway(false),
  },
  "Sitrep down": {
    begin: (world: World) => world.stopApp(),
    end: (world: World) => world.startApp(),
  },
} as const;

/** What Sitrep says in a channel, without who comes and goes; of each message its first line, and that it is marked. */
function heads(world: World, name: string): string[] {
  const messages = world.ws
    .channel(name)
    .transcript()
    .split(/\n(?= {0,4}\d\d:\d\d )/);
  return messages
    .filter((each) => each.includes("Sitrep (app)"))
    .map((each) => {
      const [first = ""] = each.split("\n");
      const [, at] = /(\d\d:\d\d) UTC · recorded during a Slack outage$/.exec(each) ?? [];
      return first.replace("Sitrep (app): ", "") + (at === undefined ? "" : ` [${at}]`);
    });
}

const people = (world: World) =>
  ["alice", "bob", "carol"].map((name) => world.as(name).directMessages()).join("\n");

const title = "INC-1 checkout 500s";

describe.each(Object.entries(ways))("three hours with %s", (_name, { begin, end }) => {
  it("in which an incident is declared and ends show it once, in order, at its times, and ask for nothing", async () => {
    await using world = await open();
    await plays(world, 200, [
      [1, begin],
      [2, ["declare", "sev1", "checkout", "500s"]],
      [6, ["log", "INC-1", "14:20", "deployed v2.3.2"]],
      [10, ["update", "INC-1", "rolling back", "--impact", "15% of checkouts fail"]],
      [40, ["ack", "INC-1"]],
      [50, ["update", "INC-1", "watching", "--status", "monitoring"]],
      [62, ["resolve", "INC-1", "rolled back to v2.3.1", "--recovered", "5m ago"]],
      [180, end],
    ]);
    const numbers = heads(world, channel).flatMap((head) => /Update (\d)/.exec(head)?.[1] ?? []);
    const [first, second, last] = numbers;
    expect(heads(world, channel)).toEqual([
      `17:36 ${title}`,
      "17:36 14:20 UTC - deployed v2.3.2 [14:42]",
      `17:36 Update ${first} · ${title} [14:46]`,
      `17:36 Update ${second} · ${title} [15:26]`,
      `17:36 Update ${last} (final) · ${title} [15:38]`,
      "17:36 [file: INC-1-post-mortem.md]",
      expect.stringMatching(/^17:3[67] The post-mortem draft of INC-1 is here\.$/),
    ]);
    expect(heads(world, "incidents").filter((head) => !head.includes("(from a thread)"))).toEqual([
      `17:36 ${title}`,
      `    17:36 Update ${second} · ${title} [15:26]`,
    ]);
    expect(heads(world, "support")).toEqual(
      ["14:46", "15:26", "15:38"].map((at) => `17:36 INC-1 (SEV1): checkout 500s [${at}]`),
    );
    const card = world.ws.channel(channel).transcript();
    expect(card).toContain("Called: nobody could be reached");
    expect(card).toContain(
      "Acknowledged: by root (command line) at 15:16 UTC (recorded during a Slack outage)",
    );
    expect(card).toContain("Resolved: 15:33 UTC by root (command line), after 55 minutes");
    expect(people(world).trim()).toBe("");
    expect(world.ws.channel(channel).members).toEqual(["sitrep"]);
    expect(await aftermath(world)).toEqual([]);
    const place = { env: world.env(), cwd: world.folder };
    const { out } = await sitrep(["export", "INC-1"], place);
    expect(out).toContain("- 14:20 - deployed v2.3.2");
    expect(out).toContain("Acknowledged by root (command line)");
    expect(out).toContain("no message went out before it was answered or over");
  }, 120_000);
});

describe.each(Object.entries(ways))("an hour and a half with %s", (_name, { begin, end }) => {
  it("in the middle of an incident leaves what still holds, one prompt after the other, and calls that are open", async () => {
    await using world = await open();
    await world.as("alice").in("#general").types("/incident declare sev1 checkout 500s");
    await world.ws.settle();
    await plays(world, 120, [
      [1, begin],
      [7, ["log", "INC-1", "failover started"]],
      [8, ["update", "INC-1", "failing over"]],
      [91, end],
    ]);
    const since = heads(world, channel).filter((head) => head.startsWith("16:"));
    const saying = (what: string) => since.filter((head) => head.includes(what));
    expect(saying("failover started [14:43]")).toHaveLength(1);
    expect(saying(`Update 2 · ${title} [14:44]`)).toHaveLength(1);
    expect(since.findIndex((head) => head.includes("failover started"))).toBeLessThan(
      since.findIndex((head) => head.includes("Update 2")),
    );
    // Of those that Sitrep made by itself while nobody could see them at most the last.
    expect(since.filter((head) => /^16:0\d Update [^2]/.test(head)).length).toBeLessThanOrEqual(1);
    expect(saying("is due (").length).toBeLessThanOrEqual(1);
    expect(saying("Calling @carol, step 2")).toHaveLength(1);
    expect(saying("Calling @bob, step 3")).toHaveLength(1);
    const prompts = since.filter(
      (head) => /@alice|@channel/.test(head) && !/is due|Nobody has answered/.test(head),
    );
    const minutes = prompts.map((head) => Number(head.slice(0, 2)) * 60 + Number(head.slice(3, 5)));
    expect(prompts.length).toBeGreaterThanOrEqual(3);
    expect(minutes.slice(1).every((at, index) => at - (minutes[index] ?? at) >= 5)).toBe(true);
    for (const once of ["Nobody has said", "Nobody has led", "No mitigation"])
      expect(saying(once)).toHaveLength(1);
    // Whoever is called so late has the time to answer.
    expect(saying("Nobody has answered").map((head) => head.slice(0, 5))).toEqual(["16:12"]);
    expect(people(world).match(/You are needed/g)).toHaveLength(3);
    expect(await aftermath(world)).toEqual([]);
  }, 120_000);
});
