import { InvalidArgumentError } from "commander";
import { numberedIncident } from "../../domain/named-incident.ts";
import {
  liveStatuses,
  type LiveStatus,
  sectionNames,
  type WrittenSection,
  writtenSections,
} from "../../domain/vocab.ts";

/** How arguments are read; a fault is told in one line, and the command ends with 2. */

export function incidentNumber(text: string): number {
  const number = numberedIncident(text);
  if (number === null) throw new InvalidArgumentError("Expected a reference such as INC-42.");
  return number;
}

export function section(text: string): WrittenSection {
  const asked = text.toLowerCase().replaceAll(/[^a-z]/g, "");
  const found = writtenSections.find((name) =>
    [name, sectionNames[name]].some((each) => each.toLowerCase().replaceAll(" ", "") === asked),
  );
  if (found) return found;
  throw new InvalidArgumentError(
    `Expected one of ${writtenSections.map((name) => sectionNames[name]).join(", ")}.`,
  );
}

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError("Expected 0 to 65535.");
  return number;
}

export function speed(text: string): number {
  const times = Number(text);
  if (!(times > 0) || !Number.isFinite(times)) throw new InvalidArgumentError("Expected a number above 0.");
  return times;
}

export function liveStatus(text: string): LiveStatus {
  const found = liveStatuses.find((each) => each === text.toUpperCase());
  if (found) return found;
  throw new InvalidArgumentError(`Expected one of ${liveStatuses.join(", ").toLowerCase()}.`);
}

export const serviceNames = (text: string): string[] =>
  text.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));

/** Names mean nothing without Slack. */
export function userIds(text: string): string[] {
  const ids = text.split(",").map((each) => each.trim());
  if (ids.every((each) => /^[UW][A-Z0-9]{2,}$/.test(each))) return ids;
  throw new InvalidArgumentError(
    "Expected user ids such as U0123ABCD: “Copy member ID” in a profile has them.",
  );
}
