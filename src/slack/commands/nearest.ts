import { bare, cut } from "../../domain/reading/line.ts";
import { slips } from "./slips.ts";
import { commandForStatus } from "./stage-words.ts";
import { type Verb, verbOf } from "./vocabulary.ts";

/** The command that opens a line, with what follows it. `post mortem` and `on-call` are one word cut in two. */
export function commandOf(word: string, rest: string): { verb: Verb; more: string } | null {
  const [second, more] = cut(rest);
  const joined = verbOf.get(bare(word) + bare(second));
  if (joined !== undefined && second !== "") return { verb: joined, more };
  const verb = verbOf.get(bare(word)) ?? verbOf.get(bare(word).replaceAll(/[-\u2010-\u2015\u2212_]/g, ""));
  return verb === undefined ? null : { verb, more: rest };
}

/**
 * The command that a word may have been meant as, as it is typed: spelt most alike, begun or carried on (`acknowledge`), or
 * the name of a status. In a sentence the first word is more likely a word than a slip, so it has to be closer.
 */
export function nearestTo(word: string, inSentence: boolean): string | null {
  const stage = commandForStatus(word);
  if (stage !== null) return stage;
  const allowed = inSentence ? (word.length >= 6 ? 2 : word.length >= 4 ? 1 : 0) : word.length >= 4 ? 2 : 1;
  const known = [...verbOf.keys()];
  const near = known
    .map((each) => ({ each, apart: slips(word, each) }))
    .filter(({ apart }) => apart <= allowed)
    .toSorted((one, other) => one.apart - other.apart)[0];
  return near?.each ?? (inSentence ? null : (known.find((each) => isBegun(word, each)) ?? null));
}

/** At least three letters: shorter ones begin too much. */
const isBegun = (word: string, known: string): boolean =>
  (word.length >= 3 && known.startsWith(word)) || (known.length >= 3 && word.startsWith(known));
