import type { Outgoing } from "../effect.ts";
import {
  callWebhook,
  deleteMessage,
  editMessage,
  invitePeople,
  learnPerson,
  postMessage,
  seekPeople,
  timer,
} from "../effect-routing.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { justEnded } from "../presence/phase.ts";
import { addressed, type Slot, slotIn, slotTo } from "../slot.ts";
import { type EscalationEvent, isEscalationEvent } from "./events.ts";
import { isWanted, needsSeeking } from "./reach.ts";
import { ringRefused } from "./ring.ts";
import type { Call } from "./state.ts";
import { dueAt, exhaustedAtLatest, isPlanned, isWalking, uncalled } from "./walk.ts";
import { silence, still } from "./watch.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function escalationEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { number, version, escalation } = state;
  const watched =
    escalation.watch?.version === version && isOpen(state)
      ? [timer({ type: "CheckHeard", incident: number, watch: version }, version, event.at + silence)]
      : [];
  return [
    ...watched,
    ...outcomeTold(state, event.at),
    ...(isEscalationEvent(event) ? ofOwn(event, state) : ofOther(event, state)),
  ];
}

/** Each webhook that was called hears once that somebody has it, and once that it is over. */
const outcomeTold = ({ number, version, escalation }: Incident, at: number): Outgoing[] =>
  escalation.webhooks.flatMap(({ name, acknowledged, resolved }) => {
    if (resolved === version) return [callWebhook(number, name, { act: "resolve", version }, at)];
    if (acknowledged === version) return [callWebhook(number, name, { act: "acknowledge", version }, at)];
    return [];
  });

function ofOwn(event: EscalationEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  const card = editMessage(number, "card", at, version);
  const shown = (slot: Slot): Outgoing[] => (hasRoom(state) ? [postMessage(number, slot, at)] : []);
  switch (event.type) {
    case "WalkPlanned": {
      const { walk, beginsAt, people } = event.data;
      const learned = people.map((user) => learnPerson(user, at));
      if (beginsAt <= at) return learned;
      return [
        ...learned,
        timer({ type: "StartWalk", incident: number, walk }, walk, beginsAt),
        ...shown(`calling:${walk}`),
      ];
    }
    case "WalkBegun":
      return [...timersOf(state, event.data.walk), refreshedNotice(state, event.data.walk, at), card];
    case "WalkDropped":
      return event.actor.kind === "bot"
        ? [deleteMessage(number, `calling:${event.data.walk}`, at, version)]
        : [refreshedNotice(state, event.data.walk, at), card];
    case "PeopleCalled":
      return [...called(event, state), card];
    case "PeopleSought": {
      const call = state.escalation.calls.find(({ id }) => id === event.data.call);
      return call ? [...sought(state, call, at), card] : [];
    }
    case "WebhookReached":
    case "WebhookMissed":
    case "WebhookSpared":
      return [editMessage(number, `call:${event.data.call}`, at, version), card];
    case "CallAcknowledged":
      return [...refreshed(state, at), card];
    case "WalkExhausted": {
      const slot = exhaustedSlot(state, event.data.walk);
      return [
        ...shown(slot),
        ...(state.announce ? [postMessage(number, `${slot}:thread`, at)] : []),
        ...Object.keys(event.data.phones).map((user) => learnPerson(user, at)),
        card,
      ];
    }
    case "StillOnItAsked":
      return [
        ...shown(still(event.data.watch)),
        timer(
          { type: "GoOn", incident: number, watch: event.data.watch },
          event.data.watch,
          event.data.goesOnAt,
        ),
      ];
    case "StillOnIt":
      return standing(state, "still").map((slot) => editMessage(number, slot, at, version));
    case "WalkResumed":
      return [
        ...timersOf(state, event.data.walk, version),
        ...standing(state, "still").map((slot) => editMessage(number, slot, at, version)),
        card,
      ];
    default:
      return event satisfies never;
  }
}

function ofOther(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  switch (event.type) {
    case "ChannelOpened":
      return channelOpened(state, at);
    case "RoleTaken":
      return event.data.role === "commander" ? refreshed(state, at) : [];
    // They have more time to answer than it says.
    case "PromptHeldBack":
      return event.data.timer.type === "GoOn"
        ? standing(state, "still").map((slot) => editMessage(number, slot, at, version))
        : [];
    case "EffectRefused": {
      const { key } = event.data;
      const id = ringRefused(key)?.call ?? /:(?:call|step):([^:]+)$/.exec(key)?.[1];
      return id === undefined ? [] : [editMessage(number, `call:${id}`, at, version)];
    }
    default:
      return justEnded(state) ? refreshed(state, at) : [];
  }
}

