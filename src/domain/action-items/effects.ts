import type { Outgoing } from "../effect.ts";
import { learnPerson, postMessage, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { standing } from "../refreshed.ts";
import { slotTo } from "../slot.ts";
import { isActionItemsEvent } from "./events.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function actionItemsEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number } = state;
  if (event.type === "ChannelOpened")
    return state.actionItems.map(({ id }) => postMessage(number, `action:${id}`, at));
  if (!isActionItemsEvent(event)) return [];
  switch (event.type) {
    case "ActionItemAdded": {
      const { item, owner, due, remindAt, digestAt } = event.data;
      return [
        ...known(owner, at),
        ...(hasRoom(state) ? [postMessage(number, `action:${item}`, at)] : []),
        ...dueTimer(state, { item, due, remindAt }),
        ...(digestAt === null ? [] : [digestTimer(state, digestAt)]),
      ];
    }
    case "ActionItemEdited": {
      const { item, owner, due, remindAt } = event.data;
      return [...known(owner, at), ...shown(state, item, at), ...dueTimer(state, { item, due, remindAt })];
    }
    case "ActionItemRestored": {
      const { item, remindAt } = event.data;
      const due = state.actionItems.find(({ id }) => id === item)?.due ?? null;
      return [...shown(state, item, at), ...dueTimer(state, { item, due, remindAt })];
    }
    case "ActionItemDone":
    case "ActionItemDropped":
      return shown(state, event.data.item, at);
    case "ActionItemDue": {
      const { item, owner, due } = event.data;
      return [postMessage(number, slotTo(owner, `due:${item}:${due}`), at)];
    }
    case "ActionDigestSent": {
      const { due, to, next } = event.data;
      return [
        ...to.map((owner) => postMessage(number, slotTo(owner, `digest:${due}`), at)),
        ...(next === null ? [] : [digestTimer(state, next)]),
      ];
    }
    default:
      return event satisfies never;
  }
}

function dueTimer(
  { number: incident, version }: Incident,
  { item, due, remindAt }: { item: string; due: string | null; remindAt: number | null },
): Outgoing[] {
  if (due === null || remindAt === null) return [];
  return [timer({ type: "RemindActionItem", incident, item, due }, `${item}:${due}:${version}`, remindAt)];
}

const known = (owner: string | null, at: number): Outgoing[] =>
  owner === null ? [] : [learnPerson(owner, at)];

const digestTimer = ({ number, version }: Incident, at: number): Outgoing =>
  timer({ type: "SendActionDigest", incident: number, due: at }, `${at}:${version}`, at);

/** Every message that shows the item: its own, those that say that it is due, and the lists of its owner. */
const shown = (state: Incident, item: string, at: number): Outgoing[] =>
  [`action:${item}`, `due:${item}`, "digest"].flatMap((kind) => standing(state, kind, at));
