// Composers turn `--` into one long dash.
export const dashes = /^[-\u2010-\u2015\u2212]+/;

/** `--private` for a word that starts with a dash of any kind; null for others and for a dash alone. */
export function flagOf(word: string): string | null {
  const rest = word.replace(dashes, "");
  if (rest === word || rest === "") return null;
  return `${rest.length === 1 ? "-" : "--"}${rest.toLowerCase()}`;
}

const marks = ["private", "drill", "here"] as const;
/** What the flags of `declare` ask for. */
export type Flags = Partial<Record<(typeof marks)[number], true>>;

const markOf = (word: string): (typeof marks)[number] | undefined => {
  const flag = flagOf(word)?.replace(/[.,:;!?]+$/, "");
  return marks.find((mark) => flag === `--${mark}`);
};

/** A flag that asks for nothing that there is. */
export const isUnknownFlag = (word: string): boolean => flagOf(word) !== null && markOf(word) === undefined;

export const flagsIn = (line: string): Flags =>
  Object.fromEntries(
    line.split(/\s+/).flatMap((word) => {
      const mark = markOf(word);
      return mark ? [[mark, true]] : [];
    }),
  );

/** As they are written. */
export const written = (flags: Flags): string[] =>
  marks.filter((mark) => flags[mark]).map((mark) => `--${mark}`);

/** A line without its flags, which may stand anywhere in it. */
export function withoutFlags(line: string): string {
  const kept = line.replaceAll(/(\s*)(\S+)/g, (all, _space, word: string) => (markOf(word) ? "" : all));
  return kept.trim();
}

/** The flags before and after what stands between, where a title in quotes keeps what looks like one. */
export function outerFlags(line: string): { flags: Flags; inner: string } {
  let inner = line.trim();
  let flags: Flags = {};
  for (;;) {
    const [first = ""] = /^\S+/.exec(inner) ?? [];
    const [last = ""] = /\S+$/.exec(inner) ?? [];
    const word = [first, last].find((each) => markOf(each));
    if (word === undefined) return { flags, inner };
    flags = { ...flags, ...flagsIn(word) };
    inner = (word === first ? inner.slice(word.length) : inner.slice(0, -word.length)).trim();
  }
}
