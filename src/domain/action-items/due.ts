import { type Rules, weekdays } from "../rules.ts";
import { calendarDay, written } from "./days.ts";

/** What a line such as `add a circuit breaker @alice fri` says. */
export interface ItemLine {
  text: string;
  /** A user id. */
  owner: string | null;
  /** A day. */
  due: string | null;
}

const names =
  "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
/** Only what stands at the very end, so that no title is eaten. */
const duePattern = new RegExp(
  `(?:^|\\s)(?:(?:due|by|on|until|this|next)\\s+)?(?:(today)|(tomorrow)|(${names})|in\\s+(\\d{1,3})\\s+(days?|weeks?)|(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})/(\\d{1,2}))[.,]?$`,
  "i",
);
const ownerPattern = /(?:^|\s)(?:owner:?\s*)?<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>[.,]?$/;

interface EndDay {
  day: string;
  /** Where it begins. */
  index: number;
}

/** The owner and the day stand behind the text, in either order. */
export function readItemLine(line: string, order: Rules["dateOrder"], today: string): ItemLine {
  let text = line.trim();
  let owner: string | null = null;
  let due: string | null = null;
  for (;;) {
    const person: RegExpExecArray | null = owner === null ? ownerPattern.exec(text) : null;
    if (person && person.index > 0) {
      owner = person[1] ?? null;
      text = text.slice(0, person.index).trim();
      continue;
    }
    const day: EndDay | null = due === null ? dayIn(text, order, today) : null;
    if (!day || day.index === 0) return { text, owner, due };
    ({ day: due } = day);
    text = text.slice(0, day.index).trim();
  }
}

/** The day that a text ends with; null: it ends with none. */
function dayIn(text: string, order: Rules["dateOrder"], today: string): EndDay | null {
  const match = duePattern.exec(text);
  if (!match) return null;
  const [, now, tomorrow, weekday, count, unit, year, month, date, first, second] = match;
  const day = (): string | null => {
    if (now !== undefined) return today;
    if (tomorrow !== undefined) return later(today, 1);
    if (weekday !== undefined) return nextWeekday(weekday, today);
    if (count !== undefined) return later(today, Number(count) * (unit?.startsWith("week") ? 7 : 1));
    if (year !== undefined) return existing(Number(year), Number(month), Number(date));
    return nextDate(Number(first), Number(second), order, today);
  };
  const found = day();
  return found === null ? null : { day: found, index: match.index };
}

function later(today: string, days: number): string {
  const date = calendarDay(today);
  date.setUTCDate(date.getUTCDate() + days);
  return written(date);
}

/** Today's name means the same day next week: for today there is a word. */
function nextWeekday(name: string, today: string): string {
  const wanted = weekdays.findIndex((day) => name.toLowerCase().startsWith(day));
  const now = (calendarDay(today).getUTCDay() + 6) % 7;
  return later(today, (wanted - now + 7) % 7 || 7);
}

/** The next such day, today included. What can only be read the other way round is. */
function nextDate(first: number, second: number, order: Rules["dateOrder"], today: string): string | null {
  const [month, date] = order === "mdy" ? [first, second] : [second, first];
  const [realMonth, realDate] = month > 12 && date <= 12 ? [date, month] : [month, date];
  const year = calendarDay(today).getUTCFullYear();
  // A 29th of February may be eight years away.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day = existing(year + ahead, realMonth, realDate);
    if (day !== null && day >= today) return day;
  }
  return null;
}

function existing(year: number, month: number, date: number): string | null {
  const day = written(new Date(Date.UTC(year, month - 1, date)));
  return day === `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}` ? day : null;
}
