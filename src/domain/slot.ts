import { z } from "zod";

/**
 * Names one message of an incident, so that it can be posted once, edited and deleted: `card`, `announcement`,
 * `update:<n>:channel`, `ask:<id>`… What stands elsewhere than in the incident's channel begins with its address:
 * `dm:<user>:<slot>` in direct messages to one person, `in:<channel>:<slot>` in a channel by name or id.
 */
export const slotSchema = z.string();
export type Slot = z.infer<typeof slotSchema>;

export const slotTo = (user: string, slot: Slot): Slot => `dm:${user}:${slot}`;
export const slotIn = (channel: string, slot: Slot): Slot => `in:${channel}:${slot}`;

export interface Addressed {
  /** Who reads it alone, a user id. */
  person?: string;
  /** Name without `#`, or id, of a configured channel. */
  channel?: string;
  /** The slot without its address. */
  slot: Slot;
}

export function addressed(slot: Slot): Addressed {
  const [, kind, address = "", rest = ""] = /^(dm|in):([^:]+):(.*)$/.exec(slot) ?? [];
  if (kind === "dm") return { person: address, slot: rest };
  return kind === "in" ? { channel: address, slot: rest } : { slot };
}
