import type { Outgoing } from "./effect.ts";
import { editMessage } from "./effect-routing.ts";
import type { Incident } from "./incident.ts";

/** One edit each of what shows the incident as it stands. */
export const refreshed = ({ number, version, announce }: Incident, at: number): Outgoing[] => [
  editMessage(number, "card", at, version),
  ...(announce ? [editMessage(number, "announcement", at, version)] : []),
];

/** Messages of a kind that stand in Slack, wherever, are brought up to date. */
export const standing = ({ number, version, posts }: Incident, kind: string, at: number): Outgoing[] =>
  Object.keys(posts)
    .filter((slot) => slot === kind || slot.startsWith(`${kind}:`) || slot.includes(`:${kind}:`))
    .map((slot) => editMessage(number, slot, at, version));
