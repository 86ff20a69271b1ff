import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { Change, UpdateLines } from "../update.ts";
import type { Status } from "../vocab.ts";

type By = Pick<IncidentEvent, "at" | "actor">;

/** An update that a person posts: it answers the reminder that is live. */
export function updatePublished(
  { updates: { template } }: Rules,
  { updates, reminder }: Incident,
  { at, actor }: By,
  lines: UpdateLines,
  change?: Change,
): EventOf<"UpdatePublished"> {
  return {
    type: "UpdatePublished",
    at,
    actor,
    data: {
      n: updates.length + 1,
      lines,
      template,
      automaticSince: null,
      final: false,
      answers: reminder?.due ?? null,
      ...(change && { change }),
    },
  };
}

/** The update of one line that tells a change; what else the incident is stays as it stands in `state`. */
export const changePublished = (
  rules: Rules,
  state: Incident,
  by: By,
  change: Change,
  nextUpdate: number | null,
): EventOf<"UpdatePublished"> => {
  const update = updatePublished(
    rules,
    state,
    by,
    {
      status: statusAfter(change, state.status),
      impact: state.impact,
      started: state.started,
      currentAction: state.currentAction,
      nextUpdate,
    },
    change,
  );
  return change.kind === "cancelled" ? { ...update, data: { ...update.data, final: true } } : update;
};

function statusAfter(change: Change, before: Status): Status {
  switch (change.kind) {
    case "status":
      return change.to;
    case "severity":
      return before;
    case "cancelled":
      return "CANCELLED";
    case "reopened":
      return "INVESTIGATING";
    default:
      return change satisfies never;
  }
}
