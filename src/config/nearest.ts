import { closest, distance } from "fastest-levenshtein";

/** The name that was probably meant; undefined when none is near. */
function nearest(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const same = names.find((name) => name.toLowerCase() === lower);
  if (same !== undefined || names.length === 0) return same;
  const found = closest(word, [...names]);
  return distance(lower, found.toLowerCase()) <= Math.max(1, Math.ceil(word.length * 0.4))
    ? found
    : undefined;
}

/** `; nearest: grace`, or nothing. */
export function nearestHint(word: string, names: readonly string[]): string {
  const found = nearest(word, names);
  return found === undefined ? "" : `; nearest: ${found}`;
}
