import { bot } from "./actor.ts";
import { accessEffects } from "./access/effects.ts";
import { departuresEffects } from "./departures/effects.ts";
import { actionItemsEffects } from "./action-items/effects.ts";
import { asksEffects } from "./asks/effects.ts";
import { assessmentEffects } from "./assessment/effects.ts";
import { audiencesEffects } from "./audiences/effects.ts";
import { correctionsEffects } from "./corrections/effects.ts";
import { endingEffects } from "./ending/effects.ts";
import { escalationEffects } from "./escalation/effects.ts";
import { mitigationEffects } from "./mitigation/effects.ts";
import { openingEffects } from "./opening/effects.ts";
import { hasRoom, threadSlotOf } from "./opening/thread.ts";
import { presenceEffects } from "./presence/effects.ts";
import { rolesEffects } from "./roles/effects.ts";
import { runbooksEffects } from "./runbooks/effects.ts";
import { troublesEffects } from "./troubles/effects.ts";
import { type Outgoing, timerSchema } from "./effect.ts";
import {
  catchUp,
  createChannel,
  deleteMessage,
  editMessage,
  enterChannel,
  invitePeople,
  learnPerson,
  pinMessage,
  postMessage,
  postOverdueUpdate,
  remindUpdate,
  sharePostmortem,
  tellDeclarer,
  timer,
  uploadPostmortem,
} from "./effect-routing.ts";
import { type CoreEvent, type EventOf, type IncidentEvent, isCoreEvent } from "./event.ts";
import { draftCopyOf, draftSlotOf } from "./ending/draft-copy.ts";
import { type Incident, isOpen } from "./incident.ts";
import { refreshed } from "./refreshed.ts";
import { inOrder, isEarlyEdit, postedAnew, shown, updatePosts } from "./place-found.ts";
import type { Slot } from "./slot.ts";
import { mentionsIn } from "./words.ts";

/**
 * What an event makes necessary outside; `state` is the one after it. Edits may be asked for before their message exists, once
 * there is a place for it: they share its target, so they wait for it, and are skipped when it never came.
 */
export function effectsOf(event: IncidentEvent, state: Incident): Outgoing[] {
  const people = [
    ...(event.actor.kind === "slack" ? [event.actor.user] : []),
    ...mentionsIn(JSON.stringify(event.data)),
  ];
  const effects = [
    ...(isCoreEvent(event) ? effectsOfCore(event, state) : []),
    ...parts.flatMap((part) => part(event, state)),
  ];
  return [
    ...people.map((user) => learnPerson(user, event.at)),
    ...(event.type === "ChannelOpened"
      ? inOrder(isAnother(state) ? postedAnew(effects, state) : effects, state)
      : effects.filter((each) => hasRoom(state) || !isEarlyEdit(each, state))),
    ...(isThreadOpened(event, state) ? threadOpened(state, event.at) : []),
  ];
}

/** It has gone on somewhere before. */
const isAnother = ({ opening, access }: Incident): boolean =>
  opening.thread !== null || access.former.length > 0;

/** What each folder makes necessary, at any event. */
const parts: readonly ((event: IncidentEvent, state: Incident) => Outgoing[])[] = [
  troublesEffects,
  rolesEffects,
  asksEffects,
  assessmentEffects,
  mitigationEffects,
  escalationEffects,
  runbooksEffects,
  correctionsEffects,
  endingEffects,
  actionItemsEffects,
  audiencesEffects,
  presenceEffects,
  openingEffects,
  accessEffects,
  departuresEffects,
];

