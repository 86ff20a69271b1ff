import type { Incident } from "./incident.ts";
import { addressed, type Slot } from "./slot.ts";

/**
 * When that was recorded which the message of a slot tells; null for what shows how things stand, and for what wants something
 * of somebody.
 */
export function recordedAt(incident: Incident, full: Slot): number | null {
  const { slot } = addressed(full);
  const [kind = "", first = "", second = ""] = slot.split(":");
  const id = slot.slice(kind.length + 1);
  const version = Number(first);
  return atOf(incident, { kind, id, version, last: Number(second) }) ?? null;
}

function atOf(
  { updates, entries, renames, sections, mitigation, roles, asks, assessment, ...incident }: Incident,
  { kind, id, version, last }: { kind: string; id: string; version: number; last: number },
): number | null | undefined {
  switch (kind) {
    case "update":
    case "subscribed":
      return updates.find(({ n }) => n === version)?.at;
    case "audience":
      return updates.find(({ n }) => n === last)?.at;
    case "entry":
      return entries.find((entry) => entry.id === id)?.recordedAt;
    case "title":
      return renames.find((rename) => rename.version === version)?.at;
    case "sections":
      return Object.values(sections).find((section) => section?.version === version)?.at;
    case "decision":
      return mitigation.decisions.find((decision) => decision.id === id)?.at;
    case "mitigation": {
      const one = mitigation.tried.find((each) => each.id === id);
      return one?.decidedAt ?? one?.startedAt ?? one?.finishedAt;
    }
    case "role":
      return roles.changes.find((change) => change.version === version)?.at;
    case "ask-done":
      return asks.find((ask) => ask.id === id)?.changedAt;
    case "assessment":
      return id === `told:${assessment.told?.version}` ? assessment.told?.at : null;
    case "call":
    case "step":
      return incident.escalation.calls.find((call) => call.id === id)?.at;
    case "ended":
      return incident.ending.notices.find((notice) => notice.version === version)?.at;
    case "correction":
      return incident.corrections.changes.find((change) => change.version === version)?.at;
    case "action":
      return incident.actionItems.find((item) => item.id === id)?.at;
    default:
      return null;
  }
}
