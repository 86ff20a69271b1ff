import { unquoted } from "./line.ts";

/** What follows `log`: the time that opens it, for `parseClock` to read, and the text. */
export function readLogLine(written: string): { time: string | null; text: string } {
  const rest = unquoted(written);
  // People paste times as they are printed, with the zone.
  const timed =
    /^((?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}:\d{2}(?:\s*UTC(?:[+-]\d{1,2}(?::\d{2})?)?(?![\w+-]))?)(?:[,:]?\s+|$)([\s\S]*)$/i.exec(
      rest,
    ) ?? /^(\d{1,3}\s*(?:m|mins?|minutes?|h|hours?)\s+ago)(?:[,:]?\s+|$)([\s\S]*)$/i.exec(rest);
  const [, time = null, text = rest] = timed ?? [];
  return { time, text: unquoted(text.trim()) };
}
