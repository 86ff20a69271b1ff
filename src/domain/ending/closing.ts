import { bot } from "../actor.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { nextWorkingTime } from "../policy/working-hours.ts";
import type { Rules } from "../rules.ts";
import { missingToClose, nothingMissing } from "./missing.ts";

const day = 24 * 60 * 60_000;

/** How long before archiving the channel is told; the whole time, where that is shorter. */
const noticeFor = (rules: Rules): number => Math.min(rules.channels.archiveAfter ?? 0, day);

export function incidentClosed(
  rules: Rules,
  by: Pick<IncidentEvent, "at" | "actor">,
): EventOf<"IncidentClosed"> {
  const { archiveAfter } = rules.channels;
  const archiving = archiveAfter === null ? null : archivingAt(rules, by.at, by.at + archiveAfter);
  return { type: "IncidentClosed", ...by, data: { archiving } };
}

/** Announced in working hours, and never so late that nobody could object. */
export function archivingAt(rules: Rules, now: number, wanted: number): { noticeAt: number; at: number } {
  const notice = noticeFor(rules);
  const noticeAt = nextWorkingTime(rules, Math.max(now, wanted - notice));
  return { noticeAt, at: Math.max(wanted, noticeAt + notice) };
}

/**
 * A resolved incident closes by itself when its post-mortem is published or waived and every action item has an owner.
 * @param changes what is about to change
 */
export function closedByItself(
  rules: Rules,
  state: Incident,
  at: number,
  changes: Partial<Pick<Incident, "ending" | "actionItems">>,
): EventOf<"IncidentClosed">[] {
  if (state.status !== "RESOLVED" || !nothingMissing(missingToClose({ ...state, ...changes }))) return [];
  return [incidentClosed(rules, { at, actor: bot })];
}
