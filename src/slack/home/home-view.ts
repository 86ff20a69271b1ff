import type { HomeView, KnownBlock } from "@slack/types";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { formatClock, formatDuration } from "../../domain/time.ts";
import { roleNames } from "../../domain/vocab.ts";
import { subscribeOffer } from "../audiences/subscribe.ts";
import type { ConfigurationWarning } from "../check-configuration.ts";
import { type Names, plainWords } from "../text.ts";
import { shortenLabel } from "../views/limits.ts";
import {
  bold,
  buttons,
  channel,
  header,
  italic,
  type Line,
  lines,
  type Offer,
  text,
} from "../views/parts.ts";
import type { Waiting } from "./waiting.ts";

/** https://docs.slack.dev/surfaces/app-home takes 100 blocks. */
const mostIncidents = 20;
const mostWaiting = 20;
const mostItems = 5;
const mostWarnings = 10;

interface Home {
  open: readonly Incident[];
  waiting: readonly Waiting[];
  warnings: readonly ConfigurationWarning[];
  /** Whoever looks gets each update as a direct message. */
  subscribed: boolean;
  zone: string;
  now: number;
  names: Names;
}

/** What is open, what waits on whoever looks, and what is wrong with the configuration. */
export function homeView(home: Home): HomeView {
  return {
    type: "home",
    blocks: [
      ...buttons([
        {
          label: "Declare incident",
          press: { do: "OpenDeclare", command: "/incident" },
          style: "primary",
        },
        subscribeOffer("/incident", home.subscribed),
      ]),
      header("Waits on you"),
      ...waitingBlocks(home),
      header("Open incidents"),
      ...openBlocks(home),
      ...warningBlocks(home),
    ],
  };
}

function waitingBlocks({ waiting, ...shown }: Home): KnownBlock[] {
  if (waiting.length === 0) return [lines([[italic("Nothing.")]])];
  const rest = waiting.length - mostWaiting;
  return [
    ...waiting
      .slice(0, mostWaiting)
      .flatMap((each) => [
        lines([headOf(each.incident, shown.names), ...waitingLines(each, shown)]),
        ...buttons(offersOf(each)),
      ]),
    ...(rest > 0 ? [lines([[italic(`… and ${rest} more incidents.`)]])] : []),
  ];
}

function waitingLines(
  { roles, asks, overdueSince, actionItems, postmortem }: Waiting,
  { zone, now, names }: Pick<Home, "zone" | "now" | "names">,
): Line[] {
  const clock = (at: number) => formatClock(at, zone, now);
  const items = actionItems.slice(0, mostItems);
  return [
    ...(roles.length > 0 ? [[text(`You are ${roles.map((role) => roleNames[role]).join(", ")}.`)]] : []),
    ...(overdueSince === null ? [] : [[text(`An update has been due since ${clock(overdueSince)}.`)]]),
    ...asks.map(({ text: asked, state, at }) => [
      text(
        `${state === "asked" ? "Asked of you" : "You took on"} at ${clock(at)}: ${plainWords(asked, names) ?? ""}`,
      ),
    ]),
    ...items.map(({ text: item, due }) => [
      text(`Action item${due === null ? "" : `, due ${due}`}: ${plainWords(item, names) ?? ""}`),
    ]),
    ...(actionItems.length > items.length
      ? [[italic(`… and ${actionItems.length - items.length} more action items.`)]]
      : []),
    ...(postmortem ? [[text("Its post-mortem is yours to write.")]] : []),
  ];
}

function offersOf({ incident: { number }, overdueSince, reminded, postmortem }: Waiting): Offer[] {
  return [
    ...(overdueSince !== null || reminded
      ? [{ label: "Update", press: { do: "OpenUpdate" as const, incident: number } }]
      : []),
    ...(postmortem
      ? [{ label: "Write post-mortem", press: { do: "OpenSections" as const, incident: number } }]
      : []),
  ];
}

function openBlocks({ open, now, names }: Home): KnownBlock[] {
  if (open.length === 0) return [lines([[italic("No incident is open.")]])];
  const rest = open.length - mostIncidents;
  return [
    ...open
      .slice(0, mostIncidents)
      .map((incident) => lines([headOf(incident, names), factsOf(incident, now)])),
    ...(rest > 0 ? [lines([[italic(`… and ${rest} older ones.`)]])] : []),
  ];
}

function warningBlocks({ warnings }: Home): KnownBlock[] {
  if (warnings.length === 0) return [];
  const rest = warnings.length - mostWarnings;
  return [
    header("Wrong with the configuration"),
    lines([
      [text("Sitrep skips what it cannot find. Whoever runs it can mend this:")],
      ...warnings.slice(0, mostWarnings).map(({ key, says }) => [text(`${key}: ${says}`)]),
      ...(rest > 0 ? [[italic(`… and ${rest} more, in the log of Sitrep.`)]] : []),
    ]),
  ];
}

const headOf = (incident: Incident, names: Names): Line => [
  bold(
    `${incident.drill ? "DRILL " : ""}${reference(incident)} ${shortenLabel(plainWords(incident.title, names) ?? "", 200)}`,
  ),
  ...(incident.channel ? [text(" "), channel(incident.channel.id)] : []),
];

function factsOf(incident: Incident, now: number): Line {
  const { severity, provisional, status, started } = incident;
  const commander = incident.roles.held.commander;
  const lasts = isOpen(incident) ? ` for ${formatDuration(Math.max(0, now - started.at))}` : "";
  return [
    text(
      `${severity}${provisional ? " (provisional)" : ""} ${status}${lasts}${commander ? "" : ", nobody leads"}`,
    ),
  ];
}
