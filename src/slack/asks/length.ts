const minute = 60_000;
const longest = 24 * 60;

/** `5m`, `5 min`, `2h` as ms; null for anything else, and for what is longer than a day. */
export function lengthOf(written: string): number | null {
  const [, count = "", unit = ""] =
    /^(\d{1,4})\s*(m|min|mins|minutes?|h|hours?)$/i.exec(written.trim()) ?? [];
  const minutes = Number(count) * (unit.toLowerCase().startsWith("h") ? 60 : 1);
  return minutes >= 1 && minutes <= longest ? minutes * minute : null;
}

/** What is asked, and the length that ends it: `check the pool 5m`. */
export function askIn(line: string): { text: string; within: number | null } {
  const [, text = "", written = ""] =
    /^([\s\S]*?)\s+(?:in |within )?(\d+\s*[a-z]+)$/i.exec(line.trim()) ?? [];
  const within = lengthOf(written);
  return within === null ? { text: line.trim(), within } : { text: text.trim(), within };
}
