import { type FindingClass, suggestions } from "./classes.ts";
import { type Prose, proseOf } from "./prose.ts";
import { type Span, spansIn } from "./sentences.ts";

/** `line` and `column` count from 1. */
export interface Finding {
  line: number;
  column: number;
  class: FindingClass;
  /** The words that were found. */
  text: string;
  /** How it may be said of the system. */
  suggestion: string;
}

export interface LintOptions {
  /** Finds judgement, hindsight and single causes as well. */
  strict?: boolean;
  /** Names of people, besides those that English knows and those that stand after an `@`. */
  people?: readonly string[];
}

/** Finds blame in a post-mortem or an update, in markdown; in the order of the text. It changes nothing. */
export function lint(markdown: string, { strict = false, people = [] }: LintOptions = {}): Finding[] {
  const handles = [...markdown.matchAll(/(?<![\w.])@([\p{L}][\p{L}\p{N}._-]*)/gu)].map(
    ([, name = ""]) => name,
  );
  const names = [...people, ...handles].filter((name) => name.length > 1);
  const starts = lineStarts(markdown);
  return proseOf(markdown)
    .flatMap((prose) =>
      outermost(spansIn(prose.text, { strict, people: names })).map((span) =>
        findingAt(prose, span, markdown, starts),
      ),
    )
    .toSorted((one, other) => one.line - other.line || one.column - other.column);
}

/** Several patterns may find the same words: the longest span of a class stays. */
function outermost(spans: Span[]): Span[] {
  const isInside = (one: Span, other: Span) =>
    one !== other &&
    one.class === other.class &&
    one.start >= other.start &&
    one.end <= other.end &&
    (one.end - one.start < other.end - other.start || spans.indexOf(one) > spans.indexOf(other));
  return spans.filter((span) => !spans.some((other) => isInside(span, other)));
}

function findingAt({ text, at }: Prose, span: Span, source: string, starts: readonly number[]): Finding {
  const from = at[span.start] ?? 0;
  const to = (at[span.end - 1] ?? from) + 1;
  const line = starts.findLastIndex((start) => start <= from);
  return {
    line: line + 1,
    column: from - (starts[line] ?? 0) + 1,
    class: span.class,
    text: source.slice(from, to).replaceAll(/\s+/g, " ") || text.slice(span.start, span.end),
    suggestion: suggestions[span.class],
  };
}

const lineStarts = (source: string): number[] => [
  0,
  ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1),
];
