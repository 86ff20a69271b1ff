import type { Outgoing } from "../effect.ts";
import {
  deleteMessage,
  editMessage,
  invitePeople,
  learnPerson,
  postMessage,
  timer,
} from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { reachesPeople } from "../policy/visibility.ts";
import { justEnded } from "../presence/phase.ts";
import { slotTo } from "../slot.ts";
import { type AsksEvent, isAsksEvent } from "./events.ts";
import { type Ask, isPending } from "./state.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function asksEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  if (isAsksEvent(event)) return effectsOfAsks(event, state);
  const pending = state.asks.filter(isPending);
  if (event.type === "ChannelOpened") return pending.flatMap((ask) => shown(state, ask, at));
  return justEnded(state) ? pending.flatMap((ask) => refreshed(state, ask, at)) : [];
}

function effectsOfAsks(event: AsksEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number } = state;
  const ask = state.asks.find(({ id }) => id === event.data.ask);
  if (!ask) return [];
  switch (event.type) {
    case "Asked":
      return [
        learnPerson(ask.to, at),
        ...(hasRoom(state) ? shown(state, ask, at) : []),
        timer({ type: "ChaseAsk", incident: number, ask: ask.id }, ask.id, event.data.chaseAt),
      ];
    case "AskAnswered":
    case "AskTaken":
      return refreshed(state, ask, at);
    case "AskDone":
      return [
        ...refreshed(state, ask, at),
        ...(hasRoom(state) ? [postMessage(number, `ask-done:${ask.id}`, at)] : []),
      ];
    case "AskChased":
      return [postMessage(number, `chase:${ask.id}`, at)];
    default:
      return event satisfies never;
  }
}

/** In the channel. Whoever is not there is brought in and told in person, of a drill neither. */
function shown(state: Incident, { id, to }: Ask, at: number): Outgoing[] {
  const { number, channel, presence } = state;
  const isThere = presence.members[to] !== undefined;
  return [
    postMessage(number, `ask:${id}`, at),
    ...(isThere || !reachesPeople(state)
      ? []
      : [
          ...(channel ? [invitePeople(number, [to], `ask:${id}`, at)] : []),
          postMessage(number, slotTo(to, `ask:${id}`), at),
        ]),
  ];
}

/** A chase that was answered goes. */
function refreshed({ number, version }: Incident, { id, to, chasedAt }: Ask, at: number): Outgoing[] {
  return [
    editMessage(number, `ask:${id}`, at, version),
    editMessage(number, slotTo(to, `ask:${id}`), at, version),
    ...(chasedAt === null ? [] : [deleteMessage(number, `chase:${id}`, at, version)]),
  ];
}
