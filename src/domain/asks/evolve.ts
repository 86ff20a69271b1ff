import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { type AsksEvent, isAsksEvent } from "./events.ts";
import type { Ask } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export const evolveAsks = (state: Incident, event: IncidentEvent): Partial<Incident> =>
  isAsksEvent(event) ? { asks: changedBy(state.asks, event) } : {};

function changedBy(asks: Ask[], event: AsksEvent): Ask[] {
  const { at, actor } = event;
  const change = (id: string, to: Partial<Ask>) =>
    asks.map((ask) => (ask.id === id ? { ...ask, ...to } : ask));
  switch (event.type) {
    case "Asked": {
      const { ask: id, to, text, within } = event.data;
      const ask: Ask = {
        id,
        to,
        text,
        by: actor,
        at,
        within,
        state: "asked",
        changedAt: at,
        changedBy: actor,
        result: null,
        chasedAt: null,
      };
      return [...asks, ask];
    }
    case "AskAnswered":
      return change(event.data.ask, {
        state: event.data.accepted ? "accepted" : "declined",
        changedAt: at,
        changedBy: actor,
      });
    case "AskTaken":
      return change(event.data.ask, {
        to: event.data.to,
        state: "accepted",
        changedAt: at,
        changedBy: actor,
      });
    case "AskDone":
      return change(event.data.ask, {
        state: "done",
        changedAt: at,
        changedBy: actor,
        result: event.data.result,
      });
    case "AskChased":
      return change(event.data.ask, { chasedAt: at });
    default:
      return event satisfies never;
  }
}
