import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

const settings = (id: (name: string) => string) => `
updates: { warnBefore: off }
severities: { SEV2: { firstUpdate: 9h } }
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("bob")}"] }
      - { after: 5h, notify: ["user:${id("carol")}"] }
`;

/** Declared and led by alice from 14:36 on. */
async function led(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings, ...options });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.types("/incident lead");
  await world.ws.settle();
  return { world, alice, clock: world.ws.clock };
}

/** When the channel was asked whether somebody is still on it, or somebody else was called. */
async function asked(world: World): Promise<string[]> {
  const lines = (await world.transcript(channel)).split("\n");
  return lines
    .filter((line) => /Still on it\?|Calling @carol/.test(line))
    .map((line) => line.replace(/^(\d\d:\d\d) .*?(Still on it|Calling @carol).*/, "$1 $2"));
}

describe.each(["http", "socket"] as const)("over %s, what was said while Sitrep was down", (transport) => {
  it("counts before anybody is asked whether they are still on it", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("10m");
    await world.stopApp();
    await clock.advance("20m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("1m");
    await world.startApp();
    await clock.advance("13m");
    expect(await asked(world)).toEqual([]);
    await clock.advance("2m");
    expect(await asked(world)).toEqual(["15:21 Still on it"]);
    expect(await world.transcript(channel)).toContain("Nothing was heard for 15 min");
  });

  it("counts as the answer to what had been asked before, though Sitrep is back in time", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("17m");
    expect(await asked(world)).toEqual(["14:51 Still on it"]);
    await world.stopApp();
    await clock.advance("1m");
    await alice.says("yes, I see errors falling");
    await clock.advance("150s");
    await world.startApp();
    await clock.advance("9m");
    expect(await asked(world)).toEqual([]);
    expect(await world.transcript(channel)).toContain("Still on it: answered.");
  });

  it("counts also when it takes Slack minutes to show it", async () => {
    const { world, alice, clock } = await led({ transport });
    await using _ = world;
    await clock.advance("10m");
    await world.stopApp();
    await clock.advance("20m");
    world.ws.deliveries.next("message", { drop: 4 });
    await alice.says("still watching");
    await clock.advance("1m");
    const { faults } = world.ws;
    faults.always("conversations.history", { when: "before", answer: { error: "internal_error" } });
    await world.startApp();
    await clock.advance("5m");
    faults.clear();
    await clock.advance("7m");
    expect(await asked(world)).toEqual([]);
    await clock.advance("4m");
    expect(await asked(world)).toEqual(["15:21 Still on it"]);
  });
});
