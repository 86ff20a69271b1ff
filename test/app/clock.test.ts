import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(settings?: string) {
  const world = await World.open(settings === undefined ? {} : { settings });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}
const count = (text: string, part: string) => text.split(part).length - 1;

describe("when an update falls due", () => {
  it("the reminder comes at its minute, not before, and only one is ever live", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.ws.clock.advanceTo("2024-02-15T14:50:59Z");
    expect(await world.transcript(channel)).not.toContain("update is due");
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    expect(await world.transcript(channel)).toContain(
      "14:51 Sitrep (app): @alice Next update is due (14:51 UTC)",
    );
    await world.ws.clock.advance("4h");
    expect(count(await world.transcript(channel), "update is due")).toBe(1);
  });

  it("an unanswered one is posted after the grace, marked, and after two such the clock pauses and says so", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident update Looking at the deployments");
    await world.ws.clock.advanceTo("2024-02-15T15:11:00Z");
    const missed = await world.transcript(channel);
    expect(missed).toContain("automatic: nothing new reported since 14:36 UTC");
    expect(missed).not.toContain("update is due");
    await world.ws.clock.advance("5h");
    const paused = await world.transcript(channel);
    expect(count(paused, "automatic: nothing new")).toBe(2);
    expect(paused).toContain("Updates paused: nobody has answered since 14:36 UTC");
    expect(await world.transcript("incidents")).toContain(
      "Updates paused: nobody has answered since 14:36 UTC",
    );
    await alice.clicks("Post as is");
    expect(await world.transcript(channel)).not.toContain("paused");
    expect(await world.transcript("incidents")).not.toContain("paused");
  });

  it("a snooze moves the published promise, is seen, and the next reminder comes then", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident update Looking");
    await world.ws.clock.advanceTo("2024-02-15T15:06:00Z");
    await alice.clicks("Snooze 10 min");
    const snoozed = await world.transcript(channel);
    expect(snoozed).toContain("Update snoozed by @alice: next update 15:16 UTC");
    expect(snoozed).toMatch(/Update 2 · [\s\S]*Next update: 15:16 UTC/);
    expect(await world.transcript("incidents")).not.toContain("15:06");
    await world.ws.clock.advanceTo("2024-02-15T15:16:00Z");
    const again = await world.transcript(channel);
    expect(again).toContain("Next update is due (15:16 UTC)");
    expect(again).not.toContain("Update snoozed");
    // Twice in a row, and then it is not offered any more.
    await alice.clicks("Snooze 10 min");
    await world.ws.clock.advanceTo("2024-02-15T15:26:00Z");
    const last = await world.transcript(channel);
    expect(last).toContain("Next update is due (15:26 UTC)");
    expect(last).not.toContain("[Snooze 10 min]");
  });

  it("Edit opens the draft as a form, and a refused field keeps everything that was typed", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.says("Rolling back");
    await alice.reacts("pushpin", "Rolling back");
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    await alice.clicks("Edit");
    await world.ws.settle();
    expect(alice.modal()?.values["Current action"]).toBe("Rolling back");
    await alice.fills({ Impact: "15 % fail", "Next update (UTC)": "soon" });
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { "Next update (UTC)": expect.stringContaining("write 14:30") },
    });
    expect(alice.modal()?.values).toMatchObject({ Impact: "15 % fail", "Next update (UTC)": "soon" });
    await alice.fills({ "Next update (UTC)": "15:00" });
    expect((await alice.submits()).ok).toBe(true);
    const posted = await world.transcript(channel);
    expect(posted).toMatch(/Impact: 15 % fail[\s\S]*Next update: 15:00 UTC/);
    expect(posted).not.toContain("update is due");
  });

  it("a press that Slack delivers twice posts it once", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await alice.clicks("Post as is");
    const posted = await world.transcript(channel);
    expect(count(posted, "Update 2 ·")).toBe(1);
    expect(count(posted, "Update 3 ·")).toBe(0);
  });

  it("one that fell due while Sitrep was down is sent once, and says how late it is", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.stopApp();
    await world.ws.clock.advanceTo("2024-02-15T17:00:00Z");
    await world.startApp();
    const late = await world.transcript(channel);
    expect(late).toContain("Next update is due (14:51 UTC, 2 h 9 min late)");
    expect(count(late, "update is due")).toBe(1);
    expect(late).not.toContain("automatic");
  });

  it("configuration decides when, in its zone, with its template", async () => {
    const { world, alice } = await declared(
      "timezone: Asia/Ho_Chi_Minh\nseverities:\n  SEV2: { firstUpdate: 5m }\nupdates: { whenMissed: remind }\ntimeline: { mark: star }\n",
    );
    await using _ = world;
    expect((await alice.types("/incident help")).answer).toContain("React with :star:");
    await world.ws.clock.advance("5m");
    expect(await world.transcript(channel)).toContain("Next update is due (21:41 UTC+7)");
    await world.ws.clock.advance("3h");
    expect(await world.transcript(channel)).not.toContain("automatic");
  });
});

describe("stakeholders", () => {
  it("of SEV1 and SEV2 see the first and the final update in the channel, all of them in the thread", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    for (const said of ["one", "two", "three"]) await alice.types(`/incident update ${said}`);
    await alice.types("/incident resolve Rolled back");
    const [stream, thread] = [await world.transcript("incidents"), world.ws.channel("incidents").messages];
    expect(count(stream, "\n14:36 Sitrep (app) (from a thread)")).toBe(2);
    expect(stream).toMatch(/\n14:\d\d Sitrep \(app\) \(from a thread\): Update 2 · /);
    expect(stream).toMatch(/\n14:\d\d Sitrep \(app\) \(from a thread\): Update 5 \(final\) · /);
    expect(thread.filter((message) => message.threadTs !== undefined)).toHaveLength(4);
  });

  it("of SEV3 see them in the thread alone", async () => {
    await using world = await World.open();
    const alice = world.as("alice");
    await alice.in("#general").types("/incident declare sev3 checkout 500s");
    await world.ws.settle();
    await alice.in(`#${channel}`).types("/incident update looking");
    expect(await world.transcript("incidents")).not.toContain("(from a thread)");
  });
});

describe("after resolution", () => {
  it("a form that was still open keeps what was typed, and what was recorded stands", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const bob = world.as("bob").in(`#${channel}`);
    await bob.joins();
    await alice.types("/incident resolve");
    await alice.fills({ "What fixed it?": "Restarted it" });
    await world.ws.clock.advance("1m");
    await bob.types("/incident resolve Rolled back");
    await world.ws.clock.advance("1m");
    expect(await alice.submits()).toMatchObject({
      ok: false,
      errors: { "What fixed it?": expect.stringContaining("was resolved at 14:37 UTC already") },
    });
    expect(alice.modal()?.values["What fixed it?"]).toBe("Restarted it");
    expect(await world.transcript(channel)).toContain("Fixed by: Rolled back");
  });

  it("nothing more is said by itself, whatever was pending", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advanceTo("2024-02-15T14:51:00Z");
    await alice.types("/incident resolve Rolled back");
    const ended = await world.transcript(channel);
    expect(ended).not.toContain("update is due");
    await world.ws.clock.advance("3d");
    expect(await world.transcript(channel)).toBe(ended);
    expect((await world.app.store.outboxCounts(world.ws.clock.now())).oldestDue).toBeNull();
  });
});
