import type { Outgoing } from "../effect.ts";
import {
  addBookmark,
  createChannel,
  editMessage,
  invitePeople,
  learnPerson,
  postMessage,
  setTopic,
} from "../effect-routing.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { slotIn, slotTo } from "../slot.ts";
import { isOfAnnouncement, isOfChannel } from "../troubles/state.ts";
import { threadOpener, threadSlotOf } from "./thread.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function openingEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const isTold = state.opening.topic.since === state.version;
  const topic =
    state.channel && (event.type === "ChannelOpened" || isTold)
      ? [setTopic(state.number, event.at, state.version)]
      : [];
  // Their buttons go when the incident is over.
  const told = isTold
    ? Object.keys(state.posts)
        .filter((slot) => slot === "similar" || threadSlotOf(slot))
        .map((slot) => editMessage(state.number, slot, event.at, state.version))
    : [];
  return [...topic, ...told, ...effectsOf(event, state)];
}

function effectsOf(event: IncidentEvent, state: Incident): Outgoing[] {
  const { number, version, channel, opening } = state;
  const { at } = event;
  switch (event.type) {
    case "RespondersInvited":
      return channel ? [invitePeople(number, event.data.users, `responders:${version}`, at)] : [];
    case "InvitesRefused":
      return [
        ...event.data.refused.map(({ user }) => learnPerson(user, at)),
        postMessage(number, `uninvited:${version}`, at),
      ];
    case "SimilarDismissed":
      return [editMessage(number, "similar", at, version)];
    case "EffectRetried":
      return isOfChannel(number, event.data.key) ? openerEdited(state, at) : [];
    case "ChannelAskedAgain":
      return [createChannel(number, event.data.name, at, opening.retries), ...openerEdited(state, at)];
    case "ChannelOpened":
      return channelOpened(state, at);
    case "MessagePosted":
      return ["announcement", "postmortem"].includes(event.data.slot)
        ? [addBookmark(number, event.data.slot, at, version)]
        : [];
    case "MessageGone":
      return threadSlotOf(event.data.slot) && !channel && !event.data.wanted
        ? [postMessage(number, event.data.slot, at, version)]
        : [];
    case "EffectRefused":
      return refused(event, state);
    default:
      return [];
  }
}

function channelOpened(state: Incident, at: number): Outgoing[] {
  const { number, version, opening, channel } = state;
  return [
    ...(opening.similar ? [postMessage(number, "similar", at)] : []),
    ...(channel && isOpen(state) && opening.invited.length > 0
      ? [invitePeople(number, opening.invited, "responders", at)]
      : []),
    ...(channel && opening.thread
      ? [
          ...openerEdited(state, at),
          editMessage(number, "moved:card", at, version),
          postMessage(number, "moved", at),
          ...(state.announce ? [editMessage(number, "announcement", at, version)] : []),
          ...(state.posts["announcement"] ? [addBookmark(number, "announcement", at, version)] : []),
        ]
      : []),
  ];
}

/** The message that opens the thread says how things stand. */
const openerEdited = ({ number, version, posts }: Incident, at: number): Outgoing[] =>
  Object.keys(posts)
    .filter(threadSlotOf)
    .map((slot) => editMessage(number, slot, at, version));

/** What Slack does not give, and where it is said or goes on instead. */
function refused({ at, data: { key } }: EventOf<"EffectRefused">, state: Incident): Outgoing[] {
  const { number, version, channel, opening, declaredBy } = state;
  const declarer = declaredBy.kind === "slack" ? declaredBy.user : null;
  const inPerson = (slot: string) =>
    declarer === null ? [] : [postMessage(number, slotTo(declarer, slot), at)];
  if (isOfAnnouncement(number, key)) return inPerson(`unannounced:${version}`);
  if (state.private || state.here || channel) return [];
  if (isOfChannel(number, key)) {
    if (opening.thread) return openerEdited(state, at);
    return opening.declaredIn === null
      ? inPerson(threadOpener)
      : [postMessage(number, slotIn(opening.declaredIn, threadOpener), at)];
  }
  // Sitrep may not write where it was declared: direct messages between people, a private channel.
  const isOpener = key.startsWith(`${number}:post:in:`) && key.split(":")[4] === threadOpener;
  return isOpener ? inPerson(threadOpener) : [];
}
