import { describe, expect, it } from "vitest";
import { sitrep } from "../cli/terminal.ts";
import { World } from "./world.ts";

const channel = "#inc-1-checkout-500s";

async function resolvedWorld(): Promise<World> {
  const world = await World.open();
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("alice").in(channel).types("/incident resolve rolled back");
  await world.ws.settle();
  return world;
}

const exported = async (world: World): Promise<string> =>
  (await sitrep(["export", "INC-1"], { env: world.env(), cwd: world.folder })).out;
const long = Array.from({ length: 300 }, (_, index) => `Finding ${index}: retries had no limit.`).join(
  "\n\n",
);

describe("replacing sections from a file", () => {
  it("takes the edited document, says what it ignored, and shows what was written", async () => {
    await using world = await resolvedWorld();
    const document = (await exported(world)).replace("_To be written_", long);
    const bob = world.as("bob").in(channel);
    await bob.joins();
    await bob.clicks("Replace from file");
    await bob.uploads("A markdown or text file for INC-1", "review.md", document);
    expect(await bob.submits()).toMatchObject({ ok: true });
    expect(JSON.stringify(bob.modal())).toContain("Taken into the post-mortem of INC-1: Root Cause.");
    expect(JSON.stringify(bob.modal())).toContain("Ignored: Summary, Timeline, Impact");
    expect(await world.transcript(channel)).toContain(
      "@bob wrote Root Cause of INC-1’s post-mortem.\n      Root Cause\n      Finding 0: retries had no limit.",
    );
    expect(await exported(world)).toContain("Finding 299: retries had no limit.");
    expect(await exported(world)).toContain("**Authors:** @bob");
  });

  it("keeps a long section whole when the form is saved, and says how it is changed", async () => {
    await using world = await resolvedWorld();
    const alice = world.as("alice").in(channel);
    await alice.clicks("Replace from file");
    await alice.uploads("A markdown or text file for INC-1", "cause.md", long);
    await alice.chooses("What is in it?", "Root Cause alone");
    await alice.submits();
    await alice.closes();
    await alice.clicks("Write post-mortem");
    expect(JSON.stringify(alice.modal())).toContain("more than a form holds, and stays as it is.");
    await alice.fills({ "What Went Well": "The alert." });
    expect(await alice.submits()).toMatchObject({ ok: true });
    const document = await exported(world);
    expect(document).toContain("Finding 299: retries had no limit.");
    expect(document).toContain("## What Went Well\n\nThe alert.");
  });

  it("says in the form what is wrong with a file, and changes nothing", async () => {
    await using world = await resolvedWorld();
    const before = await exported(world);
    const alice = world.as("alice").in(channel);
    await alice.clicks("Replace from file");
    const refusal = async (content: string | Uint8Array) => {
      await alice.uploads("A markdown or text file for INC-1", "review.md", content);
      return JSON.stringify((await alice.submits()).errors);
    };
    expect(await refusal("Retries.")).toContain("It has no headings such as ## Root Cause");
    expect(await refusal(Buffer.from([0xff, 0xfe, 0xff]))).toContain("no text in UTF-8");
    expect(await refusal("x".repeat(600 * 1024))).toContain("larger than 512 KB");
    world.ws.faults.always("download", { when: "before", answer: 500 });
    expect(await refusal("## Root Cause\n\nRetries.")).toContain("Slack cannot give the file just now.");
    world.ws.faults.clear();
    world.ws.faults.always("download", { when: "before", answer: "cut" });
    expect(await refusal("## Root Cause\n\nRetries.")).toContain("Slack could not be reached for the file.");
    world.ws.faults.clear();
    expect(await exported(world)).toBe(before);
    expect((await alice.submits()).ok).toBe(true);
    expect(await exported(world)).toContain("## Root Cause\n\nRetries.");
  });

  it("does not overwrite what somebody else has written while the form stood open", async () => {
    await using world = await resolvedWorld();
    const [alice, bob] = [world.as("alice").in(channel), world.as("bob").in(channel)];
    await bob.joins();
    await alice.clicks("Write post-mortem");
    await bob.clicks("Write post-mortem");
    await alice.fills({ "Root Cause": "Alice’s words." });
    await bob.fills({ "Root Cause": "Bob’s words.", "What Went Well": "The alert." });
    expect(await alice.submits()).toMatchObject({ ok: true });
    expect(JSON.stringify((await bob.submits()).errors)).toContain(
      "@alice has written this section meanwhile.",
    );
    await bob.fills({ "Root Cause": null });
    expect(await bob.submits()).toMatchObject({ ok: true });
    expect(await exported(world)).toContain("Alice’s words.");
    expect(await exported(world)).toContain("The alert.");
  });
});

describe("an update that blames", () => {
  it("is posted, and its poster alone is told", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(channel);
    const { answer } = await alice.types("/incident update Bob deployed buggy code, rolling it back");
    expect(answer).toContain("Update 2 of INC-1 is posted.");
    expect(answer).toContain("“Bob deployed buggy code”");
    expect(await world.transcript(channel)).toContain(
      "Current action: Bob deployed buggy code, rolling it back",
    );
    expect(await world.transcript(channel)).not.toContain("read as blame");
    expect((await alice.types("/incident update Rolling back")).answer).not.toContain("blame");
  });

  it("is posted by the form, which then shows the findings; another one that keeps the line does not", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(channel);
    await alice.types("/incident update");
    await alice.fills({ Impact: "Alice didn’t review properly, so checkout fails" });
    expect(await alice.submits()).toMatchObject({ ok: true });
    expect(JSON.stringify(alice.modal())).toContain("It is posted as you wrote it.");
    expect(JSON.stringify(alice.modal())).toContain("Alice didn’t review");
    await alice.closes();
    await alice.types("/incident update");
    await alice.fills({ "Current action": "Rolling back" });
    expect(await alice.submits()).toMatchObject({ ok: true });
    expect(alice.modal()).toBeUndefined();
  });
});
