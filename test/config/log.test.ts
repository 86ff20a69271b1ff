import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string {
  let output = "";
  const to = { write: (line: string) => void (output += line) };
  write(createLog({ level: "info", to, secrets }));
  return output;
}

describe("the log", () => {
  it("writes one line of JSON a decision", () => {
    const output = logged((log) => log.info({ incident: 42, command: "Resolve" }, "resolved"));
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(output)).toMatchObject({
      level: "info",
      incident: 42,
      command: "Resolve",
      msg: "resolved",
    });
  });

  it("keeps to its level", () => {
    expect(logged((log) => log.debug({}, "too much"))).toBe("");
  });

  it.each([
    "xoxb-123-abcDEF",
    "xapp-1-A1-xyz",
    "https://hooks.slack.com/commands/T1/2/abc",
    "https://files.slack.com/upload/v1/abc",
    "my-signing-secret",
  ])("strikes out %s wherever it stands", (secret) => {
    const output = logged(
      (log) => {
        log.warn({ err: new Error(`failed with ${secret}`, { cause: new Error(secret) }) }, "failed");
        log.warn({ deep: { deeper: { text: `a ${secret} b` } } }, `says ${secret}`);
      },
      ["my-signing-secret"],
    );
    expect(output).not.toContain(secret);
    expect(output).toContain("[secret]");
  });

  it("strikes out what is called a secret, whatever it looks like", () => {
    const output = logged((log) =>
      log.info(
        { token: "plain", row: { responseUrl: "http://localhost/x" }, authorization: "Basic eA==" },
        "x",
      ),
    );
    expect(output).not.toMatch(/plain|localhost|eA==/);
  });
});
