import { exhaustedSlot } from "./escalation/effects.ts";
import { toldSlot } from "./assessment/effects.ts";
import type { EventOf, IncidentEvent } from "./event.ts";
import type { Incident } from "./incident.ts";
import type { Slot } from "./slot.ts";
import type { Update } from "./update.ts";

/**
 * The message by which the channel was told of an event that is a timeline entry; undefined where none tells it.
 * @param seq the event's version
 */
export function slotTelling(incident: Incident, event: IncidentEvent, seq: number): Slot | undefined {
  switch (event.type) {
    case "IncidentDeclared":
      return "card";
    case "StatusChanged":
    case "SeverityChanged":
    case "IncidentResolved":
    case "IncidentCancelled":
    case "IncidentReopened": {
      const update = incident.updates.find(
        (each) => each.n > 1 && each.at === event.at && tellsOf(each, event),
      );
      return update && `update:${update.n}:channel`;
    }
    case "TitleChanged":
      return `title:${seq}`;
    case "EntryLogged":
      return `entry:${event.data.entry}`;
    case "RoleTaken":
    case "RoleDeclined":
      return `role:${seq}`;
    case "AssessmentAnswered":
    case "ServicesChanged":
      return toldSlot(seq);
    case "MitigationDecided":
    case "MitigationStarted":
    case "MitigationFinished":
      return `mitigation:${event.data.mitigation}`;
    case "RollbackRuledOut":
      return "mitigation-prompt";
    case "DecisionRecorded":
      return `decision:${event.data.decision}`;
    case "AskDone":
      return `ask-done:${event.data.ask}`;
    case "RunbookStepDone":
      return `runbook:${event.data.runbook}:0`;
    case "PeopleCalled":
      return `call:${event.data.call}`;
    case "CallAcknowledged": {
      const call = incident.escalation.calls.findLast(({ at }) => at <= event.at);
      return call && `call:${call.id}`;
    }
    case "WalkExhausted":
      return exhaustedSlot(incident, event.data.walk);
    case "DuplicateNoted":
      return `ended:${seq}`;
    default:
      return undefined;
  }
}

/** Whether an update of the same instant is the one that this change led to; a status may stand in five lines too. */
function tellsOf(
  { change, final, lines }: Update,
  event: EventOf<
    "StatusChanged" | "SeverityChanged" | "IncidentResolved" | "IncidentCancelled" | "IncidentReopened"
  >,
): boolean {
  switch (event.type) {
    case "StatusChanged":
      return change
        ? change.kind === "status" && change.to === event.data.to
        : lines.status === event.data.to;
    case "SeverityChanged":
      return change?.kind === "severity" && change.to === event.data.to;
    case "IncidentResolved":
      return final;
    case "IncidentCancelled":
      return change?.kind === "cancelled";
    case "IncidentReopened":
      return change?.kind === "reopened";
    default:
      return event satisfies never;
  }
}
