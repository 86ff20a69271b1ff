import { describe, expect, it } from "vitest";
import type { Timer } from "../../src/domain/effect.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const people = ["alice", "bob", "carol"];

type Alice = ReturnType<ReturnType<World["as"]>["in"]>;
const types = (words: string) => (alice: Alice) => alice.types(`/incident ${words}`);

interface Story {
  /** In `sitrep.yml`, beside `quiet`. */
  settings?: (id: (name: string) => string) => object;
  declared?: string;
  /** What alice does in the channel. */
  acts?: (alice: Alice) => Promise<unknown>;
  /** How long after the declaration Sitrep stops, before anything is due; it comes back two hours later. */
  stops: string;
  /** What is said, and how late, by where it stands: a channel, or a person's direct messages. */
  says: Readonly<Record<string, readonly [what: string, late: string]>>;
}

/** Nothing but what the story is about. */
const quiet = {
  updates: { warnBefore: "off" },
  assessment: { askAgainAfter: "off" },
  mitigation: { promptAfter: "off" },
  roles: { remindCommanderAfter: "off", escalateAfter: "off" },
};

/** Bob at once, then carol and a channel. */
const walk =
  (second: string, more = {}) =>
  (id: (name: string) => string) => ({
    escalation: {
      default: {
        steps: [
          { after: "0m", notify: [`user:${id("bob")}`] },
          { after: second, notify: [`user:${id("carol")}`, "channel:leadership"] },
        ],
      },
    },
    ...more,
  });

const called = (late: string, why = "") =>
  ({
    [channel]: [`Calling @carol, #leadership, step 2 of default${why}`, late],
    "@carol": ["You are needed", late],
    "#leadership": ["Help is needed", late],
  }) as const;

