import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

/** A folder of runbooks beside the configuration; none: those that are shipped. */
async function declared(files: Record<string, string> = {}, words = "sev2 checkout 500s") {
  const isOwn = Object.keys(files).length > 0;
  const settings = `mitigation: { promptAfter: off }\n${isOwn ? "runbooks: runbooks/\n" : ""}`;
  const world = await World.open({ started: false, settings });
  if (isOwn) await mkdir(join(world.folder, "runbooks"));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(world.folder, "runbooks", name), text);
  await world.startApp();
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await world.ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`), bob: world.as("bob").in(`#${channel}`) };
}
const exported = async (world: World) => (await world.api("/api/incidents/INC-1/postmortem.md")).text();
const count = (text: string, part: string) => text.split(part).length - 1;
describe("the runbook that is shipped", () => {
  it("is posted by its name in any case, with its sections and steps", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    const { answer } = await alice.types("/incident runbook high error rate");
    expect(answer).toContain("The runbook High Error Rate comes in the channel of INC-1.");
    const shown = await world.transcript(channel);
    expect(shown).toContain("Runbook: High Error Rate");
    for (const section of ["Alert", "Immediate Actions", "Diagnosis Steps", "Common Causes", "Mitigation"])
      expect(shown).toMatch(new RegExp(`^ *${section}$`, "m"));
    expect(shown).toContain("2. List the deployments and configuration changes of the last 2 hours.");
    expect(shown).toContain("kubectl logs deploy/SERVICE");
    expect(shown).toContain("• Roll back the last deployment");
    expect(count(shown, "[Done]")).toBe(7);
  });

  it("is not offered by itself, but listed", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect(await world.transcript(channel)).not.toContain("runbook fits");
    expect((await alice.types("/incident runbook")).answer).toMatch(
      /Runbooks for INC-1\n• High Error Rate\n\[Post High Error Rate\]/,
    );
  });

  it("has its ways out offered by mitigate, with the option that they name", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident mitigate")).answer).not.toContain("From the runbook");
    await alice.types("/incident runbook error");
    await world.ws.settle();
    const { answer } = await alice.types("/incident mitigate");
    expect(answer).toContain("From the runbook High Error Rate:");
    await alice.clicks("Roll back the last deployment");
    await alice.fills({ "How far is it?": "Started" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Current action: Rolling back the last deployment");
    await alice.types("/incident mitigate");
    await alice.clicks("Scale out, where a limit is reached");
    await alice.fills({ Kind: "Emergency fix" });
    expect((await alice.submits()).ok).toBe(true);
    expect(await world.transcript(channel)).toContain("Emergency fix: Scale out, where a limit is reached");
  });
});

describe("a step", () => {
  it("done shows who and when, is on the timeline, and can be taken back", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident runbook high error rate");
    await world.ws.clock.advance("4m");
    await bob.clicks("Done", { in: "Runbook: High Error Rate" });
    const shown = await world.transcript(channel);
    expect(shown).toMatch(/1\. Check the status page.*\n.*done by @bob at 14:40 UTC\n.*\[Undo\]/);
    expect(count(shown, "[Done]")).toBe(6);
    expect(await exported(world)).toMatch(
      /- 14:40 - Runbook High Error Rate: Check the status page.*\(done by @bob\)/,
    );
    await alice.clicks("Undo", { in: "Runbook: High Error Rate" });
    expect(count(await world.transcript(channel), "[Done]")).toBe(7);
    expect(await exported(world)).not.toContain("done by @bob");
  });

  it("whose press Slack delivers twice is done once", async () => {
    const { world, alice, bob } = await declared();
    await using _ = world;
    await alice.types("/incident runbook high error rate");
    await world.ws.settle();
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await bob.clicks("Done");
    await world.ws.settle();
    expect(count(await world.transcript(channel), "done by")).toBe(1);
    expect(count(await exported(world), "done by")).toBe(1);
    expect(bob.sees().join("\n")).not.toContain("already");
  });
});

