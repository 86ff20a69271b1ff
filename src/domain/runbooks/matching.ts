import type { Incident } from "../incident.ts";
import type { Runbook } from "../rules.ts";

type Facts = Pick<Incident, "services" | "severity">;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** What of an incident a runbook is for, in words; null where it does not fit. One that names neither service nor severity fits none. */
export function fitOf({ services, severities }: Runbook, incident: Facts): string | null {
  if (services.length === 0 && severities.length === 0) return null;
  const service = services.find((each) => incident.services.some((affected) => same(each, affected)));
  if (services.length > 0 && service === undefined) return null;
  if (severities.length > 0 && !severities.includes(incident.severity)) return null;
  return [
    ...(service === undefined ? [] : [service]),
    ...(severities.length > 0 ? [incident.severity] : []),
  ].join(", ");
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The one that is meant: by its name in any case, else by a part of the name that only one has. */
export function runbookNamed(all: readonly Runbook[], asked: string): Runbook | undefined {
  const name = plain(asked);
  const exact = all.find((each) => plain(each.name) === name);
  if (exact || name === "") return exact;
  const parts = all.filter((each) => plain(each.name).includes(name));
  return parts.length === 1 ? parts[0] : undefined;
}
