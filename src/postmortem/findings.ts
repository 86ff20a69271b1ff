import type { FiledSection } from "./import.ts";
import { type Finding, lint } from "./lint/lint.ts";

/** A name that people write is often only part of the one that Slack shows. */
export const namesToFind = (names: Iterable<string>): string[] => [
  ...new Set([...names].flatMap((name) => [name, ...name.split(/\s+/).filter((part) => part.length > 2)])),
];

/** Where sections of a file blame people, in lines of the file. */
export const findingsInFile = (sections: readonly FiledSection[], people: readonly string[]): Finding[] =>
  sections.flatMap((section) =>
    lint(section.text, { people }).map((found) => ({ ...found, line: found.line + section.line - 1 })),
  );
