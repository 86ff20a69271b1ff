import type { Incident } from "../incident.ts";
import { addressed, type Slot } from "../slot.ts";

/**
 * Where Slack refuses the channel, a public incident goes on in the thread under one message: it stands where the incident was
 * declared, or in the declarer's direct messages.
 */
const opener = "thread";

/** Tells the slot of that message; null for any other. */
export const threadSlotOf = (slot: Slot): Slot | null => (addressed(slot).slot === opener ? slot : null);

export const threadOpener: Slot = opener;

/** How a thread is told from every channel, wherever an incident is looked up by where it is. */
export const threadRoom = (channel: string, ts: string): string => `${channel}/${ts}`;

type Room = Pick<Incident, "channel" | "opening">;

/** Where an incident goes on, as it is looked up by: its channel, else its thread; null while it has neither. */
export function roomOf({ channel, opening: { thread } }: Room): string | null {
  return channel?.id ?? (thread && threadRoom(thread.channel, thread.ts));
}

/** Whether there is a place to show it in. */
export const hasRoom = (incident: Room): boolean => roomOf(incident) !== null;
