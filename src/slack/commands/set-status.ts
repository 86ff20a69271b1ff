import { liveStatuses, type LiveStatus } from "../../domain/vocab.ts";

/** What a word after `status` asks for. */
export type StatusWord = { set: LiveStatus } | { lead: "resolve" } | { unknown: true };

const ended = new Set(["fixed", "resolved", "resolve"]);

/** No word skips the questions of resolving. */
export function readStatusWord(words: string): StatusWord {
  const word = words
    .trim()
    .toUpperCase()
    .replace(/[.!,]+$/, "");
  if (ended.has(word.toLowerCase())) return { lead: "resolve" };
  // Mitigated is not solved: it is watched.
  const set = word === "MITIGATED" ? "MONITORING" : liveStatuses.find((each) => each === word);
  return set ? { set } : { unknown: true };
}
