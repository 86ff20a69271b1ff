import { TZDate } from "@date-fns/tz/date";
import type { Rules } from "../rules.ts";
import { type Weekday, weekdays } from "../rules.ts";

type Hours = Pick<Rules, "timezone" | "workingHours">;

const day = 24 * 60 * 60_000;

/**
 * The earliest instant from `at` on that lies in the configured working hours; `at` itself when it does. Hours that end before
 * they begin go over midnight. Where no day is a working day, nobody waits.
 */
export function nextWorkingTime({ timezone, workingHours }: Hours, at: number): number {
  const [fromHour = 0, fromMinute = 0] = workingHours.from.split(":").map(Number);
  const [toHour = 0, toMinute = 0] = workingHours.to.split(":").map(Number);
  const isOverNight = toHour * 60 + toMinute <= fromHour * 60 + fromMinute;
  // From yesterday, whose hours may go over midnight, to the same weekday next week.
  for (let offset = -1; offset <= 8; offset++) {
    const begin = onDay(at, timezone, offset, fromHour, fromMinute);
    if (!workingHours.days.includes(weekdayOf(begin))) continue;
    const end = onDay(at, timezone, offset + (isOverNight ? 1 : 0), toHour, toMinute);
    if (at < end.getTime()) return Math.max(at, begin.getTime());
  }
  return at;
}

/** `length` later, its whole days counted as working days, at the same time of day. */
export function afterWorkingDays({ timezone, workingHours }: Hours, at: number, length: number): number {
  if (workingHours.days.length === 0) return at + length;
  const { hours, minutes, seconds, ms } = timeOfDay(at, timezone);
  let offset = 0;
  for (let left = Math.floor(length / day); left > 0;) {
    offset++;
    // Noon: no clock is ever changed then.
    if (workingHours.days.includes(weekdayOf(onDay(at, timezone, offset, 12, 0)))) left--;
  }
  const sameTime = onDay(at, timezone, offset, hours, minutes).getTime() + seconds * 1000 + ms;
  return (offset === 0 ? at : sameTime) + (length % day);
}

function onDay(at: number, zone: string, offset: number, hours: number, minutes: number): TZDate {
  const today = new TZDate(at, zone);
  return new TZDate(today.getFullYear(), today.getMonth(), today.getDate() + offset, hours, minutes, zone);
}

function timeOfDay(at: number, zone: string) {
  const date = new TZDate(at, zone);
  return {
    hours: date.getHours(),
    minutes: date.getMinutes(),
    seconds: date.getSeconds(),
    ms: date.getMilliseconds(),
  };
}

/** JavaScript's weeks begin on Sunday, ours on Monday. */
const weekdayOf = (date: TZDate): Weekday => weekdays[(date.getDay() + 6) % 7] ?? "mon";
