import type { PhrasingContent } from "mdast";
import { calms } from "../domain/ending/calm.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDay, formatDuration, formatOffset, formatTime } from "../domain/time.ts";
import { assumed, emphasis, notRecorded, text } from "./nodes.ts";

interface Known {
  at: number;
  assumed: boolean;
}

/** `14:30 UTC`, with the day when it is not `today`'s. */
export const clockOn = (at: number, zone: string, today: number): string => {
  const day = formatDay(at, zone);
  return `${day === formatDay(today, zone) ? "" : `${day} `}${formatTime(at, zone)} ${formatOffset(at, zone)}`;
};

/** When the impact began. An assumed start that lies after the recovery is contradicted, so it is unknown. */
export function knownStart({ started, resolved }: Incident): Known | undefined {
  if (resolved && started.assumed && started.at > resolved.recovered.at) return undefined;
  return started;
}

/** `14:30 - 14:52 UTC (22 minutes)` */
export function durationLine(incident: Incident, zone: string): PhrasingContent[] {
  const start = knownStart(incident);
  const end = incident.resolved?.recovered;
  const marked = (known: Known) => (known.assumed ? [text(" "), assumed] : []);
  const begun: PhrasingContent[] = start
    ? [text(end ? bareStart(start.at, end.at, zone) : clockOn(start.at, zone, start.at)), ...marked(start)]
    : [notRecorded];
  const calm = calms(incident).map(({ from, to }) => calmText(from, to, zone));
  const between = calm.length === 0 ? "" : `, calm ${calm.join(" and ")}`;
  if (incident.ending.cancelled) return [...begun, text(" - "), emphasis("cancelled")];
  if (!end)
    return [...begun, text(" - "), emphasis("not resolved"), ...(between === "" ? [] : [text(between)])];
  const length = start && start.at <= end.at ? ` (${formatDuration(end.at - start.at)})` : "";
  const rest = `${length}${between}`;
  return [
    ...begun,
    text(` - ${clockOn(end.at, zone, start?.at ?? end.at)}`),
    ...marked(end),
    ...(rest === "" ? [] : [text(rest)]),
  ];
}

/** `14:52 - 16:01 UTC (1 hour 9 minutes)`, with the days where they differ. */
const calmText = (from: number, to: number, zone: string): string => {
  const begun =
    formatDay(from, zone) === formatDay(to, zone) ? bareStart(from, to, zone) : clockOn(from, zone, to);
  return `${begun} - ${clockOn(to, zone, from)} (${formatDuration(to - from)})`;
};

/** The zone stands once, at the end, unless it changed in between. */
const bareStart = (start: number, end: number, zone: string): string =>
  formatOffset(start, zone) === formatOffset(end, zone)
    ? formatTime(start, zone)
    : `${formatTime(start, zone)} ${formatOffset(start, zone)}`;