/** What is declared at 14:36 on a Thursday. Null: its message, if it has one, wants nothing of anybody or cannot be late. */
const stories: Readonly<Record<Timer["type"], Story | null>> = {
  RemindUpdate: {
    settings: () => ({ updates: { warnBefore: "off", whenMissed: "remind" } }),
    stops: "10m",
    says: { [channel]: ["Next update is due", "(14:51 UTC, 1 h 55 min late)"] },
  },
  PostOverdueUpdate: {
    stops: "17m",
    says: { [channel]: ["Update 2 ·", "automatic, 2 h 2 min late"] },
  },
  StartWalk: {
    declared: "checkout 500s",
    settings: walk("5h"),
    stops: "30s",
    says: {
      [channel]: ["Calling @bob, step 1", "Due at 14:37 UTC, 1 h 59 min late"],
      "@bob": ["You are needed", "Due at 14:37 UTC, 1 h 59 min late"],
    },
  },
  CallTurn: { settings: walk("15m"), stops: "10m", says: called("Due at 14:51 UTC, 1 h 55 min late") },
  ExhaustWalk: {
    settings: walk("15m"),
    stops: "16m",
    says: {
      [channel]: ["Nobody has answered", "Due at 14:56 UTC, 1 h 56 min late"],
      "#incidents": ["Nobody has answered", "Due at 14:56 UTC, 1 h 56 min late"],
    },
  },
  CheckHeard: {
    acts: types("lead"),
    stops: "10m",
    says: { [channel]: ["@alice Still on it?", "Due at 14:51 UTC, 1 h 55 min late"] },
  },
  GoOn: {
    settings: walk("5h"),
    acts: types("lead"),
    stops: "17m",
    // Once they have had the time to answer that Sitrep took from them.
    says: called(
      "Due at 14:56 UTC, 2 h 2 min late",
      ", since who has it was not heard of for 2 hours 22 minutes",
    ),
  },
  RemindCommander: {
    settings: () => ({ roles: { escalateAfter: "off" } }),
    stops: "1m",
    says: { [channel]: ["Nobody has led since 14:36", "Due at 14:39 UTC, 1 h 58 min late"] },
  },
  EscalateCommander: {
    settings: walk("5h", { roles: { remindCommanderAfter: "off" } }),
    stops: "5m",
    says: called("Due at 14:44 UTC, 1 h 57 min late", ", since nobody has taken command"),
  },
  ChaseAsk: {
    acts: types("ask @bob check the pool 5m"),
    stops: "3m",
    says: { [channel]: ["@bob no answer yet: check the pool", "Due at 14:41 UTC, 1 h 58 min late"] },
  },
  AskAssessmentAgain: {
    settings: () => ({ assessment: {} }),
    stops: "3m",
    says: { [channel]: ["Nobody has said yet", "Due at 14:41 UTC, 1 h 58 min late"] },
  },
  PromptMitigation: {
    settings: () => ({ mitigation: {} }),
    stops: "10m",
    says: { [channel]: ["No mitigation has been started", "Due at 14:51 UTC, 1 h 55 min late"] },
  },
  AskMitigation: {
    acts: async (alice) => {
      await alice.types("/incident mitigate");
      await alice.clicks("Rollback");
      await alice.fills({ "What exactly?": "to v2", "How far is it?": "Started" });
      return alice.submits();
    },
    stops: "3m",
    says: { [channel]: ["How did it go?", "Due at 14:41 UTC, 1 h 58 min late"] },
  },
  EscalateMissedUpdate: {
    declared: "sev3 checkout 500s",
    settings: walk("5h", {
      severities: {
        SEV3: { escalation: "default", whenMissed: "post", firstUpdate: "15m", updateEvery: "30m" },
      },
    }),
    acts: types("lead"),
    stops: "57m",
    says: called("Due at 15:36 UTC, 1 h 57 min late", ", since two updates in a row were missed"),
  },
  AskStillOpen: {
    declared: "sev3 checkout 500s",
    stops: "24h",
    says: { [channel]: ["Still open?", "Due at 15:06 UTC, 1 h 30 min late"] },
  },
  RemindPostmortem: {
    declared: "sev1 checkout 500s",
    settings: () => ({ severities: { SEV1: { postmortemWithin: "1d" } } }),
    acts: types("resolve rolled back"),
    stops: "23h",
    says: { "@alice": ["post-mortem", "Due at 14:36 UTC, 1 h late"] },
  },
  RemindActionItem: {
    acts: types("action add a breaker @bob fri"),
    stops: "18h",
    says: { "@bob": ["add a breaker", "Due at 09:00 UTC, 1 h 36 min late"] },
  },
  SendActionDigest: {
    acts: types("action add a breaker @bob"),
    stops: "90h",
    says: { "@bob": ["add a breaker", "Due at 09:00 UTC, 1 h 36 min late"] },
  },
  AnnounceArchiving: {
    declared: "sev3 checkout 500s",
    settings: () => ({ channels: { archiveAfter: "2d" } }),
    acts: async (alice) => {
      await alice.types("/incident resolve rolled back");
      await alice.clicks("Publish", { in: "post-mortem draft" });
    },
    stops: "23h",
    says: { [channel]: ["this channel is archived at", "Due at 14:36 UTC, 1 h late"] },
  },
  // Refused when it comes late: it would only repeat the reminder.
  WarnUpdateDue: null,
  OfferRunbooks: null,
  NoteDuplicate: null,
  ArchiveWhenDue: null,
};

const told = Object.entries(stories).flatMap(([type, story]) => (story ? [[type, story] as const] : []));

async function begun({ settings, declared = "sev2 checkout 500s", acts }: Story): Promise<World> {
  const world = await World.open({
    people,
    channels: ["general", "incidents", "leadership"],
    settings: (id) => JSON.stringify({ ...quiet, ...settings?.(id) }),
  });
  await world.as("alice").in("#general").types(`/incident declare ${declared}`);
  await world.ws.settle();
  await acts?.(world.as("alice").in(`#${channel}`));
  await world.ws.settle();
  return world;
}

async function isDown(world: World): Promise<void> {
  await world.stopApp();
  await world.ws.clock.advance("2h");
  await world.startApp();
}

/** The messages of Sitrep's in a place that say so, each with its lines. */
async function saying(world: World, place: string, what: string): Promise<string[]> {
  const all = place.startsWith("@")
    ? world.as(place.slice(1)).directMessages()
    : await world.transcript(place.replace("#", ""));
  const messages = all.split(/\n(?=\s*\d\d:\d\d )/);
  return messages.filter((each) => /^\S.*Sitrep \(app\)/.test(each) && each.includes(what));
}

