import type { Outgoing } from "../effect.ts";
import { deleteMessage, editMessage, postMessage } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { slotTo } from "../slot.ts";

/** The message *What's missing*. */
const missingSlot = "missing";

/** What any event makes necessary here; `state` is the one after it. */
export function presenceEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version, presence } = state;
  const changed = presence.missing.version === version ? missingShown(state, at) : [];
  switch (event.type) {
    case "ChannelOpened":
      return presence.missing.gaps.length > 0 ? missingShown(state, at) : [];
    // The thread that stands in for a channel: what opens in it is asked for as if that were one.
    case "MessagePosted":
      return [];
    case "MemberBriefed": {
      const { user } = event.data;
      return [...changed, postMessage(number, slotTo(user, `brief:${at}`), at)];
    }
    case "CommanderReminded":
      // An edit would notify nobody.
      return [deleteMessage(number, missingSlot, at, version), postMessage(number, missingSlot, at, version)];
    case "MessageGone": {
      const isWanted = presence.missing.gaps.length > 0;
      // It was on its way out when something was found missing again.
      return event.data.slot === missingSlot && event.data.wanted && isWanted
        ? [postMessage(number, missingSlot, at, version)]
        : [];
    }
    default:
      return changed;
  }
}

function missingShown({ number, version, presence, posts }: Incident, at: number): Outgoing[] {
  if (presence.missing.gaps.length === 0) return [deleteMessage(number, missingSlot, at, version)];
  return [
    ...(posts[missingSlot] ? [] : [postMessage(number, missingSlot, at, version)]),
    editMessage(number, missingSlot, at, version),
  ];
}
