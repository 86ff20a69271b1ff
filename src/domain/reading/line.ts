import { severities, type Severity } from "../vocab.ts";

/** What stands between the quotes of a regular expression's class. Composers turn straight quotes into curly ones. */
export const doubleQuotes = `"\u201C\u201D\u201E\u201F\u00AB\u00BB`;
const singleQuotes = `'\u2018\u2019\u201A\u201B`;
const quotedPatterns = [doubleQuotes, singleQuotes].map(
  (quote) => new RegExp(`^[${quote}]([^${quote}]+)[${quote}]$`),
);

/** A line's first word, and the rest of it. */
export function cut(line: string): [string, string] {
  const [, word = "", rest = ""] = /^(\S*)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
  return [word, rest.trim()];
}

/** A word without its case and the marks at its end. */
export const bare = (word: string): string => word.toLowerCase().replace(/[.,:;!?]+$/, "");

export function unquoted(text: string): string {
  const inside = quotedPatterns.map((pattern) => pattern.exec(text)?.[1]).find((each) => each !== undefined);
  return inside?.trim() ?? text;
}

export const severityOf = (name: string): Severity | null => severities.find((each) => each === name) ?? null;
