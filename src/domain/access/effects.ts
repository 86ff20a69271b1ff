import type { Outgoing } from "../effect.ts";
import { catchUp, editMessage, invitePeople, postMessage, uploadPostmortem } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { speaksOutside } from "../policy/visibility.ts";
import { refreshed, standing } from "../refreshed.ts";
import { slotTo } from "../slot.ts";
import { type AccessEvent, isAccessEvent } from "./events.ts";
import { lookAfter, lookAtChannel, returnToChannel } from "./looks.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function accessEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  if (isAccessEvent(event)) return [...effectsOf(event, state), ...lookedAt(event, state)];
  switch (event.type) {
    case "IncidentReopened":
      return state.access.lost ? told(state, at) : [];
    case "ChannelAskedAgain":
    case "EffectRefused":
      return state.access.lost && isAboutChannel(event) ? standing(state, "lost", at) : [];
    case "ChannelOpened":
      return state.access.former.length > 0 ? replaced(state, at) : [];
    default:
      return [];
  }
}

const isAboutChannel = (event: IncidentEvent): boolean =>
  event.type !== "EffectRefused" || event.data.key.includes(":channel:create");

/** Whether that still holds; a deleted channel never comes back. */
const lookedAt = ({ at }: AccessEvent, { number, version, access: { lost } }: Incident): Outgoing[] =>
  lost?.why === "deleted" ? [] : [lookAtChannel(number, `after:${version}`, at + lookAfter)];

function effectsOf(event: AccessEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version, access } = state;
  switch (event.type) {
    case "ChannelArchived":
    case "ChannelLost":
      return lost(state, at);
    case "ChannelUnarchived":
      return [...standing(state, "lost", at), ...standing(state, "archive", at), ...sharedAnew(state, at)];
    case "ChannelFound":
      return [
        ...standing(state, "lost", at),
        ...sharedAnew(state, at),
        postMessage(number, `back:${access.losses}`, at),
        catchUp(number, `back:${version}`, at),
      ];
    case "ChannelRenamed":
      return refreshed(state, at);
    case "ChannelConverted": {
      const n = access.conversions.length;
      const isOwnKind = event.data.closed === state.private;
      return isOwnKind
        ? standing(state, "converted", at)
        : [
            postMessage(number, `converted:${n}`, at),
            ...(state.private
              ? people(state).map((user) => postMessage(number, slotTo(user, `converted:${n}`), at))
              : outside(state, `converted:${n}:thread`, at)),
            ...(n > 1 ? [editMessage(number, `converted:${n - 1}`, at, version)] : []),
          ];
    }
    default:
      return event satisfies never;
  }
}

function lost(state: Incident, at: number): Outgoing[] {
  const { number, version, access } = state;
  const { lost: now } = access;
  if (!now || !(isOpen(state) || now.needed)) return [];
  // Into a public channel it comes back by itself, and says so there.
  if (now.why === "removed" && !access.closed) return [returnToChannel(number, version, at)];
  return told(state, at);
}

/** Whoever can still be reached, once for each loss; who was told already reads what is known by now. */
function told(state: Incident, at: number): Outgoing[] {
  const { number, access } = state;
  const slot = `lost:${access.losses}`;
  return [
    ...people(state).map((user) => postMessage(number, slotTo(user, slot), at)),
    ...outside(state, `${slot}:thread`, at),
    ...standing(state, "lost", at),
  ];
}

/** Who leads, and who took it up last, else who declared it. */
function people({ roles, ending, declaredBy, departed }: Incident): string[] {
  const last = ending.reopenings.at(-1)?.by ?? declaredBy;
  const wanted = [roles.held.commander?.user, last.kind === "slack" ? last.user : undefined];
  return [...new Set(wanted)].flatMap((user) => (user === undefined || departed[user] ? [] : [user]));
}

/** In the thread of the announcement, for those who follow the incident there. */
const outside = (state: Incident, slot: string, at: number): Outgoing[] =>
  state.announce && isOpen(state) && speaksOutside(state) ? [postMessage(state.number, slot, at)] : [];

/** A file that was not shared in time is none any more: each is made anew. */
function sharedAnew({ number, version, copies }: Incident, at: number): Outgoing[] {
  return Object.entries(copies).flatMap(([name, { to, file, shared }]) =>
    to === null && file !== null && !shared ? [uploadPostmortem(number, name, at, version)] : [],
  );
}

/** Whoever was in the channel before is asked into the new one. */
function replaced(state: Incident, at: number): Outgoing[] {
  const { number, version, access, presence, declaredBy } = state;
  const members = new Set([
    ...Object.keys(presence.members),
    ...(declaredBy.kind === "slack" ? [declaredBy.user] : []),
  ]);
  return [
    ...standing(state, "lost", at),
    ...(state.announce ? [editMessage(number, "announcement", at, version)] : []),
    postMessage(number, `back:${access.losses}`, at),
    ...sharedAnew(state, at),
    ...(members.size > 0 ? [invitePeople(number, [...members], `replaced:${version}`, at)] : []),
  ];
}
