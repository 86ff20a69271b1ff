import { stuckAfter } from "../../http/readiness.ts";
import { reference } from "../../domain/incident.ts";
import { formatClock, formatShortDuration } from "../../domain/time.ts";
import type { DeadEffect } from "../../store/port.ts";
import type { OpenRecord } from "../record.ts";
import { adviceFor, sentenceFor } from "./advice.ts";
import type { Finding } from "./finding.ts";
import { heldFindings } from "./held.ts";

/** What stands in the way of what must happen outside, as the record knows it. */
export async function outboxFindings(
  record: OpenRecord,
  { now, served }: { now: number; served: boolean },
): Promise<Finding[]> {
  const { store } = record;
  const { pending, claimed, oldestDue } = await store.outboxCounts(now);
  const isWaiting = pending + claimed > 0 || (await store.nextDue()) !== undefined;
  const dead = await store.deadEffects();
  return [
    ...(served || !isWaiting ? [] : [notServed(pending + claimed)]),
    ...(served && oldestDue !== null && now - oldestDue > stuckAfter ? [stuck(now - oldestDue)] : []),
    ...(await heldFindings(record, now)),
    ...(await Promise.all(dead.map((each) => refused(record, each, now)))),
  ];
}

const notServed = (waiting: number): Finding => ({
  finding: "not served",
  says: `No Sitrep serves this database, and ${waiting === 0 ? "what falls due" : `${waiting} of what is to be done`} waits for one.`,
  todo: "Start it: sitrep start.",
  facts: { waiting },
});

const stuck = (ms: number): Finding => ({
  finding: "stuck",
  says: `What is due has been waiting for ${formatShortDuration(ms)}.`,
  todo: "Ask the running Sitrep why: /readyz and its log say whether Slack cannot be reached, does not take the token or asks to wait, and what the record does not take.",
  facts: { waitingMs: ms },
});

async function refused({ store, rules }: OpenRecord, dead: DeadEffect, now: number): Promise<Finding> {
  const { key, error, since } = dead;
  const incident = dead.incident === null ? undefined : await store.incident(dead.incident);
  const sentence = incident?.troubles.findLast((each) => each.key === key)?.sentence ?? sentenceFor(dead);
  const name = incident && `${reference(incident)}${incident.private ? " (PRIVATE)" : ""}`;
  return {
    finding: "refused",
    says: name === undefined ? sentence : `${name}: ${sentence}`,
    todo: `${adviceFor(dead)} Then: sitrep retry ${key}`,
    details: `${key}, refused at ${formatClock(since, rules.timezone, now)} with ${error}`,
    facts: {
      key,
      incident: incident ? reference(incident) : null,
      private: incident?.private ?? false,
      error,
      since: new Date(since).toISOString(),
    },
  };
}
