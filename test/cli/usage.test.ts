import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sitrep } from "./terminal.ts";

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8")));

const commands =
  "start demo workspace export import list lint declare log update ack resolve doctor retry".split(" ");

describe("the sitrep command", () => {
  it("answers its version", async () => {
    expect(await sitrep(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each([[], ...commands.map((name) => [name])])("shows examples of %s", async (...command) => {
    const { code, out } = await sitrep([...command, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("Examples:\n  ");
  });

  it.each([
    [["exprot", "INC-1"], "sitrep: unknown command 'exprot' (Did you mean export?)\n"],
    [
      ["export", "42a"],
      "sitrep: command-argument value '42a' is invalid for argument 'incident'. Expected a reference such as INC-42.\n",
    ],
    [["export"], "sitrep: missing required argument 'incident'\n"],
    [["list", "--jsno"], "sitrep: unknown option '--jsno' (Did you mean --json?)\n"],
    [
      ["list", "closed"],
      "sitrep: “closed” is nothing that can be listed: write open, all, or a severity such as sev1.\n",
    ],
    [
      ["demo", "--speed", "0"],
      "sitrep: option '--speed <times>' argument '0' is invalid. Expected a number above 0.\n",
    ],
    [
      ["workspace", "--transport", "pigeon"],
      "sitrep: option '--transport <kind>' argument 'pigeon' is invalid. Allowed choices are http, socket.\n",
    ],
  ])("says in one line what is wrong with %j, and ends with 2", async (args, err) => {
    expect(await sitrep(args)).toEqual({ code: 2, out: "", err });
  });

  it("asks for a newer Node before it loads anything", () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '22.17.1' })";
    const options = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...options, "bin/sitrep.js", "--version"],
      {
        encoding: "utf8",
      },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      "sitrep: Node 22.17.1 is too old: Sitrep needs Node 22.18 or later (https://nodejs.org).\n",
    );
  });
});
