import type { Severity } from "../../domain/vocab.ts";
import { type Flags, flagOf, flagsIn, isUnknownFlag, outerFlags, withoutFlags, written } from "./flags.ts";
import { openingSeverity } from "../../domain/reading/opening-severity.ts";
import { doubleQuotes, unquoted } from "../../domain/reading/line.ts";
import type { Verb } from "./vocabulary.ts";

export type DeclareLine = { kind: "declare"; severity: Severity | null; title: string } & Flags;

/** Carries out nothing: `sentence` is what is wrong. `instead`, a line that may have been meant. */
export interface Unclear {
  kind: "unclear";
  verb: Verb;
  sentence: string;
  instead: string | null;
  /** True: `instead` is what was most likely meant, not only a way out. */
  isMeant?: true;
}

/** What follows `declare`. In quotes a title keeps whatever looks like a flag. */
export function parseDeclare(rest: string): DeclareLine | Unclear {
  const outer = outerFlags(rest);
  const opened = openingSeverity(outer.inner);
  if ("fault" in opened) return unclear(opened.fault, null);
  const { severity } = opened;
  const { flags, inner } = outerFlags(opened.rest);
  const quoted = unquoted(inner);
  if (quoted !== inner) return { kind: "declare", severity, title: quoted, ...outer.flags, ...flags };
  const line = { kind: "declare" as const, severity, ...outer.flags, ...flags, ...flagsIn(inner) };
  const title = withoutFlags(inner);
  const unknown = title.split(/\s+/).find(isUnknownFlag);
  return unknown === undefined ? { ...line, title } : unknownFlag(unknown, { ...line, title });
}

const unclear = (sentence: string, instead: string | null): Unclear => ({
  kind: "unclear",
  verb: "declare",
  sentence,
  instead,
});

/** Whoever mistypes `--private` must not get a public incident: nothing is declared, and the title in quotes is offered. */
function unknownFlag(word: string, line: DeclareLine): Unclear {
  const isTitle = line.title.split(/\s+/).some((each) => each !== "" && flagOf(each) === null);
  return unclear(
    `“${flagOf(word)}” is no flag that I know, so nothing was declared.`,
    isTitle ? declareLine(line) : null,
  );
}

/** The line that says so, with its title in quotes. */
export function declareLine({ severity, title, ...flags }: Omit<DeclareLine, "kind">): string {
  const safe = title.replaceAll(new RegExp(`[${doubleQuotes}]`, "g"), "'");
  return ["declare", ...written(flags), ...(severity ? [severity] : []), `"${safe}"`].join(" ");
}
