import type { Statistics, Spread } from "../../domain/policy/statistics.ts";
import { formatDuration } from "../../domain/time.ts";
import { severities } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { legible } from "../../domain/words.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { bold, italic, labelled, type Line, lines, text } from "../views/parts.ts";

const mostServices = 10;

/** Counts and the three times, with what they were made of; for the asker alone. */
export function statsView(statistics: Statistics, days: number): Message {
  const { total, bySeverity, byService, withoutService, promises, actionItems } = statistics;
  const head = `The last ${days === 1 ? "day" : `${days} days`}: ${counted(total, "incident")}`;
  if (total === 0)
    return fitMessage({ text: `${head}.`, blocks: [lines([[bold(head)], [italic(leftOut)]])] });
  const services = byService
    .slice(0, mostServices)
    .map(({ service, count }) => `${legible(service)} ${count}`);
  const rest = byService.length - services.length;
  return fitMessage({
    text: escapeText(head),
    blocks: [
      lines([
        [bold(head)],
        labelled("By severity", text(severities.map((each) => `${each} ${bySeverity[each]}`).join(" · "))),
        labelled(
          "By service",
          text(
            [
              ...services,
              ...(rest > 0 ? [`${rest} more`] : []),
              ...(withoutService > 0 ? [`not recorded ${withoutService}`] : []),
            ].join(" · "),
          ),
        ),
        timeLine("Time to acknowledge", statistics.acknowledge),
        timeLine("Time to mitigate", statistics.mitigate),
        timeLine("Time to resolve", statistics.resolve),
        labelled(
          "Update promises kept",
          text(
            promises.due === 0
              ? "none has fallen due"
              : `${promises.kept} of ${promises.due}, automatic ones not counted`,
          ),
        ),
        labelled(
          "Action items",
          text(
            actionItems.open === 0
              ? "none open"
              : `${actionItems.open} open, ${actionItems.overdue} overdue, ${actionItems.withoutOwner} without an owner; half are older than ${formatDuration(actionItems.medianAge ?? 0)}`,
          ),
        ),
        [italic(leftOut)],
      ]),
    ],
  });
}

const leftOut =
  "Times count from the start that somebody recorded; where it, or the end, is not recorded, the incident is among the missing. Drills, cancelled and private incidents are out.";

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function timeLine(name: string, { n, missing, median, p90 }: Spread): Line {
  const known =
    median === null || p90 === null
      ? "not recorded"
      : `median ${formatDuration(median)}, p90 ${formatDuration(p90)}`;
  return labelled(name, text(`${known} (n = ${n}${missing > 0 ? `, ${missing} missing` : ""})`));
}