/** Those turns that are still to come; `again` tells them from the ones that were set before the walk stood still. */
function timersOf(state: Incident, index: number, again?: number): Outgoing[] {
  const walk = state.escalation.walks[index];
  if (!walk) return [];
  const incident = state.number;
  const suffix = again === undefined ? "" : `:${again}`;
  const last = exhaustedAtLatest(walk);
  return [
    ...uncalled(walk).flatMap((turn) => {
      const due = dueAt(walk, turn);
      if (due === null) return [];
      return [timer({ type: "CallTurn", incident, walk: index, turn }, `${index}.${turn}${suffix}`, due)];
    }),
    ...(last === null
      ? []
      : [timer({ type: "ExhaustWalk", incident, walk: index }, `${index}${suffix}`, last)]),
  ];
}

function called({ at, data }: EventOf<"PeopleCalled">, state: Incident): Outgoing[] {
  const { number, drill } = state;
  const { call: id, aims } = data;
  const known = aims.flatMap(({ people, knew }) => [...people, ...knew]);
  const learned = known.map((user) => learnPerson(user, at));
  const slot = `call:${id}`;
  const inChannel = hasRoom(state) ? [postMessage(number, slot, at)] : [];
  if (drill) return [...learned, ...inChannel];
  const elsewhere = aims.flatMap(({ target, failure }) =>
    target.kind === "channel" && failure === null
      ? [postMessage(number, slotIn(target.name, `step:${id}`), at)]
      : [],
  );
  const rings = state.escalation.calls.find((call) => call.id === id)?.webhooks ?? [];
  const rung = rings.map(({ name }) => callWebhook(number, name, { act: "trigger", call: id }, at));
  return [
    ...rung,
    ...learned,
    ...elsewhere,
    ...(needsSeeking(aims) ? [seekPeople(number, id, at)] : inChannel),
  ];
}

/** Everybody who can be told, at once. */
function sought(state: Incident, call: Call, at: number): Outgoing[] {
  const { number, channel } = state;
  const { id, people } = call;
  const told = people.filter(({ delivery }) => delivery !== "failed").map(({ user }) => user);
  return [
    ...told.map((user) => postMessage(number, slotTo(user, `call:${id}`), at)),
    ...(hasRoom(state) ? [postMessage(number, `call:${id}`, at)] : []),
    ...(channel && told.length > 0 && isWanted(state, call)
      ? [invitePeople(number, told, `call:${id}`, at)]
      : []),
    ...people.map(({ user }) => learnPerson(user, at)),
  ];
}

/** The channel is there, or the thread that stands in for it: what was called meanwhile is shown in it, and whoever was called gets its link and comes in. */
function channelOpened(state: Incident, at: number): Outgoing[] {
  const { number, version, channel, drill, escalation } = state;
  const { walks, calls, watch } = escalation;
  return [
    ...walks.flatMap((walk, index) => [
      ...(isPlanned(walk) ? [postMessage(number, `calling:${index}`, at)] : []),
      ...(walk.exhaustedAt === null ? [] : [postMessage(number, exhaustedSlot(state, index), at)]),
    ]),
    ...calls
      .filter(({ sought }) => drill || sought)
      .flatMap((call) => {
        const told = drill ? [] : call.people.filter(({ delivery }) => delivery !== "failed");
        const users = told.map(({ user }) => user);
        return [
          postMessage(number, `call:${call.id}`, at),
          ...users.map((user) => editMessage(number, slotTo(user, `call:${call.id}`), at, version)),
          ...(channel && users.length > 0 && isWanted(state, call)
            ? [invitePeople(number, users, `call:${call.id}`, at)]
            : []),
        ];
      }),
    ...(watch?.askedAt ? [postMessage(number, still(watch.version), at)] : []),
  ];
}

/** Whatever offers *Ack* shows that somebody has it, or that it is over. */
function refreshed(state: Incident, at: number): Outgoing[] {
  const { number, version, escalation } = state;
  const slots = new Set<Slot>([
    ...escalation.calls.flatMap(({ id, people, aims }) => [
      `call:${id}`,
      ...people.filter(({ delivery }) => delivery !== "failed").map(({ user }) => slotTo(user, `call:${id}`)),
      ...aims.flatMap(({ target, failure }) =>
        target.kind === "channel" && failure === null ? [slotIn(target.name, `step:${id}`)] : [],
      ),
    ]),
    ...escalation.walks.flatMap((walk, index) => (isWalking(walk) ? [] : [`calling:${index}`])),
    ...standing(state, "still"),
    ...standing(state, "exhausted"),
  ]);
  return [...slots].map((slot) => editMessage(number, slot, at, version));
}

/** *Calling @alice in 60 s*, where there was such a message. */
const refreshedNotice = ({ number, version }: Incident, walk: number, at: number): Outgoing =>
  editMessage(number, `calling:${walk}`, at, version);

export const exhaustedSlot = ({ escalation }: Incident, walk: number): Slot =>
  `exhausted:${walk}.${escalation.walks[walk]?.exhaustions ?? 0}`;

const standing = ({ posts }: Incident, kind: string): Slot[] =>
  Object.keys(posts).filter((slot) => addressed(slot).slot.startsWith(`${kind}:`));
