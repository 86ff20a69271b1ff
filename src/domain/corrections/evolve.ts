import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isCorrectionsEvent } from "./events.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveCorrections(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isCorrectionsEvent(event)) return {};
  const { corrections, version } = state;
  const { at, actor: by } = event;
  switch (event.type) {
    case "EntryCorrected": {
      const { entry, text, happenedAt, hidden, said } = event.data;
      const before = corrections.entries[entry];
      const correction = {
        text: text ?? before?.text ?? null,
        at: happenedAt ?? before?.at ?? null,
        hidden,
        by,
        changedAt: at,
      };
      return {
        entries: state.entries.map((each) => (`entry:${each.id}` === entry ? { ...each, hidden } : each)),
        corrections: {
          ...corrections,
          entries: { ...corrections.entries, [entry]: correction },
          changes: [...corrections.changes, { version: version + 1, by, at, said }],
        },
      };
    }
    case "StageTimed": {
      const { stage, to, detector } = event.data;
      return {
        corrections:
          stage === "detected"
            ? { ...corrections, detected: { at: to, by: detector } }
            : { ...corrections, mitigated: to },
      };
    }
    default:
      return event satisfies never;
  }
}
