import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { World } from "../app/world.ts";
import { sitrep } from "./terminal.ts";

async function reviewed(): Promise<World> {
  const world = await World.open();
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("alice").in("#inc-1-checkout-500s").types("/incident resolve rolled back");
  await world.ws.settle();
  return world;
}

const placeOf = (world: World) => ({
  env: { ...world.env(), USER: "linh" },
  cwd: world.folder,
  clock: world.ws.clock,
});
const exported = async (world: World): Promise<string> =>
  (await sitrep(["export", "INC-1"], placeOf(world))).out;
const inFile = async (world: World, text: string): Promise<string> => {
  await writeFile(join(world.folder, "review.md"), text);
  return "review.md";
};

describe("sitrep import", () => {
  it("takes what was edited while the bot runs, says what it ignored, and shows it in the channel", async () => {
    await using world = await reviewed();
    const edited = (await exported(world)).replace(
      "## Root Cause\n\n_To be written_",
      "## Root Cause\n\nRetries had no limit.\n\nBob deployed buggy code.",
    );
    const file = await inFile(world, edited);
    const line = edited.split("\n").indexOf("Bob deployed buggy code.") + 1;
    const { code, out, err } = await sitrep(["import", "INC-1", file], placeOf(world));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Taken into the post-mortem of INC-1: Root Cause\.\n/);
    expect(out).toContain(
      "Ignored: Summary, Timeline, Impact, Action Items, Response Times, Updates Sent, Escalations and Participants (written by Sitrep from the record).",
    );
    expect(out).toContain(`review.md:${line}:1: person-as-cause: “Bob deployed buggy code”`);
    await world.stopApp();
    await world.startApp();
    expect(await world.transcript("#inc-1-checkout-500s")).toContain(
      "linh (command line) wrote Root Cause of INC-1’s post-mortem.",
    );
    expect(await exported(world)).toContain("Retries had no limit.\n\nBob deployed buggy code.");
    expect(await exported(world)).toContain("**Authors:** linh (command line)");
  });

  it("takes nothing from another incident’s post-mortem", async () => {
    await using world = await reviewed();
    const other = (await exported(world))
      .replace("**Incident:** INC-1 ", "**Incident:** INC-2 ")
      .replace("## Root Cause\n\n_To be written_", "## Root Cause\n\nOf INC-1, they say.");
    const { code, err } = await sitrep(["import", "INC-1", await inFile(world, other)], placeOf(world));
    expect(code).toBe(1);
    expect(err).toContain("This is the post-mortem of INC-2, not of INC-1, so nothing was changed.");
    expect(await exported(world)).toContain("## Root Cause\n\n_To be written_");
  });

  it("changes nothing when nothing was edited, also while Slack is away", async () => {
    await using world = await reviewed();
    await world.stopApp();
    const before = await exported(world);
    const file = await inFile(world, before);
    const { code, out } = await sitrep(["import", "INC-1", file], placeOf(world));
    expect(code).toBe(0);
    expect(out).toMatch(/^Nothing was changed: every section of INC-1 stands as it is in the file\.\n/);
    expect(await exported(world)).toBe(before);
  });

  it("keeps every character of a text longer than any form holds, through export and import", async () => {
    await using world = await reviewed();
    const long = Array.from(
      { length: 400 },
      (_, index) => `Line ${index} of what was found, with & and <tags>.`,
    );
    const file = await inFile(world, long.join("\n\n"));
    const args = ["import", "INC-1", file, "--section", "root cause", "--json"];
    expect(JSON.parse((await sitrep(args, placeOf(world))).out)).toEqual({
      incident: "INC-1",
      taken: ["rootCause"],
      unchanged: [],
      ignored: [],
      findings: [],
    });
    const document = await exported(world);
    for (const index of [0, 200, 399]) expect(document).toContain(`Line ${index} of what was found, with &`);
    const again = await sitrep(["import", "INC-1", await inFile(world, document)], placeOf(world));
    expect(again.out).toMatch(/^Nothing was changed/);
    expect(JSON.parse((await sitrep(["export", "1", "--format", "json"], placeOf(world))).out)).toMatchObject(
      {
        sections: { rootCause: { text: long.join("\n\n"), markup: "markdown", by: "linh (command line)" } },
      },
    );
  });

  it("says what is wrong, and exits 1", async () => {
    await using world = await reviewed();
    const place = placeOf(world);
    const errorOf = async (...args: string[]) => {
      const { code, err } = await sitrep(["import", ...args], place);
      expect(code).toBe(1);
      return err;
    };
    expect(await errorOf("INC-1", "nowhere.md")).toBe("sitrep: nowhere.md cannot be read.\n");
    expect(await errorOf("INC-7", await inFile(world, "x"))).toBe("sitrep: There is no INC-7.\n");
    expect(await errorOf("INC-1", await inFile(world, "x"))).toContain(
      "It has no headings such as ## Root Cause",
    );
    await writeFile(join(world.folder, "picture.md"), Buffer.from([0xff, 0xd8, 0xff, 0x00]));
    expect(await errorOf("INC-1", "picture.md")).toBe("sitrep: picture.md is no text in UTF-8.\n");
    expect((await sitrep(["import", "INC-1", "x.md", "--section", "summary"], place)).code).toBe(2);
    expect(await readFile(join(world.folder, "review.md"), "utf8")).toBe("x");
  });
});