describe("a name", () => {
  const files = {
    "a.md": "---\nname: Database failover\n---\n## Alert\n\nx\n",
    "b.md": "---\nname: Database is full\n---\n## Alert\n\nx\n",
  };

  it("with a slip does nothing and offers the nearest, which one click posts", async () => {
    const { world, alice } = await declared(files);
    await using _ = world;
    const { answer } = await alice.types("/incident runbook databse failovr");
    expect(answer).toContain(
      "There is no runbook `databse failovr`, so nothing was posted. Did you mean Database failover?",
    );
    expect(await world.transcript(channel)).not.toContain("Runbook: Database");
    await alice.clicks("Post Database failover");
    expect(await world.transcript(channel)).toContain("Runbook: Database failover");
  });

  it("that several have offers each; a part that one has is enough", async () => {
    const { world, alice } = await declared(files);
    await using _ = world;
    const { answer } = await alice.types("/incident runbook database");
    expect(answer).toContain("Did you mean Database failover or Database is full?");
    await alice.types("/incident runbook full");
    expect(await world.transcript(channel)).toContain("Runbook: Database is full");
  });

  it("posted already is posted again only when asked for, once", async () => {
    const { world, alice } = await declared(files);
    await using _ = world;
    await alice.types("/incident runbook full");
    const { answer } = await alice.types("/incident runbook full");
    expect(answer).toContain("stands in the channel of INC-1 already, since 14:36 UTC.");
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await alice.clicks("Post it again");
    await world.ws.settle();
    expect(count(await world.transcript(channel), "Runbook: Database is full")).toBe(2);
  });
});

describe("runbooks that fit", () => {
  const files = {
    "checkout.md": "---\nname: Checkout down\nservices: [checkout]\n---\n## Alert\n\nx\n",
    "sev1.md": "---\nname: All hands\nseverities: [SEV1]\n---\n## Alert\n\nx\n",
    "any.md": "---\nname: Anything\n---\n## Alert\n\nx\n",
  };

  it("are offered at the opening and when the severity changes, each once, and the offer shows what is posted", async () => {
    const { world, alice } = await declared(files, "sev1 checkout 500s");
    await using _ = world;
    const opened = await world.transcript(channel);
    expect(opened).toContain("A runbook fits: All hands");
    expect(opened).not.toContain("Anything");
    await alice.types("/incident severity sev2 not all");
    await alice.types("/incident severity sev1 all again");
    expect(count(await world.transcript(channel), "A runbook fits: All hands")).toBe(1);
    await alice.clicks("Post All hands");
    const shown = await world.transcript(channel);
    expect(shown).toContain("Runbook: All hands");
    expect(shown).not.toContain("[Post All hands]");
  });

  it("stand first in the list", async () => {
    const { world, alice } = await declared(files, "sev1 checkout 500s");
    await using _ = world;
    expect((await alice.types("/incident runbook")).answer).toMatch(
      /• All hands \(fits: SEV1\)\n• Anything\n• Checkout down/,
    );
  });
});

describe("a long runbook", () => {
  const steps = Array.from({ length: 100 }, (_, index) => `1. Step ${index + 1}: ${"look ".repeat(20)}`);
  const files = { "long.md": `---\nname: Long\n---\n## Immediate Actions\n\n${steps.join("\n")}\n` };

  it("takes several messages, in order, and each step keeps its button", async () => {
    const { world, alice } = await declared(files);
    await using _ = world;
    await alice.types("/incident runbook long");
    await world.ws.clock.advance("1m");
    const shown = await world.transcript(channel);
    expect(count(shown, "[Done]")).toBe(100);
    const order = [...shown.matchAll(/Step (\d+):/g)].map(([, place]) => Number(place));
    expect(order).toEqual(steps.map((_, index) => index + 1));
    expect(shown).toContain("Runbook: Long (1 of 4)");
    await alice.clicks("Done", { in: "Runbook: Long (3 of 4)" });
    expect(await world.transcript(channel)).toMatch(/Step \d+: [\w ]*\n.*done by @alice/);
  });

  it("with what would break a message is shortened, and says so", async () => {
    const hostile = `- [ ] ${"<!channel> *x* & ".repeat(400)}\n\n\`\`\`\n${"rm -rf / # <@U1> ".repeat(800)}\n\`\`\`\n\n${"word ".repeat(5000)}\n`;
    const { world, alice } = await declared({ "odd.md": `## Alert\n\n${hostile}` });
    await using _ = world;
    await alice.types("/incident runbook odd");
    const shown = await world.transcript(channel);
    expect(shown).toContain("(shortened)");
    expect(shown).not.toContain("Slack refused");
    expect(shown).toContain("[Done]");
  });
});

describe("runbook", () => {
  it("says where to put them when there are none", async () => {
    const world = await World.open({ settings: "runbooks: off\n" });
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    expect((await alice.types("/incident runbook")).answer).toContain("No runbook is configured.");
    expect((await alice.types("/incident runbook x")).answer).toContain("There is no runbook `x`");
  });
});
