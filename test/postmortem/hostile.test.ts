import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { describe, expect, it } from "vitest";
import { type WrittenSection, writtenSections } from "../../src/domain/vocab.ts";
import { words } from "../../src/domain/words.ts";
import { buildPostmortem } from "../../src/postmortem/build.ts";
import { hostile } from "./hostile-text.ts";
import { at, declared, logged, material, outage, published, resolved, said } from "./story.ts";

const materialOf = (
  [title, impact, entry, message, fix, section, name, file]: string[],
  markdown: WrittenSection[] = [],
) =>
  material(
    [
      declared(at("14:36"), title),
      logged(at("14:38"), at("14:30"), entry ?? ""),
      published(at("14:40"), {
        lines: {
          status: "IDENTIFIED",
          impact: words("i", impact ?? ""),
          started: { at: at("14:30"), assumed: false },
          currentAction: words("a", entry ?? ""),
          nextUpdate: null,
        },
        template: `{status}\n${impact}\n{impact}\n{currentAction}`,
      }),
      resolved(at("14:55"), { fix: words("f", fix ?? "") }),
      {
        type: "SectionsWritten",
        at: at("15:00"),
        actor: { kind: "slack", user: "U1" },
        data: {
          sections: {
            rootCause: words("r", section ?? ""),
            wentWell: words("w", message ?? ""),
            toImprove: words("t", title ?? ""),
          },
          markdown,
        },
      },
    ],
    [said(at("14:41"), message ?? "", { files: [file ?? ""] })],
    { people: new Map([["U1", { name: name ?? "" }]]) },
  );

const headings = (markdown: string) =>
  fromMarkdown(markdown)
    .children.filter((node) => node.type === "heading")
    .map((node) => [node.depth, node.depth === 1 ? "title" : textOf(node)]);

const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";

const typesIn = (node: Nodes): string[] => [
  node.type,
  ...("children" in node ? node.children.flatMap(typesIn) : []),
];

const wanted = headings(buildPostmortem(outage()).markdown);
const anybodysWords = fc.array(hostile, { minLength: 8, maxLength: 8 });
/** Of sections that came from files: their own headings are of the third level and below. */
const fromFiles = (texts: string[]) => materialOf(texts, [...writtenSections]);
const greatHeadings = (markdown: string) => headings(markdown).filter(([depth]) => Number(depth) < 3);

describe("whatever people write", () => {
  it("leaves the document its headings, in their order", () => {
    expect(wanted).toHaveLength(13);
    fc.assert(
      fc.property(anybodysWords, (texts) => {
        expect(headings(buildPostmortem(materialOf(texts)).markdown)).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(anybodysWords, (texts) => {
        expect(greatHeadings(buildPostmortem(fromFiles(texts)).markdown)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it("brings in no HTML, no image, no reference and no rule", () => {
    fc.assert(
      fc.property(anybodysWords, (texts) => {
        for (const material of [materialOf(texts), fromFiles(texts)]) {
          const found = new Set(typesIn(fromMarkdown(buildPostmortem(material).markdown)));
          for (const kind of ["html", "image", "definition", "linkReference", "thematicBreak"])
            expect(found).not.toContain(kind);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leads only to pages and mailboxes", () => {
    const linksIn = (node: Nodes): string[] => [
      ...(node.type === "link" ? [node.url] : []),
      ...("children" in node ? node.children.flatMap(linksIn) : []),
    ];
    fc.assert(
      fc.property(anybodysWords, (texts) => {
        for (const material of [materialOf(texts), fromFiles(texts)]) {
          const { markdown } = buildPostmortem(material);
          for (const url of linksIn(fromMarkdown(markdown, { mdastExtensions: gfmFromMarkdown() })))
            expect(url).toMatch(/^(?:https?:|mailto:)/i);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives the same bytes for the same record", () => {
    fc.assert(
      fc.property(anybodysWords, (texts) => {
        expect(buildPostmortem(materialOf(texts))).toEqual(buildPostmortem(materialOf(texts)));
      }),
      { numRuns: 50 },
    );
  });

  it("is written out at a length no message reaches", () => {
    const long = "*_~`<".repeat(8000) + " *a".repeat(8000);
    const { markdown } = buildPostmortem(materialOf(["t", "i", "e", long, "f", "s", "n", "f"]));
    expect(markdown.split("\n").filter((line) => /^##? /.test(line))).toHaveLength(wanted.length);
  });
});
