import { bot } from "../../domain/actor.ts";
import type { Incident } from "../../domain/incident.ts";
import { isDuring, longestDelay, type Outage, withOutage } from "../../domain/outage.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import type { Stage } from "./stage.ts";

type Asked = Pick<ClaimedEffect, "createdAt" | "incident" | "retries">;

/** What Slack refused, and somebody had tried again, was late for another reason. */
function outageBefore({ createdAt, retries }: Asked, now: number): Outage | null {
  return now - createdAt >= longestDelay && retries === 0 ? { from: createdAt, to: now } : null;
}

/** The incident as it is known now, with the outage that the effect shows by coming so late. */
export function seenLate(incident: Incident, asked: Asked, now: number): Incident {
  const outage = outageBefore(asked, now);
  return outage ? { ...incident, outages: withOutage(incident.outages, outage) } : incident;
}

/** The same to be recorded with the effect's result, where it is news. */
export async function withOutageNoted(
  { store, clock }: Pick<Stage, "store" | "clock">,
  asked: Asked,
  performed: Performed,
): Promise<Performed> {
  const at = clock.now();
  const outage = outageBefore(asked, at);
  if (performed.as !== "done" || outage === null || asked.incident === null) return performed;
  const incident = await store.incident(asked.incident);
  if (!incident || isDuring(incident.outages, outage.from)) return performed;
  const { result } = performed;
  if (!result)
    return { ...performed, result: { type: "NoteOutage", at, actor: bot, incident: asked.incident, outage } };
  const tells = result.type === "NoteChannelOpened" || result.type === "NoteMessagePosted";
  return tells ? { ...performed, result: { ...result, outage } } : performed;
}
