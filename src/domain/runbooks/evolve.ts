import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isRunbooksEvent } from "./events.ts";
import type { PostedRunbook } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveRunbooks({ runbooks }: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isRunbooksEvent(event)) return {};
  const { at, actor: by } = event;
  const changed = (id: string, change: (one: PostedRunbook) => PostedRunbook["done"]) => ({
    runbooks: {
      ...runbooks,
      posted: runbooks.posted.map((one) => (one.id === id ? { ...one, done: change(one) } : one)),
    },
  });
  switch (event.type) {
    case "RunbooksOffered":
      return { runbooks: { ...runbooks, offered: [...runbooks.offered, event.data.names] } };
    case "RunbookPosted": {
      const { runbook: id, ...data } = event.data;
      return {
        runbooks: { ...runbooks, posted: [...runbooks.posted, { ...data, id, by, at, done: {} }] },
      };
    }
    case "RunbookStepDone":
      return changed(event.data.runbook, ({ done }) => ({ ...done, [event.data.step]: { by, at } }));
    case "RunbookStepUndone":
      return changed(event.data.runbook, ({ done }) =>
        Object.fromEntries(Object.entries(done).filter(([step]) => step !== event.data.step)),
      );
    default:
      return event satisfies never;
  }
}
