import { actorName } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { escapeText } from "../words.ts";
import { plainSpans, stepsOf } from "./document.ts";
import type { RunbooksEvent } from "./events.ts";

/** Key entries that reach the post-mortem. */
export function entriesOfRunbooks(
  { runbooks: { posted } }: Incident,
  event: RunbooksEvent,
  recordedAt: number,
): TimelineEntry[] {
  const { at, actor: by } = event;
  switch (event.type) {
    case "RunbookStepDone": {
      const { runbook: id, step: place } = event.data;
      const runbook = posted.find((one) => one.id === id);
      const step = runbook && stepsOf(runbook.sections).find((each) => each.id === place);
      // Taken back, or done anew since.
      if (!runbook || !step || runbook.done[place]?.at !== at) return [];
      const who = actorName(by, (user) => `<@${user}>`);
      const said = `Runbook ${runbook.name}: ${plainSpans(step.spans)}`;
      return [{ kind: "told", at, recordedAt, by, parts: [`${escapeText(said)} (done by ${who})`] }];
    }
    case "RunbooksOffered":
    case "RunbookPosted":
    case "RunbookStepUndone":
      return [];
    default:
      return event satisfies never;
  }
}
