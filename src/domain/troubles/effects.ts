import type { Outgoing } from "../effect.ts";
import { editMessage, postMessage } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { slotTo } from "../slot.ts";
import { isOfAnnouncement, isOfChannel } from "./state.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function troublesEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  switch (event.type) {
    case "EffectRefused":
      return [
        ...notesEdited(state, at),
        // A note that Slack refuses is not told by another one.
        ...(hasRoom(state) && !event.data.key.includes(":trouble:")
          ? [postMessage(state.number, `trouble:${state.version}`, at)]
          : []),
      ];
    case "EffectRetried":
    case "RetryEnded":
    case "ChannelAskedAgain":
    case "ChannelOpened":
      return notesEdited(state, at);
    default:
      return [];
  }
}

/** The notes about what has just changed, wherever they stand. */
function notesEdited({ number, version, troubles, declaredBy }: Incident, at: number): Outgoing[] {
  const changed = troubles.filter(({ retried, ended }) => (ended?.at ?? retried?.at) === at);
  return changed.flatMap((each) => [
    editMessage(number, `trouble:${each.version}`, at, version),
    ...(isOfAnnouncement(number, each.key) && declaredBy.kind === "slack"
      ? [editMessage(number, slotTo(declaredBy.user, `unannounced:${each.version}`), at, version)]
      : []),
  ]);
}

/** Keys of the outbox's refused rows that an event puts back, or gives up because something else takes their place. */
export function refusedRows(
  events: readonly IncidentEvent[],
  before: Incident | undefined,
): { retry: string[]; giveUp: string[] } {
  const retry = events.flatMap((event) => (event.type === "EffectRetried" ? [event.data.key] : []));
  const isAskedAnew = events.some(({ type }) => type === "ChannelAskedAgain");
  const given =
    before && isAskedAnew ? before.troubles.filter(({ key }) => isOfChannel(before.number, key)) : [];
  return { retry, giveUp: given.map(({ key }) => key) };
}
