import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import type { IncidentEvent } from "../../src/domain/event.ts";
import { sectionNames, type WrittenSection, writtenSections } from "../../src/domain/vocab.ts";
import { escapeText, isBlank, words } from "../../src/domain/words.ts";
import { buildPostmortem } from "../../src/postmortem/build.ts";
import { type Import, importInWords, type ReadFile, readImport } from "../../src/postmortem/import.ts";
import type { Material } from "../../src/postmortem/material.ts";
import { hostile } from "./hostile-text.ts";
import { at, material, outage, resolved } from "./story.ts";

const story = (): IncidentEvent[] => outage().events.map(({ event }) => event);
const wrote = (
  sections: Partial<Record<WrittenSection, string>>,
  markdown: WrittenSection[] = [],
  instant = at("15:10"),
): IncidentEvent => ({
  type: "SectionsWritten",
  at: instant,
  actor: { kind: "slack", user: "U2" },
  data: {
    sections: Object.fromEntries(
      Object.entries(sections).map(([name, text]) => [name, words(`${name}:${instant}`, escapeText(text))]),
    ),
    markdown,
  },
});
const reviewed = (...written: IncidentEvent[]) => material([...story(), ...written]);
const exported = (of: Material) => buildPostmortem(of).markdown;

function read(file: string, of: Material, only?: WrittenSection): Import {
  const result: ReadFile = readImport(file, of, only);
  if ("fault" in result) throw new Error(result.fault);
  return result;
}
const faultOf = (file: string, of = reviewed(), only?: WrittenSection): string => {
  const result = readImport(file, of, only);
  return "fault" in result ? result.fault : "";
};
/** What the record holds after the file was taken in. */
const after = (of: Material, { taken }: Import): Material => {
  const events = of.events.map(({ event }) => event);
  const sections = Object.fromEntries(taken.map(({ name, text }) => [name, text]));
  return taken.length === 0
    ? of
    : material([
        ...events,
        wrote(
          sections,
          taken.map(({ name }) => name),
          at("16:00"),
        ),
      ]);
};

