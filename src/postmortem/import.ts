import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { type Incident, reference } from "../domain/incident.ts";
import { sectionNames, type WrittenSection, writtenSections } from "../domain/vocab.ts";
import { isBlank, legible, unescapeText } from "../domain/words.ts";
import { buildPostmortem } from "./build.ts";
import type { Material } from "./material.ts";

/** A section as a file has it. */
export interface FiledSection {
  name: WrittenSection;
  /** Markdown, without the heading. */
  text: string;
  /** In the file, from 1. */
  line: number;
}

/** What a file brings, beside what stands recorded. */
export interface Import {
  /** Those that differ from what is recorded. */
  taken: FiledSection[];
  /** Those that stand as they were, in the document's order. */
  unchanged: WrittenSection[];
  /** What was left out and why, in words: `Timeline (written by Sitrep from the record)`. */
  ignored: string[];
}

export type ReadFile = Import | { fault: string };

/** Characters; a longer one would make every export slow. */
const longestSection = 100_000;
const deepestNesting = 60;

/**
 * Reads a file that somebody edited: the exported document, of which the written sections are taken by their headings, or
 * with `only` the text of that one section. Nothing that is recorded is ever emptied by it.
 */
export function readImport(source: string, material: Material, only?: WrittenSection): ReadFile {
  const written = legible(source);
  if (isBlank(written)) return { fault: "The file is empty, so nothing was changed." };
  const fault = faultIn(written) ?? (only ? null : anotherIncident(written, material.incident));
  if (fault !== null) return { fault };
  return compared(only ? [wholeAs(only, written)] : partsOf(written), written, material);
}

