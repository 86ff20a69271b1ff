import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { Change, UpdateLines } from "../update.ts";

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
): EventOf<"UpdatePublished"> =>
  updatePublished(
    rules,
    state,
    by,
    {
      status: change.kind === "status" ? change.to : state.status,
      impact: state.impact,
      started: state.started,
      currentAction: state.currentAction,
      nextUpdate,
    },
    change,
  );
