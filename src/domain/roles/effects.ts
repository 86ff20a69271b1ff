import type { Outgoing } from "../effect.ts";
import { editMessage, invitePeople, learnPerson, postMessage, setTopic, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { reachesPeople } from "../policy/visibility.ts";
import { justEnded } from "../presence/phase.ts";
import { slotTo } from "../slot.ts";
import type { Role } from "../vocab.ts";
import { isRolesEvent, type RolesEvent } from "./events.ts";
import { liveOffer } from "./state.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function rolesEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { number, version, roles } = state;
  const { at } = event;
  if (isRolesEvent(event)) return effectsOfRoles(event, state);
  if (event.type === "ChannelOpened") return beforeTheChannel(state, at);
  const offer = justEnded(state) ? liveOffer(roles) : undefined;
  return offer ? [editMessage(number, `handover:${offer.id}`, at, version)] : [];
}

function effectsOfRoles(event: RolesEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  switch (event.type) {
    case "RoleTaken": {
      const { user, role, givenBy, how } = event.data;
      const own = slotTo(user, `role:${version}`);
      return [
        learnPerson(user, at),
        ...changeShown(state, role, at),
        ...(how === "given" && isReached(state, user) ? [postMessage(number, own, at)] : []),
        ...(givenBy.kind === "slack" ? [learnPerson(givenBy.user, at)] : []),
        ...brought(state, user, at),
      ];
    }
    case "RoleDeclined": {
      const { role, user, change, giver } = event.data;
      return [
        ...changeShown(state, role, at),
        editMessage(number, slotTo(user, `role:${change}`), at, version),
        ...(giver.kind === "slack" ? [postMessage(number, slotTo(giver.user, `role:${version}`), at)] : []),
      ];
    }
    case "CommandOffered":
      return [
        learnPerson(event.data.to, at),
        ...(hasRoom(state) ? [postMessage(number, `handover:${version}`, at)] : []),
        ...brought(state, event.data.to, at),
      ];
    case "CommandOfferEnded":
      return [editMessage(number, `handover:${event.data.offer}`, at, version)];
    case "CommandVacant": {
      const { remindAt, escalateAt } = event.data;
      const about = { incident: number, since: at };
      return [
        ...(remindAt === null ? [] : [timer({ type: "RemindCommander", ...about }, state.version, remindAt)]),
        ...(escalateAt === null
          ? []
          : [timer({ type: "EscalateCommander", ...about }, state.version, escalateAt)]),
      ];
    }
    case "CommanderReminded":
    case "CommanderStillMissing":
      return [];
    default:
      return event satisfies never;
  }
}

function changeShown(state: Incident, role: Role, at: number): Outgoing[] {
  const { number, version } = state;
  return [
    ...(hasRoom(state) ? [postMessage(number, `role:${version}`, at)] : []),
    editMessage(number, "card", at, version),
    ...(role === "commander" ? [setTopic(number, at, version)] : []),
  ];
}

/** Whoever is in the channel; of a drill nobody else. */
const isReached = (state: Incident, user: string): boolean =>
  state.presence.members[user] !== undefined || reachesPeople(state);

/** Somebody who is no member yet is brought in, but into no drill. */
function brought(state: Incident, user: string, at: number): Outgoing[] {
  const { number, version, channel, presence } = state;
  const isThere = presence.members[user] !== undefined;
  return channel && !isThere && isReached(state, user)
    ? [invitePeople(number, [user], `role:${version}`, at)]
    : [];
}

/** What was recorded before there was a channel to show it in. */
function beforeTheChannel(state: Incident, at: number): Outgoing[] {
  const { number, version, roles } = state;
  const people = [...new Set(Object.values(roles.held).map(({ user }) => user))];
  const offer = liveOffer(roles);
  return [
    ...roles.changes.map((change) => postMessage(number, `role:${change.version}`, at)),
    ...(offer ? [postMessage(number, `handover:${offer.id}`, at)] : []),
    ...(people.length > 0 && state.channel && reachesPeople(state)
      ? [invitePeople(number, people, `role:${version}`, at)]
      : []),
  ];
}
