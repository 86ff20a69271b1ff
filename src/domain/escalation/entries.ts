import { actorName } from "../actor.ts";
import type { Incident } from "../incident.ts";
import { formatDuration } from "../time.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { escapeText, type Words } from "../words.ts";
import type { EscalationEvent } from "./events.ts";
import { callsNobody, whomCalled } from "./told.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfEscalation(
  incident: Incident,
  event: EscalationEvent,
  recordedAt: number,
): TimelineEntry[] {
  const { at, actor: by } = event;
  const told = (...parts: (string | Words)[]): TimelineEntry[] => [
    { kind: "told", at, recordedAt, by, parts },
  ];
  switch (event.type) {
    case "PeopleCalled": {
      const call = incident.escalation.calls.find(({ id }) => id === event.data.call);
      if (!call) return [];
      const { reason, because } = event.data;
      const why = because === null ? "" : ` (${because})`;
      const did = callsNobody(call.aims) ? "Nobody was called:" : incident.drill ? "Would call" : "Called";
      const deed = `${did} ${whomCalled(incident, call)}${why}`;
      return reason ? told(`${deed}: `, reason) : told(deed);
    }
    case "CallAcknowledged":
      return told(`Acknowledged by ${actorName(by, (user) => `<@${user}>`)}${sinceCall(incident, at)}`);
    case "WalkExhausted": {
      const policies = incident.escalation.walks[event.data.walk]?.policies ?? [];
      const called = incident.drill ? "would have been called" : "was called";
      return told(`Everybody of ${escapeText(policies.join(", "))} ${called}, and nobody has answered`);
    }
    case "WalkPlanned":
    case "WalkBegun":
    case "WalkDropped":
    case "PeopleSought":
    case "WebhookReached":
    case "WebhookMissed":
    case "WebhookSpared":
    case "StillOnItAsked":
    case "StillOnIt":
    case "WalkResumed":
      return [];
    default:
      return event satisfies never;
  }
}

/** How long after the last call before it; empty where nobody had been called. */
function sinceCall({ escalation: { calls } }: Incident, at: number): string {
  const call = calls.findLast((each) => each.at <= at);
  return call ? `, ${formatDuration(at - call.at)} after the call` : "";
}
