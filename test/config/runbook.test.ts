import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRunbook } from "../../src/config/runbook.ts";
import { plainSpans, stepsOf, waysOut } from "../../src/domain/runbooks/document.ts";

function read(source: string) {
  const found = readRunbook(source, "runbooks/x-y.md");
  if (!found.ok) throw new Error(found.faults.join("\n"));
  return found.runbook;
}
function faults(source: string): string[] {
  const found = readRunbook(source, "runbooks/x-y.md");
  return found.ok ? [] : found.faults;
}
const body = "## Alert\n\nx\n";

describe("the runbook that is shipped", () => {
  const runbook = read(readFileSync("runbooks/high-error-rate.md", "utf8"));

  it("has the sections of the field, in their order", () => {
    expect(runbook.name).toBe("High Error Rate");
    expect(runbook.sections.map(({ heading }) => heading)).toEqual([
      "Alert",
      "Immediate Actions",
      "Diagnosis Steps",
      "Common Causes",
      "Mitigation",
      "Escalation",
    ]);
  });

  it("has its steps under Immediate Actions and Diagnosis Steps, and ways out under Mitigation", () => {
    expect(stepsOf(runbook.sections).map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(waysOut(runbook.sections)).toContain("Roll back the last deployment");
  });

  it("shows its command as code, below its step", () => {
    const { blocks } = runbook.sections[2]!;
    expect(blocks.map(({ kind }) => kind)).toEqual(["step", "step", "code", "step", "step"]);
    expect(blocks[2]).toMatchObject({ code: expect.stringContaining("kubectl logs") });
  });
});

describe("front matter", () => {
  it("names services, alerts, severities and an escalation, one or several", () => {
    const front = "name: Slow\nservices: checkout\nalerts: [A, B]\nseverities: SEV1\nescalation: payments";
    expect(read(`---\n${front}\n---\n${body}`)).toMatchObject({
      name: "Slow",
      services: ["checkout"],
      alerts: ["A", "B"],
      severities: ["SEV1"],
      escalation: "payments",
    });
  });

  it("may be left out: the name is the heading's, else the file's", () => {
    expect(read(`# Too slow\n\n${body}`)).toMatchObject({ name: "Too slow", services: [], escalation: null });
    expect(read(body).name).toBe("x y");
  });

  it("that is wrong is told with its line, all faults at once, those of the body too", () => {
    expect(
      faults("---\nname: Slow\nservice: checkout\nseverities: [SEV9]\n---\n\n## Alert\n\n## Alert\n"),
    ).toEqual([
      "runbooks/x-y.md:3: service is no key: expected name, services, alerts, severities, escalation; nearest: services",
      "runbooks/x-y.md:4: severities.0: expected SEV1, SEV2, SEV3, SEV4; nearest: SEV1",
      "runbooks/x-y.md:9: the section “Alert” stands here a second time",
    ]);
  });

  it.each([
    ["---\nname: x\n", "runbooks/x-y.md:1: the front matter has no end"],
    ["---\nname: [\n---\nx", "runbooks/x-y.md:2: "],
    ["---\n- name\n---\nx", "runbooks/x-y.md:1: the front matter: expected keys with values"],
    [`---\nname: ${"x".repeat(81)}\n---\nx`, "runbooks/x-y.md:1: name: expected at most 80 characters"],
    ["---\nservices: *a\n---\nx", "runbooks/x-y.md:"],
    ["", "runbooks/x-y.md:1: the runbook is empty"],
  ])("%j is refused", (source, fault) => {
    expect(faults(source)[0]).toContain(fault);
  });
});

describe("a section", () => {
  it("of one's own is kept; one that is nearly a name of the field is a slip", () => {
    expect(read("## Contacts\n\nx").sections[0]?.heading).toBe("Contacts");
    expect(faults("## Imediate Actions\n\n1. x")).toEqual([
      "runbooks/x-y.md:1: “Imediate Actions” is no section; nearest: Immediate Actions",
    ]);
  });

  it("is known by its other names, in any case", () => {
    expect(
      read("## DIAGNOSIS\n\n1. x\n\n## Mitigations:\n\n- y").sections.map((each) => each.heading),
    ).toEqual(["Diagnosis Steps", "Mitigation"]);
  });
});

describe("steps", () => {
  const kinds = (source: string) =>
    read(source).sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));

  it("are task items anywhere, and numbered ones in two sections only", () => {
    expect(kinds("## Common Causes\n\n1. one\n- [ ] two\n- three")).toEqual(["item", "step", "item"]);
    expect(kinds("## Immediate Actions\n\n1. one\n   - deeper\n- bullet")).toEqual(["step", "item", "item"]);
  });

  it("keep links, emphasis and code apart from the words", () => {
    const { sections } = read(
      "- [ ] see **the** [`board`](https://x.example/a) or [mail](mailto:a@b.example)",
    );
    const [step] = stepsOf(sections);
    expect(step?.spans).toEqual([
      { text: "see " },
      { text: "the", style: "bold" },
      { text: " " },
      { text: "board", style: "code", url: "https://x.example/a" },
      { text: " or " },
      { text: "mail" },
    ]);
    expect(plainSpans(step?.spans ?? [])).toBe("see the board or mail");
  });

  it("of whatever else markdown knows are read without a throw", () => {
    const odd =
      "a\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\n<!-- no -->\n\n<b>x</b>\n\n![i](https://x.example/i.png) [r][r] ~~s~~[^1]\n\n[r]: https://x.example\n[^1]: foot\n\n- \n- ```\n  ls\n  ```\n";
    expect(kinds(odd)).toContain("code");
    expect(JSON.stringify(read(odd))).not.toContain("<!--");
  });
});