describe("the exported document, read again", () => {
  it("changes nothing", () => {
    const of = reviewed(
      wrote({ rootCause: "Retries had *no* limit.\n\n- no breaker", wentWell: "Alerts <3" }),
    );
    const result = read(exported(of), of);
    expect(result.taken).toEqual([]);
    expect(result.unchanged).toEqual([...writtenSections]);
    expect(importInWords(of.incident, result)[0]).toBe(
      "Nothing was changed: every section of INC-42 stands as it is in the file.",
    );
  });

  it("changes nothing, whatever people have written", () => {
    fc.assert(
      fc.property(
        fc.record({ rootCause: hostile, wentWell: hostile, toImprove: hostile, gotLucky: hostile }),
        fc.subarray([...writtenSections]),
        (sections, markdown) => {
          const of = reviewed(wrote(sections, markdown));
          expect(read(exported(of), of).taken).toEqual([]);
          expect(read(exported(of).replaceAll("\n", "\r\n"), of).taken).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes the section that was edited, leaves the others their authors, and ignores what Sitrep writes", () => {
    const of = reviewed(wrote({ rootCause: "Retries had no limit.", wentWell: "The alert." }));
    const edited = exported(of)
      .replace(
        "Retries had no limit.",
        "Retries had no limit.\n\n| Where | How many |\n| --- | --- |\n| checkout | 3 |",
      )
      .replace("Deployed v2.3.2", "Nobody deployed");
    const result = read(edited, of);
    expect(result.taken).toMatchObject([{ name: "rootCause" }]);
    expect(edited.split("\n")[(result.taken[0]?.line ?? 0) - 1]).toBe("Retries had no limit.");
    expect(importInWords(of.incident, result)).toEqual([
      "Taken into the post-mortem of INC-42: Root Cause.",
      "As they were: What Went Well, What To Improve and Where We Got Lucky.",
      "Ignored: Summary, Timeline, Impact, Action Items, Response Times, Updates Sent, Escalations and Participants (written by Sitrep from the record).",
    ]);
    const now = exported(after(of, result));
    expect(now).toContain("| checkout | 3        |");
    expect(now).toContain("Deployed v2.3.2");
    expect(now).toContain("The alert.");
  });

  it("shows an edited section with the words that were written, and then changes nothing any more", () => {
    const plain = (markdown: string) =>
      toString(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), {
        includeImageAlt: true,
      }).replaceAll(/\s/g, "");
    fc.assert(
      fc.property(hostile, fc.constantFrom(...writtenSections), (said, name) => {
        const of = reviewed(wrote({ rootCause: "Retries." }));
        // Its own great headings would end the section.
        const text = said.replaceAll("#", "").replaceAll(/^\s*[-=]+\s*$/gm, "");
        const parts = exported(of).split(/^(?=## )/m);
        const file = parts
          .map((part) =>
            part.startsWith(`## ${sectionNames[name]}\n`)
              ? `## ${sectionNames[name]}\n\nx ${text} x\n\n`
              : part,
          )
          .join("");
        const result = readImport(file, of);
        if ("fault" in result || result.taken.length !== 1) return;
        const next = after(of, result);
        expect(read(file, next).taken).toEqual([]);
        expect(read(exported(next), next).taken).toEqual([]);
        const shown = exported(next).split(`## ${sectionNames[name]}\n`)[1]?.split("\n## ")[0] ?? "";
        // What would be a link, a reference or HTML reads otherwise, and safely.
        const isPlain = !/[[\]<&:@/]|www/.test(text);
        expect(isPlain ? plain(shown) : "").toBe(isPlain ? plain(result.taken[0]?.text ?? "") : "");
      }),
      { numRuns: 40 },
    );
  });
});

describe("a file", () => {
  it("never empties what is recorded", () => {
    const of = reviewed(wrote({ rootCause: "Retries had no limit." }));
    for (const empty of ["", "_To be written_"]) {
      const result = read(exported(of).replace("Retries had no limit.", empty), of);
      expect(result.taken).toEqual([]);
      expect(result.ignored).toContain("Root Cause (empty in the file; kept as it stands)");
    }
  });

  it("may be the text of one section", () => {
    const of = reviewed();
    expect(read("# What we found\n\nRetries had no limit.\n", of, "rootCause").taken).toEqual([
      { name: "rootCause", text: "# What we found\n\nRetries had no limit.", line: 1 },
    ]);
    expect(exported(after(of, read("# What we found\n\nx\n\n## More\n\ny", of, "rootCause")))).toContain(
      "## Root Cause\n\n### What we found\n\nx\n\n#### More\n\ny\n\n## Impact",
    );
  });

  it("is taken by its headings in any case, wherever they stand", () => {
    const { taken, ignored } = read(
      "# what to improve\n\nAlerts.\n\n## Root cause\n\nRetries.\n\n## Notes\n\nx",
      reviewed(),
    );
    expect(taken).toEqual([
      { name: "toImprove", text: "Alerts.", line: 3 },
      { name: "rootCause", text: "Retries.", line: 7 },
    ]);
    expect(ignored).toEqual(["Notes (no section that people write)"]);
  });

  it("is not misled by headings in code", () => {
    const { taken } = read("## Root Cause\n\n```\n## Impact\n```\n\nafter\n\n## Impact\n\nx", reviewed());
    expect(taken).toMatchObject([{ name: "rootCause", text: "```\n## Impact\n```\n\nafter" }]);
  });

  it("is refused in words", () => {
    expect(faultOf(" \n\u200b")).toBe("The file is empty, so nothing was changed.");
    expect(faultOf("Retries had no limit.")).toContain("It has no headings such as ## Root Cause");
    expect(faultOf("## Notes\n\nx")).toContain("None of its headings is one of ## Root Cause");
    expect(faultOf("## Root Cause\n\na\n\n## Root Cause\n\nb")).toContain("stands in the file twice");
    expect(faultOf("## Root Cause\n\n```\nlog\n\n## Impact\n\nx")).toContain(
      "“## Impact” stands within Root Cause, as if a code block or a comment before it were never closed.",
    );
    expect(faultOf(`## Root Cause\n\n${"word ".repeat(30_000)}`)).toContain("at most 100000 are taken");
    expect(faultOf(`## Root Cause\n\n${">".repeat(1000)} a`)).toContain("too deeply");
    expect(faultOf(`## Root Cause\n\n${"- ".repeat(1000)} a`)).toContain("too deeply");
    expect(faultOf(`## Root Cause\n\n${"*a _b ".repeat(600)}${"b_ a* ".repeat(600)}`)).toContain(
      "too deeply",
    );
  });

  it("that was taken is shown at once as it was written, for anybody who reads it again", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!isBlank(text));
        const result = readImport(text, reviewed(), "rootCause");
        if ("fault" in result || result.taken.length === 0) return;
        const next = after(reviewed(), result);
        expect(read(text, next, "rootCause").taken).toEqual([]);
        expect(read(exported(next), next).taken).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

describe("what people wrote", () => {
  const later: IncidentEvent[] = [
    {
      type: "IncidentReopened",
      at: at("16:00"),
      actor: { kind: "slack", user: "U1" },
      data: {
        from: "RESOLVED",
        reason: words("again", "Errors are back"),
        recoveredAt: at("14:52"),
      },
    },
    { type: "StartedSet", at: at("16:01"), actor: { kind: "slack", user: "U1" }, data: { to: at("14:20") } },
    {
      type: "TitleChanged",
      at: at("16:02"),
      actor: { kind: "slack", user: "U1" },
      data: { from: words("title", "Payment Service Outage"), to: words("t2", "Cards fail") },
    },
  ];

  it("survives a reopening, another start, another title, another update and another resolution", () => {
    const written = wrote({ rootCause: "Retries had *no* limit.", wentWell: "# Alerts\n\n1. fired" }, [
      "wentWell",
    ]);
    const sectionsOf = (of: Material) =>
      Object.values(sectionNames).map((name) => exported(of).split(`## ${name}\n`)[1]?.split("\n## ")[0]);
    const before = reviewed(written);
    const now = material([...story(), written, ...later, resolved(at("17:00"))]);
    expect(sectionsOf(now)).toEqual(sectionsOf(before));
    expect(exported(now)).not.toBe(exported(before));
    expect(now.incident.sections).toEqual(before.incident.sections);
  });
});
