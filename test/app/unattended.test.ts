import { describe, expect, it } from "vitest";
import { instantOfTs } from "../../src/domain/time.ts";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const minute = 60_000;
const count = (text: string, part: string) => text.split(part).length - 1;

/** Declared by alice, seen by bob and carol, who are called; nobody ever reacts. */
async function unattended(severity: string) {
  const world = await World.open({
    people: ["alice", "bob", "carol"],
    groups: { sre: ["carol"] },
    channels: ["general", "incidents", "support"],
    settings: (id) => `
audiences:
  support: { channel: support, severities: [SEV1, SEV2] }
onCall:
  primary: { people: [${id("bob")}] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["oncall:primary"] }
      - { after: 5m, notify: ["group:sre"] }
      - { after: 15m, when: unresolved, notify: ["user:${id("bob")}"] }
`,
  });
  await world.as("alice").in("#general").types(`/incident declare ${severity} checkout 500s`);
  await world.ws.settle();
  return world;
}

const own = (world: World, name: string) =>
  world.ws
    .channel(name)
    .messages.filter(({ botId, subtype }) => botId !== undefined && subtype === undefined)
    .map(({ ts, text }) => ({ at: instantOfTs(ts), text }));

/** Calls and update reminders are never held back; every other message that mentions somebody is a prompt. */
const isExempt = (text: string) => /calling|is due|Nobody has answered/i.test(text);
const prompts = (world: World) =>
  own(world, channel).filter(({ text }) => /<[@!]/.test(text) && !isExempt(text));

function tooClose(world: World): string[] {
  const asked = prompts(world);
  return asked.flatMap(({ at, text }, index) => {
    const before = asked[index - 1];
    return before && at - before.at < 5 * minute ? [`${(at - before.at) / minute} min: ${text}`] : [];
  });
}

const dms = (world: World) =>
  ["alice", "bob", "carol"].reduce(
    (sum, name) => sum + count(world.as(name).directMessages(), "Sitrep (app):"),
    0,
  );

describe("a day in which nobody reacts", () => {
  it.each([
    // The most that may stand in the channel and in direct messages.
    ["sev1", { posted: 15, told: 5, updates: 2 }],
    ["sev2", { posted: 15, told: 5, updates: 2 }],
    ["sev3", { posted: 8, told: 1, updates: 0 }],
    ["sev4", { posted: 6, told: 1, updates: 0 }],
  ])("to a %s brings few messages, and no two prompts within 5 minutes", async (severity, most) => {
    await using world = await unattended(severity);
    await world.ws.clock.advance("26h");
    expect(await aftermath(world)).toEqual([]);
    expect(tooClose(world)).toEqual([]);
    expect(own(world, channel).length).toBeLessThanOrEqual(most.posted);
    expect(dms(world)).toBeLessThanOrEqual(most.told);
    const shown = await world.transcript(channel);
    expect(count(shown, "automatic: nothing new")).toBe(most.updates);
    // Audiences hear what people say, never what Sitrep posts by itself.
    expect(own(world, "support")).toEqual([]);
    expect(count(shown, "Still open?")).toBe(severity === "sev4" ? 0 : 1);
    expect(count(shown, "is due (")).toBe(severity === "sev4" ? 0 : 1);
    const paused = "Updates paused: nobody has answered since 14:36 UTC";
    expect(shown.includes(paused)).toBe(most.updates > 0);
  });

  it("after its resolution nothing more is asked", async () => {
    await using world = await unattended("sev1");
    await world.ws.clock.advance("12m");
    await world.as("alice").in(`#${channel}`).types("/incident resolve done");
    await world.ws.settle();
    const before = { here: own(world, channel).length, dms: dms(world) };
    await world.ws.clock.advance("20h");
    expect(own(world, channel)).toHaveLength(before.here);
    expect(dms(world)).toBe(before.dms);
    expect(await aftermath(world)).toEqual([]);
  });
});

describe("three hours in which Sitrep was down", () => {
  it.each(["2m", "8m", "12m", "30m"])(
    "from %s on bring each overdue thing once, and prompts one by one",
    async (since) => {
      await using world = await unattended("sev1");
      const { clock } = world.ws;
      await clock.advance(since);
      await world.stopApp();
      await clock.advance("3h");
      await world.startApp();
      await world.ws.settle();
      const back = clock.now();
      await clock.advance("4m");
      const atOnce = prompts(world).filter(({ at }) => at >= back);
      expect(atOnce.length).toBeLessThanOrEqual(1);
      await clock.advance("26h");
      expect(await aftermath(world)).toEqual([]);
      expect(tooClose(world)).toEqual([]);
      const shown = await world.transcript(channel);
      for (const once of [
        "step 1 of default",
        "step 2 of default",
        "step 3 of default",
        "Nobody has led",
        "Nobody has said yet what is hit",
        "No mitigation has been started",
        "Nobody has answered",
        "Still open?",
      ])
        expect([once, count(shown, once)]).toEqual([once, 1]);
      expect(count(shown, "automatic")).toBe(2);
      const atOf = (what: RegExp) =>
        own(world, channel).findLast(({ text }) => what.test(text))?.at ?? Number.NaN;
      // Whoever is called so late still has the time to answer.
      expect(atOf(/Nobody has answered/) - atOf(/calling/)).toBeGreaterThanOrEqual(5 * minute);
    },
  );

  it("make an automatic update say how late it is", async () => {
    await using world = await unattended("sev1");
    await world.ws.clock.advance("30m");
    await world.stopApp();
    await world.ws.clock.advance("3h");
    await world.startApp();
    const shown = await world.transcript(channel);
    expect(shown).toContain("automatic: nothing new reported since 14:36 UTC");
    expect(shown).toContain("automatic, 3 h late: nothing new reported since 14:36 UTC");
  });
});
