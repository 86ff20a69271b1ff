import type { Outgoing } from "../effect.ts";
import { archiveChannel, invitePeople, learnPerson, postMessage, timer } from "../effect-routing.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
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