/** A slip that would put one incident's words, perhaps a private one's, into another's document. */
function anotherIncident(source: string, incident: Incident): string | null {
  const named = /^[-*] \*\*Incident:\*\* (INC-\d+)\b/im.exec(source.split(/^##[ \t]/m, 1)[0] ?? "")?.[1];
  if (named === undefined || same(named, reference(incident))) return null;
  return `This is the post-mortem of ${named}, not of ${reference(incident)}, so nothing was changed.`;
}

/** A part of the file under a heading of the second level. */
interface Part {
  heading: string;
  text: string;
  line: number;
}

const wholeAs = (name: WrittenSection, text: string): Part => ({
  heading: sectionNames[name],
  text: text.trim(),
  line: 1,
});

function partsOf(source: string): Part[] {
  const { children } = fromMarkdown(source);
  const headings = children.filter((node) => node.type === "heading" && node.depth <= 2);
  return headings.map((node, index) => {
    const from = node.position?.end.offset ?? 0;
    const to = headings[index + 1]?.position?.start.offset ?? source.length;
    const body = source.slice(from, to);
    const before = body.length - body.trimStart().length;
    return {
      heading: toString(node).trim(),
      text: body.trim(),
      line: lineOf(source, from + before),
    };
  });
}

const lineOf = (source: string, offset: number): number => source.slice(0, offset).split("\n").length;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const sectionOf = (heading: string): WrittenSection | undefined =>
  writtenSections.find((name) => same(sectionNames[name], heading));

function compared(parts: readonly Part[], source: string, material: Material): ReadFile {
  const found = parts.flatMap((part) => {
    const name = sectionOf(part.heading);
    return name ? [{ ...part, name }] : [];
  });
  const twice = found.find(({ name }, index) => found.findIndex((each) => each.name === name) < index);
  if (twice)
    return {
      fault: `“${twice.heading}” stands in the file twice, so nothing was changed. Keep one of them.`,
    };
  if (found.length === 0) return { fault: noSections(source) };
  const long = found.find(({ text }) => text.length > longestSection);
  if (long)
    return {
      fault: `${long.heading} has ${long.text.length} characters; at most ${longestSection} are taken. Nothing was changed.`,
    };
  const swallowed = found.flatMap(({ heading, text }) =>
    swallowedIn(text, parts).map((line) => ({ heading, line })),
  )[0];
  if (swallowed)
    return {
      fault: `“${swallowed.line}” stands within ${swallowed.heading}, as if a code block or a comment before it were never closed. Nothing was changed.`,
    };
  const { incident } = material;
  const exported = new Map(
    partsOf(buildPostmortem(material).markdown).map(({ heading, text }) => [heading, text]),
  );
  const result: Import = {
    taken: [],
    unchanged: [],
    ignored: parts.filter(({ heading }) => !sectionOf(heading)).flatMap(({ heading }) => asIgnored(heading)),
  };
  for (const { name, text, line } of found) {
    const isSame = text === exported.get(sectionNames[name]) || text === standing(incident, name);
    if (isSame) result.unchanged.push(name);
    else if (isBlank(text) || text === "_To be written_") {
      if (incident.sections[name])
        result.ignored.push(`${sectionNames[name]} (empty in the file; kept as it stands)`);
      else result.unchanged.push(name);
    } else result.taken.push({ name, text, line });
  }
  return result;
}

/** What was taken from an earlier file, as it stood there. */
function standing({ sections }: Incident, name: WrittenSection): string | undefined {
  const section = sections[name];
  return section?.markdown && section.text.body !== null ? unescapeText(section.text.body).trim() : undefined;
}

/** Headings of the document that Sitrep fills itself. */
const generated: ReadonlySet<string> = new Set([
  "summary",
  "timeline",
  "impact",
  "action items",
  "response times",
  "updates sent",
  "escalations",
  "participants",
]);

const fromRecord = "written by Sitrep from the record";

/** Headings of the document that are none, and that it has nowhere else. */
const swallowedIn = (text: string, parts: readonly Part[]): string[] =>
  [...text.matchAll(/^ {0,3}##?[ \t]+(.*?)[ \t]*$/gm)]
    .filter(([, name = ""]) => {
      const isKnown = sectionOf(name) !== undefined || generated.has(name.toLowerCase());
      return isKnown && !parts.some(({ heading }) => same(heading, name));
    })
    .map(([line]) => line.trim());

function asIgnored(heading: string): string[] {
  if (/^(?:DRILL · )?Post-Mortem:/i.test(heading)) return [];
  const why = generated.has(heading.toLowerCase()) ? fromRecord : "no section that people write";
  return [`${heading === "" ? "a heading without words" : heading} (${why})`];
}

const noSections = (source: string): string => {
  const names = writtenSections.map((name) => `## ${sectionNames[name]}`).join(", ");
  const what = /^#/m.test(source) ? "None of its headings is one of" : "It has no headings such as";
  return `${what} ${names}. Say which section the whole file is, or add its heading. Nothing was changed.`;
};

/** What reading it again with every export must not meet. */
function faultIn(source: string): string | null {
  const tooDeep = "It nests lists, quotations or styles too deeply, so nothing was changed.";
  // Parsing these takes the square of their number.
  if (/^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)]))(?:[ \t]*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s))){60}/m.test(source))
    return tooDeep;
  let level: Nodes[] = [fromMarkdown(source)];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestNesting) return tooDeep;
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  }
  return null;
}

/** `INC-42: Root Cause and What Went Well were taken.` and the rest, a sentence each. */
export function importInWords(incident: Incident, { taken, unchanged, ignored }: Import): string[] {
  const names = (all: readonly WrittenSection[]): string => listed(all.map((name) => sectionNames[name]));
  const name = reference(incident);
  return [
    taken.length === 0
      ? `Nothing was changed: every section of ${name} stands as it is in the file.`
      : `Taken into the post-mortem of ${name}: ${names(taken.map((each) => each.name))}.`,
    ...(taken.length > 0 && unchanged.length > 0 ? [`As they were: ${names(unchanged)}.`] : []),
    ...(ignored.length > 0 ? [`Ignored: ${ignoredInWords(ignored)}.`] : []),
  ];
}

/** The parts that Sitrep writes share one reason, which is said once. */
function ignoredInWords(ignored: readonly string[]): string {
  const own = ` (${fromRecord})`;
  const shared = ignored.filter((each) => each.endsWith(own)).map((each) => each.slice(0, -own.length));
  const others = ignored.filter((each) => !each.endsWith(own));
  return [...others, ...(shared.length > 0 ? [`${listed(shared)}${own}`] : [])].join(", ");
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
