import { calms } from "../../domain/ending/calm.ts";
import { reference } from "../../domain/incident.ts";
import { formatDuration, sameMinute } from "../../domain/time.ts";
import { nameOf, plainWords } from "../text.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { channel, labelled, type Leaf, type Line, text } from "../views/parts.ts";

/** How it came back and how it ended since, and which other incidents are the same. */
export function endedLines(model: ViewModel): Line[] {
  return [...reopenedLines(model), ...cancelledLines(model), ...closedLines(model), ...sameLines(model)];
}

function cancelledLines(model: ViewModel): Line[] {
  const { cancelled } = model.incident.ending;
  if (!cancelled) return [];
  const { at, by, reason, duplicateOf, otherChannel } = cancelled;
  const why = plainWords(reason, model.names);
  const said = `${clockOf(model, at)} by ${nameOf(by, model.names)}${why === null ? "" : `: ${why}`}`;
  return [
    labelled("Cancelled", text(said)),
    ...(duplicateOf === null ? [] : [labelled("The same as", ...related(duplicateOf, otherChannel))]),
  ];
}

function closedLines(model: ViewModel): Line[] {
  const { closed } = model.incident.ending;
  return closed
    ? [labelled("Closed", text(`${clockOf(model, closed.at)} by ${nameOf(closed.by, model.names)}`))]
    : [];
}

function reopenedLines(model: ViewModel): Line[] {
  const last = model.incident.ending.reopenings.at(-1);
  if (!last) return [];
  const calm = calms(model.incident).reduce((sum, { from, to }) => sum + (to - from), 0);
  const between = calm === 0 ? "" : `, after ${formatDuration(calm)} of calm`;
  const why = plainWords(last.reason, model.names) ?? "";
  const said = `${clockOf(model, last.at)} by ${nameOf(last.by, model.names)}${between}: ${why}`;
  return [labelled("Reopened", text(said))];
}

const sameLines = ({ incident }: ViewModel): Line[] =>
  incident.ending.duplicates.map(({ number, channel: where }) =>
    labelled("The same", ...related(number, where), text(" was cancelled as a duplicate of this one")),
  );

const related = (number: number, where: string | null): Leaf[] => [
  text(reference(number)),
  ...(where === null ? [] : [text(" "), channel(where)]),
];

/** How long it has lasted: `2 hours 40 minutes, 1 hour 9 minutes of them calm`. Null where it ended before its assumed start. */
export function lasted({ incident }: Pick<ViewModel, "incident">, until: number): string | null {
  if (until < incident.started.at && !sameMinute(until, incident.started.at)) return null;
  const calm = calms(incident).reduce((sum, { from, to }) => sum + (to - from), 0);
  const whole = formatDuration(Math.max(0, until - incident.started.at));
  return calm === 0 ? whole : `${whole}, ${formatDuration(calm)} of them calm`;
}
