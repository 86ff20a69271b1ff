import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { Words } from "../words.ts";
import { isMitigationEvent, type MitigationEvent } from "./events.ts";
import type { Mitigation, MitigationState } from "./state.ts";
import { mitigationThatWorked } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveMitigation(state: Incident, event: IncidentEvent): Partial<Incident> {
  return isMitigationEvent(event) ? changedBy(state, event) : {};
}

function changedBy(state: Incident, event: MitigationEvent): Partial<Incident> {
  const { at, actor: by } = event;
  const { mitigation } = state;
  switch (event.type) {
    case "MitigationDecided": {
      const { mitigation: id, ...data } = event.data;
      const one: Mitigation = {
        ...data,
        id,
        by,
        startedAt: null,
        expected: null,
        finishedAt: null,
        result: null,
        finishedBy: null,
        askedAt: null,
        stillRunning: null,
      };
      return { mitigation: { ...mitigation, tried: [...mitigation.tried, one] } };
    }
    case "MitigationStarted": {
      const { startedAt, expected } = event.data;
      const { finishedAt, result, finishedBy } = running;
      return told(state, event.data, { startedAt, expected, finishedAt, result, finishedBy });
    }
    case "MitigationFinished": {
      const { finishedAt, result } = event.data;
      return told(state, event.data, { finishedAt, result, finishedBy: by });
    }
    case "MitigationResumed":
      return told(state, event.data, running);
    case "MitigationAsked":
      return told(state, event.data, { askedAt: at });
    case "MitigationStillRuns":
      return told(state, event.data, { stillRunning: { at, by } });
    case "MitigationPrompted":
      return { mitigation: { ...mitigation, prompted: { at, to: event.data.to } } };
    case "RollbackRuledOut":
      return { mitigation: { ...mitigation, noRollback: { reason: event.data.reason, at, by } } };
    case "DecisionRecorded": {
      const decision = { id: event.data.decision, at, by, text: event.data.text };
      return { mitigation: { ...mitigation, decisions: [...mitigation.decisions, decision] } };
    }
    default:
      return event satisfies never;
  }
}

const running = { finishedAt: null, result: null, finishedBy: null } as const;

function told(
  { mitigation: before }: Incident,
  { mitigation: id, action = null }: { mitigation: string; action?: Words | null },
  change: Partial<Mitigation>,
): Partial<Incident> {
  const tried = before.tried.map((one) => (one.id === id ? { ...one, ...change } : one));
  const mitigation: MitigationState = {
    ...before,
    tried,
    mitigatedAt: mitigationThatWorked({ tried })?.finishedAt ?? null,
  };
  return { mitigation, ...(action && { currentAction: action }) };
}
