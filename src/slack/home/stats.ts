import { statisticsOf } from "../../domain/policy/statistics.ts";
import { formatDay } from "../../domain/time.ts";
import type { SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import { plain, safe } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { statsView } from "./stats-view.ts";

const day = 24 * 60 * 60_000;
const unasked = 30;
const longest = 3650;

/** `30d`, `12 weeks`: days; undefined for what is none. */
function daysOf(text: string): number | undefined {
  if (text.trim() === "") return unasked;
  const [, count, unit = "d"] = /^(\d{1,4})\s*(d|days?|w|weeks?)?$/i.exec(text.trim()) ?? [];
  const days = Number(count) * (unit.toLowerCase().startsWith("w") ? 7 : 1);
  return days >= 1 && days <= longest ? days : undefined;
}

export async function showStats(room: SlackRoom, command: string, rest: string): Promise<Message> {
  const days = daysOf(rest);
  if (days === undefined)
    return reply(
      `“${safe(plain(rest, new Map()))}” is no number of days from 1 to ${longest}: write ${code(`${command} stats 30d`)}.`,
    );
  const { store, rules } = room.handling;
  const now = room.clock.now();
  const statistics = statisticsOf(await store.incidents(), {
    since: now - days * day,
    now,
    grace: rules.updates.grace,
    today: formatDay(now, rules.timezone),
  });
  return statsView(statistics, days);
}
