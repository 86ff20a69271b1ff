/** Keys of inputs: what arrives twice bears one of them twice, and the second gets the first one's answer. */

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
export function eventKeys(eventId: string, event: EventLike): string[] {
  const { type, subtype = "", channel = "", subject = "", user = "", reaction = "", event_ts } = event;
  return [`event:${eventId}`, `${type}/${subtype}:${channel}:${subject}:${user}:${reaction}:${event_ts}`];
}

export const commandKeys = (triggerId: string): string[] => [`trigger:${triggerId}`];

export const pressKeys = (press: { action_ts: string; user: string; action_id: string }): string[] => [
  `press:${press.action_ts}:${press.user}:${press.action_id}`,
];

/** An offer is taken up once, however often its button is pressed. */
export const offerKeys = (once: string): string[] => [`offer:${once}`];

export const formKeys = (viewId: string, callbackId: string): string[] => [`view:${viewId}:${callbackId}`];
