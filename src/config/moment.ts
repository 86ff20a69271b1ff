import { TZDate } from "@date-fns/tz/date";

export const aMoment = "a day or a time such as 2024-02-15 or 2024-02-15 18:00, in the zone of the rotation";

/** A day, with a time of day and an offset where they were written. */
export interface Moment {
  day: [year: number, month: number, day: number];
  time?: [hours: number, minutes: number];
  /** Milliseconds east of UTC; without it the zone of the rotation counts. */
  offset?: number;
}

/** `2024-02-15`, `2024-02-15 18:00`, `2024-02-15T18:00+07:00`; undefined for what is none or no day of the calendar. */
export function momentOf(text: string): Moment | undefined {
  const pattern =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](?:([01]\d|2[0-3]):([0-5]\d)(?::00)?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;
  const [all, year, month, date, hours, minutes, zone] = pattern.exec(text.trim()) ?? [];
  if (all === undefined) return undefined;
  const day: Moment["day"] = [Number(year), Number(month), Number(date)];
  const there = new TZDate(day[0], day[1] - 1, day[2], "UTC");
  if (there.getMonth() + 1 !== day[1] || there.getDate() !== day[2]) return undefined;
  return {
    day,
    ...(hours !== undefined && { time: [Number(hours), Number(minutes)] }),
    ...(zone !== undefined && { offset: offsetOf(zone) }),
  };
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const length = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -length : length;
}

/** A day without a time begins at `otherwise`, midnight unless given. */
export function instantOf(
  { day: [year, month, day], time, offset }: Moment,
  zone: string,
  otherwise: Moment["time"] = [0, 0],
): number {
  const [hours, minutes] = time ?? otherwise;
  if (offset !== undefined) return Date.UTC(year, month - 1, day, hours, minutes) - offset;
  return new TZDate(year, month - 1, day, hours, minutes, zone).getTime();
}
