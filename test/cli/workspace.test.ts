import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { sitrep } from "./terminal.ts";

let cwd = "";
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "sitrep-workspace-test-"));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

describe("sitrep workspace", () => {
  it.each([
    ["http", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"],
    ["socket", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"],
  ])("writes the variables of %s for nobody else to read", async (transport, variable, emptied) => {
    const options = ["workspace", "--env", "sitrep.env", "--transport", transport];
    const { code, out } = await sitrep(options, { cwd, input: "quit\n" });
    expect(code).toBe(0);
    expect(out).toContain("The variables are in sitrep.env.");
    const text = await readFile(join(cwd, "sitrep.env"), "utf8");
    const variables = Object.fromEntries(
      text
        .trimEnd()
        .split("\n")
        .map((line) => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]),
    );
    expect(variables).toEqual({
      SLACK_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/),
      SLACK_BOT_TOKEN: expect.stringMatching(/^xoxb-/),
      [variable]: expect.stringMatching(/./),
      [emptied]: "",
      DATABASE_URL: expect.stringMatching(/^file:\.\/data\/workspace-[0-9a-f]+\.db$/),
      SITREP_API_TOKEN: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    expect((await stat(join(cwd, "sitrep.env"))).mode & 0o077).toBe(0);
  });

  it("does what is typed and shows what comes of it", async () => {
    const input =
      "# a comment\nalice #general says hello\nalice #general shuots hello\nnobody #general says x\nquit\n";
    const { code, out, err } = await sitrep(["workspace"], { cwd, input });
    expect(code).toBe(0);
    expect(out).toMatch(/#general\n {2}\d\d:\d\d alice: hello\n/);
    expect(err).toMatch(/^sitrep: "shuots" is no act\..*\nsitrep: Nobody here is called nobody\./);
  });

  it("has the channels that a configuration names, when told so", async () => {
    const { code, out } = await sitrep(["workspace", "--channels", "#support, general"], {
      cwd,
      input: "alice #support says hello\nquit\n",
    });
    expect(code).toBe(0);
    expect(out).toMatch(/#support\n {2}\d\d:\d\d alice: hello\n/);
  });

  it("says what can be typed", async () => {
    const { out, err } = await sitrep(["workspace"], {
      cwd,
      input: "help\nalice #general types help\nquit\n",
    });
    expect(out).toContain("  reacts pushpin to TEXT OF THE MESSAGE\n");
    expect(out).toContain("  fills LABEL: VALUE; LABEL: VALUE\n");
    expect(out).toMatch(/^For a sitrep\.yml: alice is U\w+, bob is U\w+, carol is U\w+, dave is U\w+$/m);
    expect(err).toBe(
      "sitrep: types: expected a command such as /incident status. Write: alice #general types /COMMAND TEXT\n",
    );
  });

  it("saves a file that was shared", async () => {
    const input = "alice #general shares graph.txt 1 2 3\nsave graph.txt\nsave gone.txt\nquit\n";
    const { out, err } = await sitrep(["workspace"], { cwd, input });
    expect(await readFile(join(cwd, "graph.txt"), "utf8")).toBe("1 2 3");
    expect(out).toContain(`Saved as ${join(cwd, "graph.txt")}\n`);
    expect(err).toBe("sitrep: No file called gone.txt was shared. There are: graph.txt.\n");
  });

  it("says what a person sees when no bot listens", async () => {
    const input = "alice #general types /incident declare x\nquit\n";
    const options = ["workspace", "--request-url", "http://127.0.0.1:1/slack/events"];
    const { out } = await sitrep(options, { cwd, input });
    expect(out).toMatch(/alice sees: \/incident failed with the error/);
  });

  it("reads a script", async () => {
    await writeFile(join(cwd, "said.txt"), "bob #general says from a file\nwait 1ms\nquit\n");
    const { code, out } = await sitrep(["workspace", "--script", "said.txt"], { cwd });
    expect(code).toBe(0);
    expect(out).toContain("bob: from a file");
    expect(await sitrep(["workspace", "--script", "gone.txt"], { cwd })).toEqual({
      code: 1,
      out: "",
      err: "sitrep: The script gone.txt cannot be read.\n",
    });
  });

  it("finds its port taken", async () => {
    const other = createServer();
    await once(other.listen(0), "listening");
    const { port } = z.object({ port: z.number() }).parse(other.address());
    try {
      const { code, err } = await sitrep(["workspace", "--port", String(port)], { cwd });
      expect(code).toBe(1);
      expect(err).toBe(`sitrep: Port ${port} cannot be taken (EADDRINUSE): choose another with --port.\n`);
    } finally {
      await new Promise((closed) => other.close(closed));
    }
  });

  it("goes on when its input has ended, until SIGTERM", async () => {
    const child = spawn(process.execPath, [resolve("bin/sitrep.js"), "workspace"], {
      cwd,
      env: {},
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(child.exitCode).toBeNull();
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });
});
