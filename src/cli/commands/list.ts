import { type Incident, reference } from "../../domain/incident.ts";
import { anybody, isVisibleTo, operator } from "../../domain/policy/visibility.ts";
import { formatDay, formatOffset, formatTime } from "../../domain/time.ts";
import { severities } from "../../domain/vocab.ts";
import { legible, unescapeText } from "../../domain/words.ts";
import { summaryJson } from "../../postmortem/incident-json.ts";
import type { IncidentFilter } from "../../store/port.ts";
import { type OpenRecord, withRecord } from "../record.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";

/** Newest first. What is printed is easily passed on, so private incidents are listed on request only. */
export async function list(
  terminal: Terminal,
  which: string,
  { json, secret }: { json: boolean; secret: boolean },
): Promise<ExitCode> {
  const filter = filterOf(which);
  if (!filter) {
    fail(terminal, `“${which}” is nothing that can be listed: write open, all, or a severity such as sev1.`);
    return 2;
  }
  return withRecord(terminal, async (record) => {
    const { store, rules } = record;
    const onlooker = secret ? operator : anybody;
    const incidents = (await store.incidents(filter)).filter((each) => isVisibleTo(each, onlooker));
    if (json) terminal.out(`${JSON.stringify(await summaries(record, incidents), null, 2)}\n`);
    else if (incidents.length === 0) terminal.out(`No ${which === "all" ? "" : `${which} `}incidents.\n`);
    else terminal.out(incidents.map((incident) => `${lineOf(incident, rules.timezone)}\n`).join(""));
    return 0;
  });
}

async function summaries({ store, rules }: OpenRecord, incidents: readonly Incident[]) {
  const mentioned = incidents.flatMap(({ title }) => title.body?.match(/(?<=<@)[A-Z0-9]+/g) ?? []);
  const reading = { people: await store.people(mentioned), zone: rules.timezone };
  return incidents.map((incident) => summaryJson(incident, reading));
}

function filterOf(which: string): IncidentFilter | undefined {
  if (which.toLowerCase() === "open") return { open: true };
  if (which.toLowerCase() === "all") return {};
  const severity = severities.find((each) => each === which.toUpperCase());
  return severity && { severity };
}

// A terminal obeys control characters, so a title must not bring any.
const titleOf = ({ title }: Incident) =>
  legible(unescapeText(title.body ?? "(erased)"))
    .replaceAll(/\s+/g, " ")
    .trim();

function lineOf(incident: Incident, zone: string): string {
  const { declaredAt, severity, status } = incident;
  const declared = `${formatDay(declaredAt, zone)} ${formatTime(declaredAt, zone)} ${formatOffset(declaredAt, zone)}`;
  const marks = [...(incident.drill ? ["DRILL"] : []), ...(incident.private ? ["PRIVATE"] : [])];
  const title = [...marks, titleOf(incident)].join(" ");
  return [reference(incident).padEnd(8), severity, status.padEnd(13), declared, title].join("  ");
}
