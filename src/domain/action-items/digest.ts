import { nextWorkingTime } from "../policy/working-hours.ts";
import type { Rules } from "../rules.ts";
import { calendarDay, startOfDay, today, written } from "./days.ts";

/** When working hours begin in the week after `at`. */
export function nextDigest(rules: Rules, at: number): number {
  const day = calendarDay(today(rules, at));
  // Weeks begin on Monday; a Monday's next one is a week later.
  const ahead = (8 - day.getUTCDay()) % 7 || 7;
  day.setUTCDate(day.getUTCDate() + ahead);
  return nextWorkingTime(rules, startOfDay(rules, written(day)));
}
