import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isEndingEvent } from "./events.ts";
import type { Ending, noticeKinds } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveEnding(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (!isEndingEvent(event)) return {};
  const { at, actor } = event;
  const { ending } = state;
  const by = { at, by: actor };
  switch (event.type) {
    case "IncidentCancelled": {
      const { reason, same } = event.data;
      const cancelled = {
        ...by,
        reason,
        duplicateOf: same?.number ?? null,
        otherChannel: same?.channel ?? null,
      };
      return {
        status: "CANCELLED",
        resolved: null,
        nextDue: null,
        reminder: null,
        pausedSince: null,
        ending: { ...stopped(ending), cancelled },
      };
    }
    case "IncidentReopened":
      return reopened(state, event);
    case "IncidentClosed": {
      const { archiving } = event.data;
      return {
        status: "CLOSED",
        ending: {
          ...told(state, event, "closed"),
          closed: by,
          // A channel that was there before is nobody's to archive.
          archiving:
            archiving && !state.here ? { at: archiving.at, announced: false, kept: null, due: false } : null,
        },
      };
    }
    case "DuplicateNoted": {
      const { other, same } = event.data;
      const rest = ending.duplicates.filter(({ number }) => number !== other.number);
      const about = String(other.number);
      return {
        ending: {
          ...told(state, event, same ? "same" : "notSame", { about }),
          duplicates: same ? [...rest, other] : rest,
        },
      };
    }
    case "PostmortemOwned": {
      const { owner, remindAt, how } = event.data;
      return {
        ending: {
          // The first one stands on the draft's message.
          ...(how === "named" ? ending : told(state, event, how)),
          postmortem: { ...ending.postmortem, owner, remindAt },
        },
      };
    }
    case "PostmortemReminded":
      return { ending: { ...ending, postmortem: { ...ending.postmortem, remindAt: event.data.next } } };
    case "PostmortemPublished":
      return {
        ending: {
          ...told(state, event, "published"),
          postmortem: { ...ending.postmortem, published: by, remindAt: null },
        },
      };
    case "PostmortemWaived": {
      const { reason } = event.data;
      return {
        ending: {
          ...told(state, event, "waived", { words: reason }),
          postmortem: { ...ending.postmortem, waived: { ...by, reason }, remindAt: null },
        },
      };
    }
    case "ArchivingAnnounced":
      return {
        ending: { ...ending, archiving: archivingOf(ending, { at: event.data.at, announced: true }) },
      };
    case "ChannelKept":
      return { ending: { ...ending, archiving: archivingOf(ending, { kept: actor }) } };
    case "ArchivingDue":
      return { ending: { ...ending, archiving: archivingOf(ending, { due: true }) } };
    case "JoinAsked":
      return {};
    default:
      return event satisfies never;
  }
}

function reopened(state: Incident, { at, actor, data }: EventOf<"IncidentReopened">): Partial<Incident> {
  const { ending } = state;
  const { reason, from, recoveredAt } = data;
  return {
    status: "INVESTIGATING",
    resolved: null,
    ending: {
      ...stopped(ending),
      reopenings: [...ending.reopenings, { at, by: actor, reason, from, recoveredAt }],
    },
  };
}

/** Nothing of the last ending counts any more. */
const stopped = (ending: Ending): Ending => ({
  ...ending,
  closed: null,
  cancelled: null,
  postmortem: { owner: null, remindAt: null, published: null, waived: null },
  archiving: null,
});

const archivingOf = (
  { archiving }: Ending,
  change: Partial<NonNullable<Ending["archiving"]>>,
): Ending["archiving"] => archiving && { ...archiving, ...change };

type Notice = Ending["notices"][number];

function told(
  { ending, version }: Incident,
  { at, actor }: IncidentEvent,
  kind: (typeof noticeKinds)[number],
  { words = null, about = null }: Partial<Pick<Notice, "words" | "about">> = {},
): Ending {
  const notice = { version: version + 1, at, by: actor, kind, words, about };
  return { ...ending, notices: [...ending.notices, notice] };
}
