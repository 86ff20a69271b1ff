import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";

/** Prompts of other parts would hold back the chase. */
const settings = "assessment: { askAgainAfter: off }\nmitigation: { promptAfter: off }\n";

async function declared(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings, ...options });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  await world.as("alice").in(`#${channel}`).types("/incident lead");
  await world.ws.settle();
  const here = (name: string) => world.as(name).in(`#${channel}`);
  return { world, alice: here("alice"), bob: here("bob"), carol: world.as("carol") };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("an ask", () => {
  it("stands in the channel with its buttons; accepted, done and told, it is on the timeline", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    const answer = (await alice.types("/incident ask @bob check the connection pool 5m")).answer ?? "";
    expect(answer).toContain("@bob is asked in the channel of INC-1, and chased once at 14:41 UTC");
    expect(await world.transcript(channel)).toMatch(
      /@bob check the connection pool\n\s+asked by @alice · within 5 min, by 14:41 UTC\n.*Accept.*Decline.*Done/,
    );
    await bob.clicks("Accept");
    expect(await world.transcript(channel)).toMatch(
      /asked by @alice.* · accepted 14:36 UTC\n.*Done.*Decline/,
    );
    await bob.clicks("Done");
    await bob.fills({ "What came of it": "pool is at <100> of 100 & waits" });
    await bob.submits();
    const shown = await world.transcript(channel);
    expect(shown).toContain("@bob: done. check the connection pool");
    expect(shown).toContain("Result: pool is at <100> of 100 & waits");
    await world.ws.clock.advance("30m");
    expect(await world.transcript(channel)).not.toContain("how is it going");
    await alice.types("/incident resolve rolled back");
    await world.ws.settle();
    const draft = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(draft).toMatch(
      /14:36 - @bob did what was asked: check the connection pool Result: pool is at .*100.* waits/,
    );
  });

  it("is chased once, by one message, which goes when it is answered", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident ask @bob check the connection pool 7m");
    await world.ws.clock.advance("6m");
    expect(await world.transcript(channel)).not.toContain("no answer yet");
    await world.ws.clock.advance("1m");
    expect(await world.transcript(channel)).toMatch(/14:43 Sitrep \(app\): @bob no answer yet: check/);
    await world.ws.clock.advance("2h");
    expect(count(await world.transcript(channel), "no answer yet")).toBe(1);
    await bob.clicks("Decline", { in: "no answer yet" });
    const shown = await world.transcript(channel);
    expect(shown).not.toContain("no answer yet");
    expect(shown).toMatch(/asked by @alice .*declined/);
    await expect(bob.clicks("Accept")).rejects.toThrow("sees no");
  });

  it("without minutes is chased after ten, and a duplicate delivery asks once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.deliveries.next("slash_commands", { duplicate: 2 });
    await alice.types("/incident ask @bob check the connection pool");
    await world.ws.clock.advanceTo("2024-02-15T14:45:59Z");
    expect(await world.transcript(channel)).not.toContain("no answer yet");
    await world.ws.clock.advance("1m");
    const shown = await world.transcript(channel);
    expect(count(shown, "no answer yet")).toBe(1);
    expect(count(shown, "asked by @alice")).toBe(2);
  });

  it("two that fall due together are not chased within five minutes of each other", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident ask @bob look at one 5m");
    await alice.types("/incident ask @bob look at two 5m");
    await world.ws.clock.advance("5m");
    expect(count(await world.transcript(channel), "no answer yet")).toBe(1);
    await world.ws.clock.advance("5m");
    expect(count(await world.transcript(channel), "no answer yet")).toBe(2);
  });

  it("brings in and tells in person who is not in the channel", async () => {
    const { world, alice, carol } = await declared();
    await using _ = world;
    await alice.types("/incident ask @carol call the bank, with @bob 15m");
    expect(await world.transcript(channel)).toContain("carol has joined the channel");
    expect(carol.directMessages()).toMatch(/call the bank, with @bob[\s\S]*INC-1 checkout 500s/);
    await carol.in("@sitrep").clicks("Accept");
    expect(await world.transcript(channel)).toMatch(/asked by @alice .*accepted/);
    expect(carol.directMessages()).toContain("accepted");
  });

  it("can be made in a form, which gives back what is wrong", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident ask");
    await alice.fills({ Whom: "@bob", "For what": "check the pool", Within: "soon" });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { Within: expect.stringContaining("5m") },
    });
    await alice.fills({ Within: "5" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("within 5 min, by 14:41 UTC");
  });

  it.each([
    ["/incident ask check the pool", /Whom\?/],
    ["/incident ask @sitrep check the pool", /an app/],
  ])("written as %s asks nobody and says why", async (line, answer) => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types(line)).answer).toMatch(answer);
    expect(await world.transcript(channel)).not.toContain("asked by");
  });

  it("is not made, accepted or chased after the end; what came of it can still be told", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident ask @bob check the pool 5m");
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advance("1h");
    const shown = await world.transcript(channel);
    expect(shown).not.toContain("no answer yet");
    expect(shown).toContain("not answered before the end");
    expect((await alice.types("/incident ask @bob look again")).answer).toContain("work for now");
    await bob.clicks("Done");
    await bob.submits();
    expect(await world.transcript(channel)).toContain("@bob: done. check the pool");
  });

  it("in hostile words pings nobody else and breaks nothing", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident ask @bob <!channel> *now* `x` # heading @carol");
    await world.ws.settle();
    const asked = world.ws.channel(channel).messages.findLast(({ text }) => text.includes("heading"));
    expect(asked?.text).not.toMatch(/<!/);
    expect(JSON.stringify(asked?.blocks)).not.toMatch(/"type":"(?:broadcast|usergroup|mrkdwn)"/);
    expect(count(JSON.stringify(asked?.blocks), '"type":"user"')).toBe(1);
    expect(world.ws.state.loud).toEqual([]);
  });
});
