import type { Effect, Outgoing, Timer, Urgency } from "./effect.ts";
import { isTimer, urgencies } from "./effect.ts";
import { isTelling, placeOf } from "./place.ts";
import { addressed, type Slot } from "./slot.ts";

/** A message and its thread keep their order between them; so does what tells of the incident, in each place where it does. */
export function targetOf(incident: number, slot: Slot): string {
  if (isTelling(slot)) return told(incident);
  const [, elsewhere] = /^(dm:[^:]+:subscribed|in:[^:]+:audience):/.exec(slot) ?? [];
  if (elsewhere !== undefined) return `${incident}:${elsewhere}`;
  const place = placeOf(slot);
  return `${incident}:${typeof place === "object" && "threadOf" in place ? place.threadOf : slot}`;
}

const urgentKinds = [
  "lost",
  "converted",
  "gone",
  "card",
  "update",
  "reminder",
  "call",
  "step",
  "calling",
  "exhausted",
];

function urgencyOf(slot: Slot): Urgency {
  const [kind = ""] = addressed(slot).slot.split(":");
  return urgentKinds.includes(kind) ? urgencies.urgent : urgencies.normal;
}

const told = (incident: number): string => `${incident}:told`;

interface Envelope {
  dueAt: number;
  urgency?: Urgency;
}

export const outgoing = (
  effect: Effect,
  key: string,
  target: string,
  { dueAt, urgency = urgencies.normal }: Envelope,
  more: { collapse?: string } = {},
): Outgoing => ({
  key,
  incident: "incident" in effect ? effect.incident : null,
  effect,
  target,
  collapse: more.collapse ?? null,
  urgency,
  dueAt,
  timer: isTimer(effect),
});

/** `again` tells a message that has to be posted anew, since somebody deleted it or set the clock back, from the first. */
export const postMessage = (incident: number, slot: Slot, dueAt: number, again?: number): Outgoing =>
  outgoing(
    { type: "PostMessage", incident, slot },
    `${incident}:post:${slot}${again === undefined ? "" : `:${again}`}`,
    targetOf(incident, slot),
    { dueAt, urgency: urgencyOf(slot) },
  );

/** `cause` tells this edit from every other one of the message: the version of the incident, or what else changed it. */
export const editMessage = (incident: number, slot: Slot, dueAt: number, cause: number | string): Outgoing =>
  outgoing(
    { type: "EditMessage", incident, slot },
    `${incident}:edit:${slot}:${cause}`,
    targetOf(incident, slot),
    { dueAt },
    { collapse: `${incident}:edit:${slot}` },
  );

export const deleteMessage = (incident: number, slot: Slot, dueAt: number, version: number): Outgoing =>
  outgoing(
    { type: "DeleteMessage", incident, slot },
    `${incident}:delete:${slot}:${version}`,
    targetOf(incident, slot),
    { dueAt },
  );

/** `version` tells a message that was posted anew from the first. */
export const addBookmark = (incident: number, slot: Slot, dueAt: number, version: number): Outgoing =>
  outgoing(
    { type: "AddBookmark", incident, slot },
    `${incident}:bookmark:${slot}:${version}`,
    `${incident}:bookmarks`,
    { dueAt, urgency: urgencies.ornamental },
  );

export const pinMessage = (incident: number, slot: Slot, dueAt: number, version: number): Outgoing =>
  outgoing({ type: "PinMessage", incident, slot }, `${incident}:pin:${slot}:${version}`, `${incident}:pins`, {
    dueAt,
    urgency: urgencies.ornamental,
  });

/** `again` counts how often somebody has had it asked for again. */
export const createChannel = (incident: number, name: string, dueAt: number, again = 0): Outgoing =>
  outgoing(
    { type: "CreateChannel", incident, name },
    `${incident}:channel:create${again === 0 ? "" : `:${again}`}`,
    `${incident}:channel`,
    { dueAt, urgency: urgencies.urgent },
  );

export const enterChannel = (incident: number, channel: string, dueAt: number): Outgoing =>
  outgoing({ type: "EnterChannel", incident, channel }, `${incident}:channel:enter`, `${incident}:channel`, {
    dueAt,
    urgency: urgencies.urgent,
  });

export const catchUpTarget = (incident: number): string => `${incident}:catch-up`;

/** `cause` tells this wish from every other one. Several that wait are one; one that is under way is ended first. */
export const catchUp = (incident: number, cause: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "CatchUp", incident },
    `${incident}:catch-up:${cause}`,
    catchUpTarget(incident),
    { dueAt, urgency: urgencies.ornamental },
    { collapse: `${incident}:catch-up` },
  );

/** After everything that is still to be posted in it. */
export const archiveChannel = (incident: number, version: number, dueAt: number): Outgoing =>
  outgoing(
    { type: "ArchiveChannel", incident },
    `${incident}:channel:archive:${version}`,
    `${incident}:channel`,
    { dueAt, urgency: urgencies.ornamental },
  );

