import type { Incident } from "./incident.ts";
import { addressed, type Slot } from "./slot.ts";
import type { Update } from "./update.ts";
import { isWorse } from "./vocab.ts";

export type Place =
  | "incident"
  | "announcements"
  | { threadOf: Slot }
  /** The thread in which it went on until its channel came. */
  | "thread"
  /** Direct messages to a user id. */
  | { person: string }
  /** A configured channel, by name or id. */
  | { channel: string };

/** Where the message of a slot stands. */
export function placeOf(slot: Slot): Place {
  const { person, channel } = addressed(slot);
  if (person !== undefined) return { person };
  if (channel !== undefined) return { channel };
  if (slot === "announcement") return "announcements";
  if (slot === "moved") return "thread";
  if (/^(?:update|exhausted|lost|converted):[\d.]+:thread$/.test(slot)) return { threadOf: "announcement" };
  return "incident";
}

/**
 * Whether a reply in the announcement's thread is shown in the channel as well, where stakeholders read: for SEV1 and SEV2 the
 * first update after the announcement, those that raise the severity or reopen the incident, and the final one.
 */
export function alsoInChannel({ severity, updates }: Incident, slot: Slot): boolean {
  if (slot.startsWith("exhausted:")) return true;
  const n = Number(/^update:(\d+):thread$/.exec(slot)?.[1]);
  const update = updates.find((each) => each.n === n);
  if (update === undefined || !(severity === "SEV1" || severity === "SEV2")) return false;
  return n === 2 || update.final || update.change?.kind === "reopened" || isRaise(update);
}

const isRaise = ({ change }: Update): boolean =>
  change?.kind === "severity" && isWorse(change.to, change.from);

/** What tells of things done, in an incident's channel: it comes there in the order in which they were. */
const telling = new Set(
  "update entry title sections decision mitigation role ask-done ended correction action".split(" "),
);

export function isTelling(slot: Slot): boolean {
  const kind = slot.split(":")[0] ?? "";
  return (telling.has(kind) || slot.startsWith("assessment:told:")) && placeOf(slot) === "incident";
}
