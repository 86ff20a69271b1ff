import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

async function declared(...lines: string[]) {
  const world = await World.open();
  for (const line of lines) {
    await world.as("alice").in("#general").types(`/incident declare ${line}`);
    await world.ws.settle();
  }
  return world;
}
const second = "inc-2-checkout-errors";

describe("an incident like an open one", () => {
  it("is opened all the same, asks once whether it is the same, and is merged by a press", async () => {
    await using world = await declared("sev2 checkout 500s", "sev2 checkout errors");
    const asked = await world.transcript(second);
    expect(asked).toContain("Same as INC-1? Its title is similar.");
    expect(asked).toContain("INC-1 checkout 500s · #inc-1-checkout-500s");
    expect(await world.transcript("inc-1-checkout-500s")).not.toContain("Same as");
    const alice = world.as("alice").in(`#${second}`);
    await alice.clicks("Merge");
    const merged = await world.transcript(second);
    expect(merged).toContain("Merged into INC-1.");
    expect(merged).not.toContain("[Merge]");
    expect((await world.app.store.incident(2))?.ending.cancelled?.duplicateOf).toBe(1);
    expect(await aftermath(world)).toEqual([]);
  });

  it("is asked of once, however often somebody answers", async () => {
    await using world = await declared("sev2 checkout 500s", "sev2 checkout errors");
    const alice = world.as("alice").in(`#${second}`);
    await alice.clicks("Not the same");
    const told = await world.transcript(second);
    expect(told).toContain("Not the same as INC-1, says @alice.");
    expect(told).not.toContain("[Merge]");
    expect((await world.app.store.incident(2))?.status).toBe("INVESTIGATING");
    expect(await aftermath(world)).toEqual([]);
  });

  it("by its time alone is asked of for 10 minutes", async () => {
    await using world = await declared("sev2 checkout 500s");
    await world.ws.clock.advance("9m");
    await world.as("alice").in("#general").types("/incident declare sev3 search is slow");
    expect(await world.transcript("inc-2-search-is-slow")).toContain(
      "Same as INC-1? It was declared 9 min earlier.",
    );
    await world.ws.clock.advance("10m");
    await world.as("alice").in("#general").types("/incident declare sev3 mail is late");
    expect(await world.transcript("inc-3-mail-is-late")).not.toContain("Same as");
  });

  it("that is over is none", async () => {
    await using world = await declared("sev2 checkout 500s");
    await world.as("alice").in("#inc-1-checkout-500s").types("/incident resolve Rolled back");
    await world.as("alice").in("#general").types("/incident declare sev2 checkout errors");
    expect(await world.transcript(second)).not.toContain("Same as");
  });

  it("is never asked of a private one, in neither direction", async () => {
    await using world = await declared("sev2 --private checkout 500s", "sev2 checkout errors");
    expect(await world.transcript(second)).not.toContain("Same as");
    await world.as("alice").in("#general").types("/incident declare sev2 --private checkout errors again");
    await world.ws.settle();
    const third = world.ws.channels().find((name) => name.startsWith("inc-3")) ?? "";
    expect(await world.transcript(third)).not.toContain("Same as");
  });

  it("writes nothing that people wrote so that Slack would act upon it", async () => {
    await using world = await declared(
      "sev2 <!channel> *checkout* <https://evil.example|pay>",
      "sev2 checkout pay",
    );
    const name = world.ws.channels().find((each) => each.startsWith("inc-2")) ?? "";
    const message = world.ws.channel(name).messages.find(({ text }) => text.startsWith("Same as INC-1?"));
    expect(JSON.stringify(message?.blocks)).not.toMatch(/"type":"(?:broadcast|link|usergroup)"/);
    expect(message?.text).not.toMatch(/<[!@#h]/);
  });
});
