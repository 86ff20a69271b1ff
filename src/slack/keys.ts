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
export const eventKeys = (eventId: string, event: EventLike): InputKeys => [
  `event:${eventId}`,
  contentKey(event),
];

function contentKey(event: EventLike): string {
  const { type, subtype = "", channel = "", subject = "", user = "", reaction = "", event_ts } = event;
  return `${type}/${subtype}:${channel}:${subject}:${user}:${reaction}:${event_ts}`;
}

/** What an event about a mention bears, whatever its id. */
export const mentionKey = ({ channel, ts, user }: { channel: string; ts: string; user: string }): string =>
  contentKey({ type: "app_mention", channel, subject: ts, user, event_ts: ts });

/** That an event is being answered in its thread is noted under this, before anything comes of it. */
export const tellingKey = (key: string): string => `telling/${key}`;

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