function effectsOfCore(event: CoreEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  switch (event.type) {
    case "IncidentDeclared":
      return [
        state.here
          ? enterChannel(number, state.here.channel, at)
          : createChannel(number, event.data.channelName, at),
        ...(event.actor.kind === "slack" ? [tellDeclarer(number, event.actor.user, at)] : []),
        ...(state.nextDue === null ? [] : [remindUpdate(number, state.nextDue, version)]),
      ];
    case "DeclarationStopped":
      return [];
    case "ChannelOpened":
      return channelOpened(state, at);
    case "MessagePosted":
      return posted(state, event.data.slot, at);
    case "MessageGone":
      return event.data.wanted ? [] : reposted(state, event.data.slot, at);
    case "TitleChanged":
      return [
        ...(hasRoom(state) ? [postMessage(number, `title:${version}`, at)] : []),
        ...refreshed(state, at),
      ];
    case "StatusChanged":
    case "SeverityChanged":
    case "StartedSet":
      return refreshed(state, at);
    case "UpdatePublished":
      return published(event, state);
    case "UpdateReminded":
      return [
        ...retiredReminders(state, at),
        postMessage(number, `reminder:${event.data.due}`, at, version),
        ...(event.data.graceUntil === null
          ? []
          : [postOverdueUpdate(number, event.data.due, event.data.graceUntil, version)]),
      ];
    case "UpdateSnoozed":
      return [
        editMessage(number, `reminder:${event.data.due}`, at, version),
        ...lastUpdateRefreshed(state, at),
        ...refreshed(state, at),
        remindUpdate(number, event.data.until, version),
      ];
    case "UpdatesPaused":
      return [
        ...(state.reminder ? [editMessage(number, `reminder:${state.reminder.due}`, at, version)] : []),
        ...refreshed(state, at),
      ];
    case "EntryLogged":
      return hasRoom(state) ? [postMessage(number, `entry:${event.data.entry}`, at)] : [];
    case "EntryHidden":
      return [editMessage(number, `entry:${event.data.entry}`, at, version)];
    case "IncidentResolved":
      return [
        ...refreshed(state, at),
        ...(hasRoom(state) ? [uploadPostmortem(number, draftCopyOf(state), at)] : []),
      ];
    case "ResolutionDetailed":
      return [...lastUpdateRefreshed(state, at), ...refreshed(state, at)];
    case "SectionsWritten":
      // What is given when resolving stands in the draft that follows.
      return hasRoom(state) && (isOpen(state) || state.copies[draftCopyOf(state)]?.shared)
        ? [postMessage(number, `sections:${version}`, at)]
        : [];
    case "PostmortemUploaded":
      return [sharePostmortem(number, { ...event.data, to: state.copies[event.data.copy]?.to ?? null }, at)];
    case "PostmortemShared":
      return event.data.copy === draftCopyOf(state) ? [postMessage(number, draftSlotOf(state), at)] : [];
    case "ExportAsked":
      return [uploadPostmortem(number, event.data.copy, at)];
    case "OutageNoted":
    case "PromptsCameLate":
      return [];
    case "PromptHeldBack":
      return [timer(timerSchema.parse(event.data.timer), `again:${version}`, event.data.until)];
    case "EffectRefused":
      return [];
    default:
      return event satisfies never;
  }
}

/** The channel is there: everything that was recorded meanwhile can be shown. */
function channelOpened(state: Incident, at: number): Outgoing[] {
  const { number, declaredBy, channel, access } = state;
  // Another channel may have taken the place of the one in which it was opened.
  const here = state.here?.channel === channel?.id ? state.here : null;
  return [
    ...shown(state, at),
    ...(here ? [catchUp(number, "opened", at)] : []),
    // Whoever declares it here is here.
    ...(declaredBy.kind === "slack" && !here && access.former.length === 0
      ? [invitePeople(number, [declaredBy.user], "declarer", at)]
      : []),
  ];
}

const isThreadOpened = (event: IncidentEvent, state: Incident): event is EventOf<"MessagePosted"> =>
  event.type === "MessagePosted" && threadSlotOf(event.data.slot) !== null && !state.channel;

/** Slack refused the channel: whatever would open with it opens in the thread. */
function threadOpened(state: Incident, at: number): Outgoing[] {
  const { channelName: name, opening } = state;
  const data = { channel: opening.thread?.channel ?? "", name };
  const event: IncidentEvent = { type: "ChannelOpened", at, actor: bot, data };
  return inOrder(
    postedAnew([...shown(state, at), ...parts.flatMap((part) => part(event, state))], state),
    state,
  );
}

/** Update number one is the announcement itself, which `refreshed` edits. */
function lastUpdateRefreshed({ number, version, announce, updates }: Incident, at: number): Outgoing[] {
  const n = updates.length;
  if (n <= 1) return [];
  return [
    editMessage(number, `update:${n}:channel`, at, version),
    ...(announce ? [editMessage(number, `update:${n}:thread`, at, version)] : []),
  ];
}

function published({ at, data }: EventOf<"UpdatePublished">, state: Incident): Outgoing[] {
  const { number, version } = state;
  return [
    ...(hasRoom(state) ? updatePosts(state, data.n, at) : []),
    ...retiredReminders(state, at),
    ...(data.answers === null ? [] : [deleteMessage(number, `reminder:${data.answers}`, at, version)]),
    ...refreshed(state, at),
    ...(state.nextDue === null ? [] : [remindUpdate(number, state.nextDue, version)]),
  ];
}

/** Only one reminder is ever live: those that still stand in the channel go. */
const retiredReminders = ({ number, posts, version }: Incident, at: number): Outgoing[] =>
  Object.keys(posts)
    .filter((slot) => slot.startsWith("reminder:"))
    .map((slot) => deleteMessage(number, slot, at, version));

function posted({ number, version, channel, reminder }: Incident, slot: Slot, at: number): Outgoing[] {
  if (slot === "card") return channel ? [pinMessage(number, slot, at, version)] : [];
  // It was so long on its way that another one has taken its place.
  const isRetired = slot.startsWith("reminder:") && slot !== `reminder:${reminder?.due}`;
  return isRetired ? [deleteMessage(number, slot, at, version)] : [];
}

/**
 * The card and the announcement are put back when somebody deletes them, the latter with the updates that found no place
 * under it; other messages stay deleted.
 */
function reposted({ number, version, posts, updates }: Incident, slot: Slot, at: number): Outgoing[] {
  if (slot === "card") return [postMessage(number, slot, at, version)];
  if (slot !== "announcement") return [];
  const replies = updates
    .map(({ n }) => `update:${n}:thread`)
    .filter((each, index) => index > 0 && !posts[each]);
  return [slot, ...replies].map((each) => postMessage(number, each, at, version));
}