describe.each(told)("what falls due (%s)", (_type, story) => {
  it("while Sitrep is down is said once when it is back, with how late it comes", async () => {
    await using world = await begun(story);
    const { clock } = world.ws;
    await clock.advance(story.stops);
    await isDown(world);
    await clock.advance("9m");
    for (const [place, [what, late]] of Object.entries(story.says)) {
      const said = await saying(world, place, what);
      expect(said, place).toEqual([expect.stringContaining(late)]);
      expect(said[0]?.split(late), place).toHaveLength(2);
    }
  });

  it("while Sitrep is at work says nothing of being late", async () => {
    await using world = await begun(story);
    await world.ws.clock.advance(story.stops);
    await world.ws.clock.advance("2h");
    for (const [place, [what]] of Object.entries(story.says)) {
      const said = await saying(world, place, what.replace("2 hours 22 minutes", "20 minutes"));
      expect(said, place).not.toEqual([]);
      expect(said.join("\n"), place).not.toMatch(/\blate\b/);
    }
  });
});

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

describe("after a down-time", () => {
  it("prompts that wait for one another say since when each was due", async () => {
    await using world = await begun({
      settings: () => ({ assessment: {}, mitigation: {}, roles: { escalateAfter: "off" } }),
      acts: types("ask @bob check the pool 5m"),
      stops: "1m",
      says: {},
    });
    const { clock } = world.ws;
    await clock.advance("1m");
    await isDown(world);
    await clock.advance("25m");
    const wanted = [
      stories.RemindCommander,
      stories.ChaseAsk,
      stories.AskAssessmentAgain,
      stories.PromptMitigation,
    ];
    const prompts = wanted.map((story) => story?.says[channel]?.[0] ?? "");
    const said = (await Promise.all(prompts.map((what) => saying(world, channel, what)))).flat();
    expect(said.map((each) => each.slice(0, 5)).toSorted()).toEqual(["16:37", "16:42", "16:47", "16:52"]);
    const due = said.map((each) => /Due at (\d\d:\d\d) UTC, (\d) h (\d+) min late/.exec(each));
    expect(due.map((each) => each?.[1])).toEqual(["14:39", "14:41", "14:41", "14:51"]);
    const shownAt = due.map((each) => minutes(each?.[1] ?? "") + Number(each?.[2]) * 60 + Number(each?.[3]));
    expect(shownAt).toEqual(said.map((each) => minutes(each.slice(0, 5))));
  });

  it("whoever was asked whether they are still on it, and said so meanwhile, has nobody else called", async () => {
    await using world = await begun({ settings: walk("5h"), acts: types("lead"), stops: "", says: {} });
    const { clock } = world.ws;
    await clock.advance("17m");
    await world.stopApp();
    await clock.advance("1h");
    await world.as("alice").in(`#${channel}`).says("yes, I see errors falling");
    await clock.advance("1h");
    await world.startApp();
    await clock.advance("9m");
    expect(await world.transcript(channel)).toContain("Still on it: answered.");
    expect(await saying(world, channel, "Calling @carol")).toEqual([]);
  });

  it("steps come in their order, each once, each with its own time", async () => {
    await using world = await begun({
      settings: (id) => ({
        escalation: {
          default: {
            steps: ["0m", "5m", "15m", "3h"].map((after, index) => ({
              after,
              notify: [`user:${id(people[1 + (index % 2)] ?? "")}`],
            })),
          },
        },
      }),
      stops: "",
      says: {},
    });
    const { clock } = world.ws;
    await clock.advance("1m");
    await isDown(world);
    await clock.advance("2h");
    const said = await saying(world, channel, ", step ");
    expect(said.map((each) => each.match(/step \d|Due at .*/g)?.join(" "))).toEqual([
      "step 1",
      "step 2 Due at 14:41 UTC, 1 h 56 min late",
      "step 3 Due at 14:51 UTC, 1 h 46 min late",
      "step 4",
    ]);
  });

  it("a reminder that nobody leads is late no more once somebody does, though other things are missing", async () => {
    await using world = await begun({
      settings: () => ({ roles: { escalateAfter: "off" } }),
      stops: "",
      says: {},
    });
    const { clock } = world.ws;
    await world.as("bob").in(`#${channel}`).joins();
    await clock.advance("1m");
    await isDown(world);
    const [reminded] = await saying(world, channel, "Missing: a commander, the assessment");
    expect(reminded).toContain("Due at 14:39 UTC, 1 h 58 min late");
    await world.as("alice").in(`#${channel}`).types("/incident lead");
    const [missing] = await saying(world, channel, "Missing: the assessment");
    expect(missing).toBeDefined();
    expect(missing).not.toContain("late");
  });
});
