import type { Outgoing } from "../effect.ts";
import {
  archiveChannel,
  invitePeople,
  learnPerson,
  postMessage,
  timer,
  uploadPostmortem,
} from "../effect-routing.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { refreshed, standing } from "../refreshed.ts";
import { slotTo } from "../slot.ts";
import { isEndingEvent } from "./events.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function endingEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (!isEndingEvent(event)) return [];
  const { at } = event;
  const { number, version, ending } = state;
  switch (event.type) {
    case "IncidentCancelled": {
      const { same } = event.data;
      return [
        ...(same && !state.private ? [tellOther(state, same.number, true, at)] : []),
        ...(same && hasRoom(state) ? [postMessage(number, `duplicate:${version}`, at)] : []),
        ...standing(state, "postmortem", at),
      ];
    }
    case "IncidentReopened":
      return [
        ...wasDuplicateOf(state, event),
        ...["postmortem", "archive", "duplicate", "pm-due"].flatMap((kind) => standing(state, kind, at)),
        ...(ending.archived ? tellReopener(state, event) : []),
      ];
    case "IncidentClosed": {
      const { archiving } = event.data;
      return [
        ...notice(state, at),
        ...refreshed(state, at),
        ...standing(state, "postmortem", at),
        ...(ending.archiving && archiving
          ? [
              timer(
                { type: "AnnounceArchiving", incident: number, due: archiving.at },
                version,
                archiving.noticeAt,
              ),
            ]
          : []),
      ];
    }
    case "DuplicateNoted":
      return [...notice(state, at), ...refreshed(state, at)];
    case "JoinAsked":
      return [invitePeople(number, [event.data.user], `join:${version}`, at)];
    case "PostmortemOwned": {
      const { owner, remindAt, how } = event.data;
      return [
        ...(owner === null ? [] : [learnPerson(owner, at)]),
        ...(how === "named" ? reminder(state, remindAt) : notice(state, at)),
        ...standing(state, "postmortem", at),
        ...standing(state, "pm-due", at),
      ];
    }
    case "PostmortemReminded": {
      const { to, due, next } = event.data;
      return [postMessage(number, slotTo(to, `pm-due:${due}`), at), ...reminder(state, next)];
    }
    case "PostmortemPublished":
    case "PostmortemWaived":
      return [
        // Closing it says so as well.
        ...(event.data.closes ? [] : notice(state, at)),
        ...refreshed(state, at),
        ...standing(state, "postmortem", at),
        ...standing(state, "pm-due", at),
      ];
    case "ArchivingAnnounced":
      return [
        postMessage(number, `archive:${event.data.at}`, at),
        timer({ type: "ArchiveWhenDue", incident: number, due: event.data.at }, version, event.data.at),
      ];
    case "ChannelKept":
      return standing(state, "archive", at);
    case "ArchivingDue":
      return [archiveChannel(number, version, at)];
    case "ChannelArchived":
      // Found out while it is needed: a person has to bring it back.
      return isOpen(state) && event.data.slot !== null ? tellReopener(state, event) : [];
    case "ChannelUnarchived":
      return returned(event, state);
    default:
      return event satisfies never;
  }
}

const notice = (state: Incident, at: number): Outgoing[] =>
  hasRoom(state) ? [postMessage(state.number, `ended:${state.version}`, at)] : [];

const reminder = ({ number, version }: Incident, at: number | null): Outgoing[] =>
  at === null ? [] : [timer({ type: "RemindPostmortem", incident: number, due: at }, `${at}:${version}`, at)];

/** Two incidents are two commits: the second is a command of its own, due at once. */
function tellOther(state: Incident, other: number, same: boolean, at: number): Outgoing {
  const own = { number: state.number, channel: state.channel?.id ?? null };
  return timer(
    { type: "NoteDuplicate", incident: other, other: own, same },
    `${state.number}:${state.version}`,
    at,
  );
}

function wasDuplicateOf(state: Incident, { at, data }: EventOf<"IncidentReopened">): Outgoing[] {
  if (data.from !== "CANCELLED" || state.private) return [];
  const last = state.updates.findLast(({ change }) => change?.kind === "cancelled")?.change;
  if (last?.kind !== "cancelled" || last.duplicateOf === null) return [];
  return [tellOther(state, last.duplicateOf, false, at)];
}

/** Whoever reopened it, else whoever leads or declared, is told how the channel comes back. */
function tellReopener(state: Incident, { at }: IncidentEvent): Outgoing[] {
  const { number, ending, declaredBy, roles } = state;
  const last = ending.reopenings.at(-1)?.by ?? declaredBy;
  const to = last.kind === "slack" ? last.user : roles.held.commander?.user;
  return to === undefined
    ? []
    : [postMessage(number, slotTo(to, `unarchive:${ending.reopenings.length}`), at)];
}

/** What could not be posted is, as far as it is still wanted. */
function returned({ at, data }: EventOf<"ChannelUnarchived">, state: Incident): Outgoing[] {
  const { number, version, copies } = state;
  // A file that was not shared in time is none any more: each is made anew.
  const unshared = Object.keys(copies).filter((name) => {
    const copy = copies[name];
    return copy !== undefined && copy.to === null && copy.file !== null && !copy.shared;
  });
  return [
    ...refreshed(state, at),
    ...data.waiting.map((slot) => postMessage(number, slot, at, version)),
    ...(data.people.length > 0 ? [invitePeople(number, data.people, `returned:${version}`, at)] : []),
    ...unshared.map((copy) => uploadPostmortem(number, copy, at, version)),
    ...standing(state, "unarchive", at),
    ...standing(state, "archive", at),
  ];
}
