import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isActionItemsEvent } from "./events.ts";
import type { ActionItem } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveActionItems(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isActionItemsEvent(event)) return {};
  const { at, actor: by } = event;
  const changed = (id: string, change: Partial<ActionItem>): Partial<Incident> => ({
    actionItems: state.actionItems.map((item) => (item.id === id ? { ...item, ...change } : item)),
  });
  switch (event.type) {
    case "ActionItemAdded": {
      const { item: id, text, owner, due, digestAt } = event.data;
      return {
        actionItems: [...state.actionItems, { id, text, owner, due, by, at, done: null, dropped: null }],
        ...(digestAt === null ? {} : { ending: { ...state.ending, digestAt } }),
      };
    }
    case "ActionItemEdited": {
      const { item, text, owner, due } = event.data;
      return changed(item, { text, owner, due });
    }
    case "ActionItemDone":
      return changed(event.data.item, { done: { at, by }, dropped: null });
    case "ActionItemDropped":
      return changed(event.data.item, { dropped: { at, by }, done: null });
    case "ActionItemRestored":
      return changed(event.data.item, { done: null, dropped: null });
    case "ActionDigestSent":
      return { ending: { ...state.ending, digestAt: event.data.next } };
    case "ActionItemDue":
      return {};
    default:
      return event satisfies never;
  }
}
