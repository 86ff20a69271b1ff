import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseLine } from "../../src/slack/commands/parse.ts";
import { aliases, verbOf, verbs } from "../../src/slack/commands/vocabulary.ts";

const none = { reference: null };

describe("a command line", () => {
  test.each([
    ["", { kind: "nothing", ...none }],
    ["   ", { kind: "nothing", ...none }],
    ["INC-42", { kind: "nothing", reference: 42 }],
    ["inc42", { kind: "nothing", reference: 42 }],
    ["declare", { kind: "declare", severity: null, title: "" }],
    ["declare sev2 checkout 500s", { kind: "declare", severity: "SEV2", title: "checkout 500s" }],
    ["DECLARE SEV2 Checkout", { kind: "declare", severity: "SEV2", title: "Checkout" }],
    ["declare sev-1 checkout", { kind: "declare", severity: "SEV1", title: "checkout" }],
    ["declare sev 1 checkout", { kind: "declare", severity: "SEV1", title: "checkout" }],
    ["declare sev1", { kind: "declare", severity: "SEV1", title: "" }],
    ["declare checkout 500s", { kind: "declare", severity: null, title: "checkout 500s" }],
    ["declare severe lag", { kind: "declare", severity: null, title: "severe lag" }],
    ["declare “checkout -5%”", { kind: "declare", severity: null, title: "checkout -5%" }],
    [
      "declare checkout – payments down",
      { kind: "declare", severity: null, title: "checkout – payments down" },
    ],
    ["new sev3 lag", { kind: "declare", severity: "SEV3", title: "lag" }],
    ["update rolling back", { kind: "update", ...none, text: "rolling back" }],
    ["update “rolling back”", { kind: "update", ...none, text: "rolling back" }],
    ['update "a" and "b"', { kind: "update", ...none, text: '"a" and "b"' }],
    ["update two\nlines", { kind: "update", ...none, text: "two\nlines" }],
    ["Post rolling back", { kind: "update", ...none, text: "rolling back" }],
    ["INC-42 update rolling back", { kind: "update", reference: 42, text: "rolling back" }],
    ["INC–42 update x", { kind: "update", reference: 42, text: "x" }],
    ["update INC-42", { kind: "update", reference: 42, text: "" }],
    ["update INC-42 is fine", { kind: "update", ...none, text: "INC-42 is fine" }],
    ["status", { kind: "status", ...none, to: null }],
    ["status?", { kind: "status", ...none, to: null }],
    ["INC-42 status", { kind: "status", reference: 42, to: null }],
    ["status INC-42", { kind: "status", reference: 42, to: null }],
    ["status identified", { kind: "status", ...none, to: "IDENTIFIED" }],
    ["status INVESTIGATING.", { kind: "status", ...none, to: "INVESTIGATING" }],
    ["status mitigating", { kind: "status", ...none, to: "MITIGATING" }],
    ["status mitigated", { kind: "status", ...none, to: "mitigated" }],
    ["INC-42 status monitoring", { kind: "status", reference: 42, to: "MONITORING" }],
    ["status fixed", { kind: "resolve", ...none, text: "" }],
    ["status resolved rolled back", { kind: "resolve", ...none, text: "rolled back" }],
    ["status closed", { kind: "part", verb: "close", ...none, rest: "" }],
    ["status canceled false alarm", { kind: "part", verb: "cancel", ...none, rest: "false alarm" }],
    ["duplicate INC-41", { kind: "part", verb: "duplicate", ...none, rest: "INC-41" }],
    ["INC-42 duplicate INC-41", { kind: "part", verb: "duplicate", reference: 42, rest: "INC-41" }],
    ["severity", { kind: "severity", ...none, severity: null, reason: "" }],
    ["severity INC-42", { kind: "severity", reference: 42, severity: null, reason: "" }],
    ["severity sev1", { kind: "severity", ...none, severity: "SEV1", reason: "" }],
    ["sev 1", { kind: "severity", ...none, severity: "SEV1", reason: "" }],
    ["SEV SEV–2, most users", { kind: "severity", ...none, severity: "SEV2", reason: "most users" }],
    [
      "INC-42 severity sev 3 – “only one region”",
      { kind: "severity", reference: 42, severity: "SEV3", reason: "only one region" },
    ],
    ["title", { kind: "title", ...none, text: "" }],
    ["rename “card payments fail”", { kind: "title", ...none, text: "card payments fail" }],
    ["INC-42 subject card payments – all", { kind: "title", reference: 42, text: "card payments – all" }],
    ["log rollback started", { kind: "log", ...none, time: null, text: "rollback started" }],
    ["log 14:40 decided to roll back", { kind: "log", ...none, time: "14:40", text: "decided to roll back" }],
    ["log 2024-02-14 23:10 deployed", { kind: "log", ...none, time: "2024-02-14 23:10", text: "deployed" }],
    ["log 14:40 UTC+7 deployed", { kind: "log", ...none, time: "14:40 UTC+7", text: "deployed" }],
    ["log 14:40 UTC, deployed", { kind: "log", ...none, time: "14:40 UTC", text: "deployed" }],
    ["log 14:40 utcheck failed", { kind: "log", ...none, time: "14:40", text: "utcheck failed" }],
    ["log 10m ago deployed", { kind: "log", ...none, time: "10m ago", text: "deployed" }],
    ["log 10m against the limit", { kind: "log", ...none, time: null, text: "10m against the limit" }],
    ["log 9:05, deployed", { kind: "log", ...none, time: "9:05", text: "deployed" }],
    ["log 14:40", { kind: "log", ...none, time: "14:40", text: "" }],
    ["log 500s at 14:40", { kind: "log", ...none, time: null, text: "500s at 14:40" }],
    ["fixed rolled back", { kind: "resolve", ...none, text: "rolled back" }],
    ["resolve", { kind: "resolve", ...none, text: "" }],
    ["pm", { kind: "postmortem", ...none }],
    ["INC-7 export", { kind: "export", reference: 7 }],
    ["ls", { kind: "list", which: "open" }],
    ["list ALL", { kind: "list", which: "all" }],
    ["list —all", { kind: "list", which: "all" }],
    ["list sev1", { kind: "list", which: "SEV1" }],
    ["snooze", { kind: "snooze", ...none, minutes: 10 }],
    ["snooze 15 min", { kind: "snooze", ...none, minutes: 15 }],
    ["help", { kind: "help", topic: null }],
    ["help retro", { kind: "help", topic: "postmortem" }],
    ["--help", { kind: "help", topic: null }],
  ])("“%s”", (line, parsed) => {
    expect(parseLine(line)).toEqual(parsed);
  });

  test.each([
    "—privat checkout",
    "declare —privat checkout",
    "declare sev1 checkout --Privat",
    "checkout is down --privat",
    "declare --private checkout --privat",
  ])("declares nothing for a flag that is not known: “%s”", (line) => {
    const parsed = parseLine(line);
    expect(parsed).toMatchObject({ kind: "unclear", sentence: expect.stringContaining("“--privat”") });
  });

  const payroll = { kind: "declare", severity: null, title: "payroll leak" };
  test.each([
    ["declare --private payroll leak", { ...payroll, private: true }],
    ["declare payroll leak —private", { ...payroll, private: true }],
    ["declare payroll --PRIVATE leak", { ...payroll, private: true }],
    ["declare payroll leak –drill, ‑‑private.", { ...payroll, drill: true, private: true }],
    ["declare sev1 --here payroll leak", { ...payroll, severity: "SEV1", here: true }],
    ["declare --drill sev 2 payroll leak --here", { ...payroll, severity: "SEV2", drill: true, here: true }],
    ['declare --private "payroll leak"', { ...payroll, private: true }],
    ["declare sev1 “payroll leak” --drill", { ...payroll, severity: "SEV1", drill: true }],
    ['declare "the flag --private is ignored"', { ...payroll, title: "the flag --private is ignored" }],
    ["declare --private", { ...payroll, title: "", private: true }],
    ["new —here", { ...payroll, title: "", here: true }],
  ])("takes the flags of declare wherever they stand: “%s”", (line, parsed) => {
    expect(parseLine(line)).toEqual(parsed);
  });

  it("keeps the flags that were understood in what it offers for one that was not", () => {
    const parsed = parseLine("declare --private sev1 checkout -5%");
    expect(parsed).toMatchObject({ kind: "unclear", instead: `declare --private SEV1 "checkout -5%"` });
    expect(parseLine(`declare --private SEV1 "checkout -5%"`)).toMatchObject({
      title: "checkout -5%",
      private: true,
    });
  });

  it("offers what a flag without a command may have meant", () => {
    expect(parseLine("--private payroll leak")).toMatchObject({
      kind: "unclear",
      instead: `declare --private "payroll leak"`,
    });
    expect(parseLine("--private")).toMatchObject({ kind: "unclear", instead: null });
    expect(parseLine("checkout is down --private")).toMatchObject({
      kind: "unknown",
      line: "checkout is down --private",
    });
  });

  it("offers the whole title in quotes when it has a word with a dash, and understands its own offer", () => {
    const parsed = parseLine('declare sev1 "slow" checkout -5%');
    expect(parsed).toMatchObject({ kind: "unclear", instead: `declare SEV1 "'slow' checkout -5%"` });
    expect(parseLine(`declare SEV1 "'slow' checkout -5%"`)).toEqual({
      kind: "declare",
      severity: "SEV1",
      title: "'slow' checkout -5%",
    });
  });

  test.each([
    ["declare sev5 checkout", "SEV5"],
    ["severity sev5 most users", "sev5"],
    ["severity high", "high"],
    ["sev3 only one region", "“severity sev3”"],
    ["status identifed", "“status identified”"],
    ["status identified the bad deploy", "one word"],
    ["status constructor", "constructor"],
    ["status green", "green"],
    ["list yesterday", "yesterday"],
    ["snooze a while", "a while"],
    ["snooze 0m", "0m"],
    ["snooze 600m", "600m"],
  ])("asks instead of guessing: “%s”", (line, named) => {
    expect(parseLine(line)).toMatchObject({ kind: "unclear", sentence: expect.stringContaining(named) });
  });

  test.each([
    ["statsu", "status"],
    ["resolv", "resolve"],
    ["udpate rolled back", "update"],
    ["declre sev1 checkout", "declare"],
    ["timline", "timeline"],
    ["mitgate", "mitigate"],
    ["escalte now", "escalate"],
    ["subscirbe", "subscribe"],
    ["postmotem", "postmortem"],
    ["duplciate INC-41", "duplicate"],
    ["acknowledge", "ack"],
    ["esc", "escalate"],
    ["assessment", "assess"],
    ["identified", "status identified"],
    ["mitigated", "status mitigated"],
    ["resolved rolled back", "resolve"],
    ["cancelled", "cancel"],
    ["closed.", "close"],
    ["help stauts", "help status"],
    ["help mitigated", "help status"],
  ])("names the nearest command for “%s” and does nothing", (line, nearest) => {
    expect(parseLine(line)).toMatchObject({ kind: "unknown", nearest });
  });

  test.each([
    ["post mortem", { kind: "postmortem", reference: null }],
    ["post-mortem", { kind: "postmortem", reference: null }],
    ["INC-42 Post Mortem", { kind: "postmortem", reference: 42 }],
    ["on-call", { kind: "part", verb: "oncall", reference: null, rest: "" }],
    ["on call", { kind: "part", verb: "oncall", reference: null, rest: "" }],
    ["hand over <@U2>", { kind: "part", verb: "handover", reference: null, rest: "<@U2>" }],
    ["follow–up load test", { kind: "part", verb: "action", reference: null, rest: "load test" }],
    ["run book high error rate", { kind: "part", verb: "runbook", reference: null, rest: "high error rate" }],
    ["help post-mortem", { kind: "help", topic: "postmortem" }],
    ["post mortems take long", { kind: "update", reference: null, text: "mortems take long" }],
  ])("takes a command that is cut in two for what it is: “%s”", (line, parsed) => {
    expect(parseLine(line)).toEqual(parsed);
  });

  test.each([
    ["ASK <@U2> now", "ask", "<@U2> now"],
    ["INC-7 Reopen errors are back", "reopen", "errors are back"],
    ["todo check alarms", "action", "check alarms"],
    ["IC", "lead", ""],
    ["duplicate INC-41", "duplicate", "INC-41"],
    ["ack.", "ack", ""],
  ])("hands “%s” to %s", (line, verb, rest) => {
    expect(parseLine(line)).toMatchObject({ kind: "part", verb, rest });
  });

  it("takes a reference before or behind a command, but not that of the other incident", () => {
    expect(parseLine("timeline inc–7")).toEqual({ kind: "part", verb: "timeline", reference: 7, rest: "" });
    expect(parseLine("inc7 timeline")).toEqual({ kind: "part", verb: "timeline", reference: 7, rest: "" });
    expect(parseLine("INC-7 duplicate INC-41")).toMatchObject({ reference: 7, rest: "INC-41" });
    expect(parseLine("duplicate INC-41")).toMatchObject({ reference: null, rest: "INC-41" });
  });

  it("asks which was meant by a severity that opens a line, and offers an incident of it", () => {
    expect(parseLine("sev2 checkout 500s")).toMatchObject({
      kind: "unclear",
      instead: `declare SEV2 "checkout 500s"`,
    });
    expect(parseLine("sev2")).toMatchObject({ kind: "unclear", instead: null });
    expect(parseLine("sev5 checkout")).toMatchObject({ sentence: expect.stringContaining("no severity") });
  });

  it("reads a whole line in quotes as what stands in them", () => {
    expect(parseLine("log “14:30 deployed”")).toMatchObject({ time: "14:30", text: "deployed" });
  });

  it("takes several words that are no command for a title", () => {
    expect(parseLine("checkout is failing")).toEqual({
      kind: "unknown",
      word: "checkout",
      nearest: null,
      line: "checkout is failing",
      several: true,
    });
    expect(parseLine("site is down")).toMatchObject({ nearest: null, several: true });
  });

  it("reads every alias as its command", () => {
    for (const verb of verbs) for (const alias of aliases[verb]) expect(verbOf.get(alias), alias).toBe(verb);
  });

  it("reads anything at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (line) => {
        expect(parseLine(line).kind).toEqual(expect.any(String));
      }),
    );
  });
});
