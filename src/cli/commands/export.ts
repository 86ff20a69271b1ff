import { exportPostmortem, loadMaterial } from "../../postmortem/export.ts";
import { incidentJson, sectionsJson, timelineJson } from "../../postmortem/incident-json.ts";
import { type OpenRecord, withRecord } from "../record.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";
import { reference } from "../../domain/incident.ts";

/** Prints the same bytes as Slack and the API give, or the same facts as JSON. */
export function exportIncident(
  terminal: Terminal,
  incident: number,
  format: "md" | "json",
): Promise<ExitCode> {
  return withRecord(terminal, async (record) => {
    const text = await (format === "md" ? markdownOf(record, incident) : jsonOf(record, incident));
    if (text === undefined) return fail(terminal, `There is no ${reference(incident)}.`);
    terminal.out(text);
    return 0;
  });
}

const markdownOf = async (record: OpenRecord, incident: number) =>
  (await exportPostmortem(record, incident))?.markdown;

async function jsonOf(record: OpenRecord, incident: number): Promise<string | undefined> {
  const material = await loadMaterial(record, incident);
  if (!material) return undefined;
  const facts = {
    ...incidentJson(material),
    sections: sectionsJson(material),
    timeline: timelineJson(material),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
