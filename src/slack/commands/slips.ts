import { distance } from "fastest-levenshtein";

/** Swapped letters are one slip, not the two changes that Levenshtein counts. */
export const slips = (word: string, known: string): number =>
  word !== known && sorted(word) === sorted(known) ? 1 : distance(word, known);

const sorted = (word: string): string => word.split("").toSorted().join("");
