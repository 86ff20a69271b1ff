import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/workspace/faults.ts";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

async function declared() {
  const world = await World.open();
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

const faults: Fault[] = [
  { when: "before", answer: 429, retryAfter: 1 },
  ...(["before", "after"] as const).flatMap((when): Fault[] => [
    { when, answer: 500 },
    { when, answer: "cut" },
    { when, answer: "silence" },
    { when, answer: { error: "internal_error" } },
  ]),
];

describe("the answer to a mention", () => {
  it.each(faults.map((fault) => [`${fault.when} ${JSON.stringify(fault.answer)}`, fault] as const))(
    "stands in the thread once, though its post fails (%s)",
    async (_name, fault) => {
      const { world, alice } = await declared();
      await using _ = world;
      world.ws.faults.next("chat.postMessage", fault);
      await alice.says("@sitrep log 14:30 Deployed");
      await world.ws.clock.advance("2m");
      expect(world.ws.faults.unmet).toBe(0);
      expect(count(await world.transcript(channel), "Logged for INC-1")).toBe(1);
      expect((await world.app.store.incident(1))?.entries).toHaveLength(1);
      expect(await aftermath(world)).toEqual([]);
    },
  );
});