/** Shares the channel's target, so that it waits until Slack has said which channel it is. */
export const tellDeclarer = (incident: number, user: string, dueAt: number): Outgoing =>
  outgoing({ type: "TellDeclarer", incident, user }, `${incident}:tell-declarer`, `${incident}:channel`, {
    dueAt,
    urgency: urgencies.urgent,
  });

export const invitePeople = (incident: number, users: string[], cause: string, dueAt: number): Outgoing =>
  outgoing({ type: "InvitePeople", incident, users }, `${incident}:invite:${cause}`, `${incident}:members`, {
    dueAt,
    urgency: urgencies.urgent,
  });

export const seekPeople = (incident: number, call: string, dueAt: number): Outgoing =>
  outgoing({ type: "SeekPeople", incident, call }, `${incident}:seek:${call}`, `${incident}:seek:${call}`, {
    dueAt,
    urgency: urgencies.urgent,
  });

/** What a webhook hears of an incident keeps its order. Only the newest call is worth making, and the newest outcome. */
export function callWebhook(
  incident: number,
  webhook: string,
  told: { act: "trigger"; call: string } | { act: "acknowledge" | "resolve"; version: number },
  dueAt: number,
): Outgoing {
  const { act } = told;
  const call = told.act === "trigger" ? told.call : null;
  const target = `${incident}:webhook:${webhook}`;
  return outgoing(
    { type: "CallWebhook", incident, webhook, act, call },
    `${target}:${act}:${told.act === "trigger" ? told.call : told.version}`,
    target,
    { dueAt, urgency: urgencies.urgent },
    { collapse: `${target}:${act === "trigger" ? "call" : "outcome"}` },
  );
}

/** `cause` names the mark that changed, so that each change is looked at once and the newest decides. */
export const syncReceipt = (
  incident: number,
  channel: string,
  ts: string,
  cause: string,
  dueAt: number,
): Outgoing =>
  outgoing(
    { type: "SyncReceipt", incident, channel, ts },
    `${incident}:receipt:${ts}:${cause}`,
    `${incident}:receipt:${ts}`,
    { dueAt, urgency: urgencies.ornamental },
    { collapse: `${incident}:receipt:${ts}` },
  );

export const answerMissed = (incident: number, channel: string, ts: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "AnswerMissed", incident, channel, ts },
    `${incident}:missed:${channel}:${ts}`,
    `${incident}:missed:${channel}:${ts}`,
    { dueAt },
  );

export const uploadPostmortem = (incident: number, copy: string, dueAt: number, again?: number): Outgoing =>
  outgoing(
    { type: "UploadPostmortem", incident, copy },
    `${incident}:postmortem:${copy}:upload${again === undefined ? "" : `:${again}`}`,
    `${incident}:postmortem:${copy}`,
    { dueAt },
  );

/** In the channel it comes after what was told before; `to` is whose direct messages it goes to instead. */
export const sharePostmortem = (
  incident: number,
  { copy, file, to }: { copy: string; file: string; to: string | null },
  dueAt: number,
): Outgoing =>
  outgoing(
    { type: "SharePostmortem", incident, copy, file },
    `${incident}:postmortem:${copy}:share:${file}`,
    to === null ? told(incident) : `${incident}:postmortem:${copy}`,
    { dueAt },
  );

export const learnPerson = (user: string, dueAt: number): Outgoing =>
  outgoing({ type: "LearnPerson", user }, `person:${user}`, `person:${user}`, {
    dueAt,
    urgency: urgencies.ornamental,
  });

/** `version` tells it from one that was due at the same instant before somebody set the clock back. */
export const remindUpdate = (incident: number, due: number, version: number): Outgoing =>
  outgoing(
    { type: "RemindUpdate", incident, due },
    `${incident}:remind:${due}:${version}`,
    `${incident}:remind:${due}`,
    { dueAt: due, urgency: urgencies.urgent },
  );

export const postOverdueUpdate = (
  incident: number,
  due: number,
  graceUntil: number,
  version: number,
): Outgoing =>
  outgoing(
    { type: "PostOverdueUpdate", incident, due },
    `${incident}:overdue:${due}:${version}`,
    `${incident}:overdue:${due}`,
    { dueAt: graceUntil, urgency: urgencies.urgent },
  );

/** `cause` tells it from every other timer of its kind: an id, a version. */
export const timer = (effect: Timer, cause: string | number, dueAt: number): Outgoing =>
  outgoing(
    effect,
    `${effect.incident}:${effect.type}:${cause}`,
    `${effect.incident}:${effect.type}:${cause}`,
    { dueAt, urgency: urgencies.urgent },
  );

export const setTopic = (incident: number, dueAt: number, version: number): Outgoing =>
  outgoing(
    { type: "SetTopic", incident },
    `${incident}:topic:${version}`,
    `${incident}:topic`,
    { dueAt, urgency: urgencies.ornamental },
    { collapse: `${incident}:topic` },
  );

export const findSubscribers = (incident: number, n: number, dueAt: number): Outgoing =>
  outgoing(
    { type: "FindSubscribers", incident, n },
    `${incident}:subscribers:${n}`,
    `${incident}:subscribers`,
    { dueAt },
  );
