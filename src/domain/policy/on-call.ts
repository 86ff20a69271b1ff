import { TZDate } from "@date-fns/tz/date";
import { type RotationRules, weekdays } from "../rules.ts";

const day = 24 * 60 * 60_000;
const week = 7 * day;

/** Whoever is on duty at that instant, a user id; null where the rotation has nobody. A later override wins over an earlier one. */
export function onDuty(rotation: RotationRules, at: number): string | null {
  const override = rotation.overrides.findLast(({ from, to }) => from <= at && at < to);
  return override?.person ?? regular(rotation, at);
}

/** Who has the week when nobody stands in. */
function regular({ people, ...rotation }: RotationRules, at: number): string | null {
  if (people.length === 0) return null;
  const turn = weekOf(rotation, at) - weekOf(rotation, rotation.since);
  return people[((turn % people.length) + people.length) % people.length] ?? null;
}

/** When somebody else comes on duty, and who; null where that never happens. */
export function nextOnDuty(
  rotation: RotationRules,
  at: number,
): { at: number; person: string | null } | null {
  const now = onDuty(rotation, at);
  const weeks = Array.from({ length: rotation.people.length + 1 }, (_, index) => index + 1);
  const last = latestHandover(rotation, at);
  const changes = [
    ...weeks.map((count) => handoverIn(rotation, last, count)),
    ...rotation.overrides.flatMap(({ from, to }) => [from, to]),
  ]
    .filter((each) => each > at)
    .toSorted((one, other) => one - other);
  const next = changes.find((each) => onDuty(rotation, each) !== now);
  return next === undefined ? null : { at: next, person: onDuty(rotation, next) };
}

type Handover = Pick<RotationRules, "zone" | "handover">;

/** The day of the calendar on which the running week began, as a count of weeks: daylight saving does not change it. */
function weekOf(rotation: Handover, at: number): number {
  const began = latestHandover(rotation, at);
  return Math.round(Date.UTC(began.getFullYear(), began.getMonth(), began.getDate()) / week);
}

/** The last handover that is not in the future, as the zone's calendar has it. */
function latestHandover(rotation: Handover, at: number): TZDate {
  const today = new TZDate(at, rotation.zone);
  // Sunday is 0 there.
  const since = (today.getDay() - (weekdays.indexOf(rotation.handover.day) + 1) + 7) % 7;
  const thisWeek = onDay(rotation, today, -since);
  return thisWeek.getTime() <= at ? thisWeek : onDay(rotation, today, -since - 7);
}

const handoverIn = (rotation: Handover, last: TZDate, weeks: number): number =>
  onDay(rotation, last, weeks * 7).getTime();

/** At the handover's time of day, so many days on. A time that the clocks skip comes when they have gone forward. */
function onDay({ zone, handover }: Handover, from: TZDate, days: number): TZDate {
  const [hours = 0, minutes = 0] = handover.time.split(":").map(Number);
  return new TZDate(from.getFullYear(), from.getMonth(), from.getDate() + days, hours, minutes, zone);
}
