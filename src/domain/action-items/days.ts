import { TZDate } from "@date-fns/tz/date";
import { nextWorkingTime } from "../policy/working-hours.ts";
import type { Rules } from "../rules.ts";
import { formatDay } from "../time.ts";

/** Days are written `2024-02-20`, in the configured zone. */

export const today = ({ timezone }: Pick<Rules, "timezone">, at: number): string => formatDay(at, timezone);

export function startOfDay({ timezone }: Pick<Rules, "timezone">, day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new TZDate(year, month - 1, date, timezone).getTime();
}

/** On the day, in working hours; on the next working day where it is none. */
export const reminderOn = (rules: Rules, day: string, at: number): number =>
  nextWorkingTime(rules, Math.max(at, startOfDay(rules, day)));

const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** A calendar day without a zone, so that counting meets no change of clocks. */
export function calendarDay(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date));
}

export const written = (date: Date): string => date.toISOString().slice(0, 10);

/** `Friday 2024-02-23` */
export const dayName = (day: string): string => `${weekdayNames[calendarDay(day).getUTCDay()]} ${day}`;
