import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { formatDuration } from "../../domain/time.ts";
import type { Severity } from "../../domain/vocab.ts";
import type { CommandWord } from "../id-shape.ts";
import { code, type Names, plainWords } from "../text.ts";
import { drillMark } from "./drill.ts";
import { fitMessage, type Message, shortenLabel } from "./limits.ts";
import { bold, channel, type Line, lines, text } from "./parts.ts";
import { reply } from "./reply.ts";

const mostLines = 20;

/** Incidents as a list, newest first; `which` as it was asked for. */
export function listView(
  incidents: readonly Incident[],
  which: "open" | "all" | Severity,
  { now, names, command }: { now: number; names: Names; command: CommandWord },
): Message {
  if (incidents.length === 0) return nothingListed(which, command);
  const shown = incidents.slice(0, mostLines);
  const more = incidents.length - shown.length;
  const head = which === "open" ? "Open incidents" : which === "all" ? "All incidents" : `${which} incidents`;
  return fitMessage({
    text: `${head}: ${shown.map(reference).join(", ")}`,
    blocks: [
      lines([
        [bold(head)],
        ...shown.map((incident) => incidentLine(incident, now, names)),
        ...(more > 0 ? [[text(`… and ${more} older ones.`)]] : []),
      ]),
    ],
  });
}

function incidentLine(incident: Incident, now: number, names: Names): Line {
  const { severity, provisional, status, resolved, started } = incident;
  const title = shortenLabel(plainWords(incident.title, names) ?? "", 120);
  const lasted = formatDuration(Math.max(0, (resolved?.recovered.at ?? now) - started.at));
  const marks = `${incident.drill ? `${drillMark} ` : ""}${incident.private ? "(private) " : ""}`;
  const facts = `${marks}${severity}${provisional ? " (provisional)" : ""} ${status} · ${title} · ${isOpen(incident) ? `for ${lasted}` : resolved ? `lasted ${lasted}` : "counts in no statistic"}`;
  return [
    bold(reference(incident)),
    text(` ${facts}`),
    ...(incident.channel ? [text(" · "), channel(incident.channel.id)] : []),
  ];
}

function nothingListed(which: "open" | "all" | Severity, command: CommandWord): Message {
  const declare = { label: "Declare incident", press: { do: "OpenDeclare" as const, command } };
  const all = `${code(`${command} list all`)} shows the ended ones.`;
  switch (which) {
    case "open":
      return reply(`No incident is open. ${all}`, [declare]);
    case "all":
      return reply("There is no incident yet.", [declare]);
    default:
      return reply(`No incident is ${which}.`);
  }
}
