/** Keys of inputs: what arrives twice bears one of them twice, and the second gets the first one's answer. */

/** One at least: what bears none would be done as often as it comes. */
export type InputKeys = readonly [string, ...string[]];

/** What Slack's events have in common, as far as they tell one from another. */
export interface EventLike {
  type: string;
  event_ts: string;
  subtype?: string | undefined;
  channel?: string | undefined;
  user?: string | undefined;
  reaction?: string | undefined;
  /** The message that the event is about. */
  subject?: string | undefined;
}

/** Some duplicates come with another `event_id` (slackapi/node-slack-sdk#2141), hence a key made of the content as well. */
export function eventKeys(eventId: string, event: EventLike): InputKeys {
  const { type, subtype = "", channel = "", subject = "", user = "", reaction = "", event_ts } = event;
  return [`event:${eventId}`, `${type}/${subtype}:${channel}:${subject}:${user}:${reaction}:${event_ts}`];
}

/** Of an input that changes several incidents, a commit each. */
export const keysFor = (incident: number, [first, ...others]: InputKeys): InputKeys => [
  `${first}:${incident}`,
  ...others.map((key) => `${key}:${incident}`),
];

export const commandKeys = (triggerId: string): InputKeys => [`trigger:${triggerId}`];

interface PressLike {
  action_ts: string;
  user: string;
  action_id: string;
}

export const pressKeys = (press: PressLike): InputKeys => [
  `press:${press.action_ts}:${press.user}:${press.action_id}`,
];

/** An offer is taken up once, however often its button is pressed. */
export const offerKeys = (press: PressLike, once: string): InputKeys => [
  ...pressKeys(press),
  `offer:${once}`,
];

export const formKeys = (viewId: string, callbackId: string): InputKeys => [`view:${viewId}:${callbackId}`];
