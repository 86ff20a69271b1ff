import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const answer = async (world: World, where: string, line: string) =>
  (await world.as("alice").in(where).types(line)).answer ?? "";

describe("a command", () => {
  it("without words is a menu anywhere, and the control panel in an incident's channel", async () => {
    await using world = await World.open();
    expect(await answer(world, "#general", "/incident")).toMatch(/Declare/);
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(await answer(world, `#${channel}`, "/incident")).toMatch(/INC-1[\s\S]*INVESTIGATING/);
  });

  it("that is misspelt names the nearest one and does nothing", async () => {
    await using world = await World.open();
    expect(await answer(world, "#general", "/incident delcare sev2 checkout 500s")).toContain(
      "/incident declare",
    );
    expect(await answer(world, "#general", "/sitrep statsu")).toContain("/sitrep status");
    await world.ws.settle();
    expect(world.ws.channels()).toEqual(["general", "incidents"]);
  });

  it("of several unknown words is offered as a declaration, which one click makes", async () => {
    await using world = await World.open();
    expect(await answer(world, "#general", "/incident checkout is failing")).toContain(
      "Declare “checkout is failing”",
    );
    await world.as("alice").in("#general").clicks("Declare “checkout is failing”");
    await world.ws.settle();
    expect(world.ws.channels()).toContain("inc-1-checkout-is-failing");
  });

  it("with an unknown flag declares nothing and asks", async () => {
    await using world = await World.open();
    expect(await answer(world, "#general", "/incident declare —privat payroll leak")).toMatch(/no flag/);
    await world.ws.settle();
    expect(world.ws.channels()).toEqual(["general", "incidents"]);
  });

  it("on an incident asks which one is meant elsewhere, and takes a reference", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(await answer(world, "#general", "/incident update all good")).toContain("INC-1");
    expect(await answer(world, "#general", "/incident INC-1 status")).toContain("checkout 500s");
    expect(await answer(world, "#general", "/incident INC-7 status")).toContain("There is no INC-7");
  });

  it("lists what is open, and what is not when asked", async () => {
    await using world = await World.open();
    expect(await answer(world, "#general", "/incident list")).toMatch(/no .*incident/i);
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    await world.as("alice").in("#general").types("/incident INC-1 resolve done");
    expect(await answer(world, "#general", "/incident list")).not.toContain("checkout");
    expect(await answer(world, "#general", "/incident list all")).toMatch(/INC-1[\s\S]*checkout 500s/);
  });

  it("works as a mention inside a thread", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    await alice.says("any news?");
    await alice.replies("any news?", "@sitrep status");
    expect(await world.transcript(channel)).toMatch(/any news\?[\s\S]*Sitrep \(app\): .*INC-1/);
  });

  it("delivered twice acts once and answers the same", async () => {
    await using world = await World.open();
    world.ws.deliveries.next("slash_commands", { duplicate: 2 });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(world.ws.channels()).toEqual(["general", "incidents", channel]);
  });

  it("whose title is hostile pings nobody and breaks nothing", async () => {
    await using world = await World.open();
    const title = "<!channel> *bold* @bob `x` ‮ | # heading";
    await world.as("alice").in("#general").types(`/incident declare sev1 ${title}`);
    await world.ws.settle();
    const [name = ""] = world.ws.channels().filter((each) => each.startsWith("inc-1"));
    const own = world.ws.channel(name).messages.filter((message) => message.botId);
    expect(own.length).toBeGreaterThan(0);
    for (const { text, blocks } of own) {
      expect(text).not.toMatch(/<[!@#]/);
      expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:broadcast|user|usergroup|mrkdwn)"/);
    }
    expect(world.ws.state.loud).toEqual([]);
  });
});

describe("declaring without a title", () => {
  it("opens a form that gives back what was typed when something is wrong", async () => {
    await using world = await World.open();
    const alice = world.as("alice").in("#general");
    await alice.types("/incident declare");
    await alice.fills({ Title: "   " });
    expect((await alice.submits()).ok).toBe(false);
    await alice.fills({ Title: "checkout 500s" });
    expect((await alice.submits()).ok).toBe(true);
    await world.ws.settle();
    expect(await world.transcript(channel)).toContain("provisional");
    expect(alice.directMessages()).toContain(`INC-1 is open: #${channel}`);
  });
});
