import { TZDate } from "@date-fns/tz/date";
import { tzOffset } from "@date-fns/tz/tzOffset";
import { format } from "date-fns/format";
import { startOfDay } from "date-fns/startOfDay";

/** Instants and lengths are in milliseconds; zones are IANA names. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const inZone = (at: number, zone: string) => new TZDate(at, zone);

/** `UTC`, `UTC+7`, `UTC-3:30`: the zone's offset at that instant. */
export function formatOffset(at: number, zone: string): string {
  const offset = tzOffset(zone, inZone(at, zone));
  if (offset === 0) return "UTC";
  const whole = Math.floor(Math.abs(offset) / 60);
  const rest = Math.abs(offset) % 60;
  const minutes = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  return `UTC${offset < 0 ? "-" : "+"}${whole}${minutes}`;
}

/** `2024-02-15`, the day in the zone. */
export const formatDay = (at: number, zone: string): string => format(inZone(at, zone), "yyyy-MM-dd");

/** `14:30`, without zone. */
export const formatTime = (at: number, zone: string): string => format(inZone(at, zone), "HH:mm");

/** `14:30 UTC`, or `2024-02-15 14:30 UTC` when that is not today. */
export function formatClock(at: number, zone: string, now: number): string {
  const date = formatDay(at, zone);
  const time = `${formatTime(at, zone)} ${formatOffset(at, zone)}`;
  return date === formatDay(now, zone) ? time : `${date} ${time}`;
}

/** `22 minutes`, `1 hour 5 minutes`, `2 days 3 hours`: exact to the minute over days and daylight-saving changes. */
export function formatDuration(ms: number): string {
  const units: [number, string][] = [
    [Math.floor(ms / day), "day"],
    [Math.floor((ms % day) / hour), "hour"],
    [Math.floor((ms % hour) / minute), "minute"],
  ];
  const parts = units
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return parts.length > 0 ? parts.join(" ") : "less than a minute";
}

/** `12 min`, `3 h 5 min`: for the side of a line. */
export function formatShortDuration(ms: number): string {
  const minutes = Math.floor(ms / minute);
  if (minutes === 0) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

export type ClockTime = { at: number } | { fault: string };

/** `UTC`, `Z`, `UTC+7` or `UTC-3:30`, as times are printed. */
const offsetPattern = /(?:UTC|Z)(?:([+-\u2212])(\d{1,2})(?::(\d{2}))?)?/;
const clockPattern = new RegExp(
  `^(?:(\\d{4})-(\\d{2})-(\\d{2})[ T])?(\\d{1,2}):(\\d{2})(?:\\s*(${offsetPattern.source}))?$`,
  "i",
);

/** How far a time lies away: `20m` or `in 1 hour` of one to come, `20 min ago` of one that has been. */
const awayPatterns = {
  future: /^(?:in\s+)?(\d{1,3})\s*(?:m|mins?|minutes?|(h|hours?))$/i,
  past: /^(\d{1,3})\s*(?:m|mins?|minutes?|(h|hours?))\s+ago$/i,
};

/** The zone that was written beside a time, as an offset such as `+07:00`; undefined where none was, or none so far away. */
function writtenZone(written: string): string | undefined {
  const [, sign = "+", hours = "0", minutes = "0"] = new RegExp(offsetPattern, "i").exec(written) ?? [];
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return `${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}`;
}

/**
 * `14:30`, `14:30 UTC+7` or `2024-02-15 14:30`, in the zone unless one is written. A bare time is the latest such one that is not in the future (`past`), or the
 * earliest such one after now (`future`). `20m` and `20m ago` count from now.
 */
export function parseClock(text: string, own: string, now: number, direction: "past" | "future"): ClockTime {
  const away = awayPatterns[direction].exec(text.trim());
  if (away) {
    const length = Number(away[1]) * (away[2] === undefined ? minute : hour);
    return { at: direction === "past" ? now - length : now + length };
  }
  const match = clockPattern.exec(text.trim());
  const far = direction === "past" ? "20m ago" : "20m";
  if (!match) return { fault: `“${text.trim()}” is no time: write 14:30, 2024-02-15 14:30 or ${far}` };
  const zone = match[6] === undefined ? own : writtenZone(match[6]);
  if (zone === undefined) return { fault: `“${match[6]}” is no zone: write UTC, UTC+7 or UTC-3:30` };
  // Parts that were not written are NaN, of which no comparison is true.
  const [year = NaN, month = NaN, date = NaN, hours = NaN, minutes = NaN] = match.slice(1, 6).map(Number);
  if (hours > 23 || minutes > 59)
    return { fault: `“${text.trim()}” is no time of day: hours go to 23, minutes to 59` };
  if (!Number.isNaN(year)) {
    const dayOf = new TZDate(year, month - 1, date, zone);
    if (dayOf.getMonth() !== month - 1 || dayOf.getDate() !== date)
      return { fault: `“${text.trim()}” is no day of the calendar` };
    return { at: new TZDate(year, month - 1, date, hours, minutes, zone).getTime() };
  }
  const today = startOfDay(inZone(now, zone));
  const onDay = (offset: number) =>
    new TZDate(
      today.getFullYear(),
      today.getMonth(),
      today.getDate() + offset,
      hours,
      minutes,
      zone,
    ).getTime();
  for (let days = 0; ; days += direction === "past" ? -1 : 1) {
    const twins = sameReading(onDay(days), zone);
    const fit = direction === "past" ? twins.findLast((at) => at <= now) : twins.find((at) => at > now);
    if (fit !== undefined) return { at: fit };
  }
}

/** The instants that the zone's clock reads alike: two in the hour that comes again when clocks go back, by 30 minutes or an hour. */
function sameReading(at: number, zone: string): number[] {
  const reading = (instant: number) => `${formatDay(instant, zone)} ${formatTime(instant, zone)}`;
  return [-hour, -hour / 2, 0, hour / 2, hour]
    .map((shift) => at + shift)
    .filter((each) => reading(each) === reading(at));
}

/** Slack's `ts` (`"1700000000.000100"`) as an instant. It is split as a string: as a float it loses its last digits. */
export function instantOfTs(ts: string): number {
  const [seconds = "0", fraction = "0"] = ts.split(".");
  return Number(seconds) * 1000 + Math.floor(Number(fraction.padEnd(6, "0").slice(0, 6)) / 1000);
}

export const sameMinute = (one: number, other: number): boolean =>
  Math.floor(one / minute) === Math.floor(other / minute);
