import { describe, expect, it } from "vitest";
import { personShape } from "../../src/workspace/state/shapes.ts";
import { World } from "./world.ts";

const guest = "You are a guest in this workspace";

/** A Sitrep that was just started; `asked` is what it asks Slack for. */
async function started() {
  const world = await World.open({ started: false });
  const asked: string[] = [];
  world.ws.onCall(({ method, phase }) => void (phase === "before" && asked.push(method)));
  await world.startApp();
  await world.ws.settle();
  return { world, asked, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

function becomesGuest({ ws }: World, name: string): void {
  const person = ws.state.personNamed(name);
  if (!person) throw new Error(`There is no ${name}`);
  person.restricted = true;
  ws.state.emit("user_change", { type: "user_change", user: personShape(ws.state, person), event_ts: "1.1" });
}

describe("a Sitrep that has started", () => {
  it("is where incidents are announced, before the first is declared", async () => {
    await using sitrep = await started();
    expect(sitrep.world.ws.channel("incidents").members).toContain("sitrep");
  });

  it("asks for nobody who acts for the first time", async () => {
    await using sitrep = await started();
    const { world, asked } = sitrep;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(await world.transcript("inc-1-checkout-500s")).toContain("@alice has joined");
    expect(asked).not.toContain("users.info");
    expect(asked.filter((method) => method === "users.list")).toHaveLength(1);
  });

  it("keeps no colleague waiting an hour later, and asks for her all the same", async () => {
    await using sitrep = await started();
    const { world, asked } = sitrep;
    await world.ws.clock.advance("1h");
    world.ws.faults.next("users.info", { when: "before", answer: "silence" });
    expect((await world.as("alice").in("#general").types("/incident list")).answer).toContain("No incident");
    await expect.poll(() => asked).toContain("users.info");
    world.ws.faults.clear();
  });

  it("takes whoever has become a guest since for one with the next command", async () => {
    await using sitrep = await started();
    const { world } = sitrep;
    becomesGuest(world, "alice");
    await world.ws.settle();
    expect((await world.as("alice").in("#general").types("/incident list")).answer).toContain(guest);
    expect((await world.as("bob").in("#general").types("/incident list")).answer).not.toContain(guest);
  });
});
