import { formatDay, formatTime, parseClock } from "../../domain/time.ts";

/** How a time stands in a field: `14:30`, or `2024-02-15 14:30` when that is not today. `parseClock` reads both. */
export function clockField(at: number, zone: string, now: number): string {
  const day = formatDay(at, zone);
  const time = formatTime(at, zone);
  return day === formatDay(now, zone) ? time : `${day} ${time}`;
}

export type ClockRead = { at: number | undefined } | { fault: string };

/**
 * What a time field says. Left as it was prefilled it means that very instant, to the millisecond, whatever day it is now.
 * @param prefilled the instant that stood there, and when the form was opened
 */
export function readClockField(
  typed: string | null,
  prefilled: { at: number | null; openedAt: number },
  { zone, now, direction }: { zone: string; now: number; direction: "past" | "future" },
): ClockRead & { untouched: boolean } {
  if (typed === null) return { at: undefined, untouched: prefilled.at === null };
  if (prefilled.at !== null && typed === clockField(prefilled.at, zone, prefilled.openedAt))
    return { at: prefilled.at, untouched: true };
  return { ...parseClock(typed, zone, now, direction), untouched: false };
}
