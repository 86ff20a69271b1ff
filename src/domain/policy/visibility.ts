import type { Incident } from "../incident.ts";

/**
 * What may be said of an incident, and where. Every surface asks here, so that neither *private* nor *drill* is forgotten on
 * one of them.
 */

/** Whoever would read it. */
export type Onlooker =
  /** Whoever comes by: a public message, a metric, a statistic, the info log, an answer of the API. */
  | { kind: "anybody" }
  /** Those who read along in a channel, an id. */
  | { kind: "channel"; id: string }
  /** One person alone. `channels` are the ids of those private ones that she is in. */
  | { kind: "person"; user: string; channels: ReadonlySet<string> }
  /** Whoever runs Sitrep and reads its record. */
  | { kind: "operator" };

type Seen = Pick<Incident, "private" | "channel" | "declaredBy" | "escalation" | "access" | "presence">;

/** False: for them it is like a number that does not exist. */
export function isVisibleTo(incident: Seen, onlooker: Onlooker): boolean {
  if (!incident.private) return true;
  switch (onlooker.kind) {
    case "anybody":
      return false;
    case "operator":
      return true;
    case "channel":
      return incident.channel?.id === onlooker.id;
    case "person":
      return isAmong(incident, onlooker);
    default:
      return onlooker satisfies never;
  }
}

/**
 * Its people are those in its channel, those whom it has called, and until there is a channel the one who declared it. While Slack
 * shows Sitrep no private channel, those count who were in it when it last did.
 */
function isAmong(
  { channel, declaredBy, escalation, access, presence }: Seen,
  { user, channels }: Extract<Onlooker, { kind: "person" }>,
): boolean {
  if (escalation.calls.some((call) => call.people.some((each) => each.user === user))) return true;
  if (channel && (access.lost || !access.closed) && presence.members[user] !== undefined) return true;
  if (channel) return channels.has(channel.id);
  return declaredBy.kind === "slack" && declaredBy.user === user;
}

export const anybody: Onlooker = { kind: "anybody" };
export const operator: Onlooker = { kind: "operator" };

type Marks = Pick<Incident, "private" | "drill">;

/**
 * Whether channels other than its own may hear of it (announcement, audiences, a step that calls a channel), and whether the
 * configuration brings people into its own: of a private one its people ask others themselves.
 */
export const speaksOutside = ({ private: isPrivate, drill }: Marks): boolean => !isPrivate && !drill;

/** Whether people outside its channel are really called, and by direct message; else it is said what *would* be done. */
export const reachesPeople = ({ drill }: Pick<Incident, "drill">): boolean => !drill;

/** Whether a webhook hears what it is called for; of a private one it hears only that somebody is needed. */
export const tellsWebhooks = ({ private: isPrivate }: Pick<Incident, "private">): boolean => !isPrivate;

/** Whether statistics count it. */
export const isCounted = ({ private: isPrivate, drill, status }: Marks & Pick<Incident, "status">): boolean =>
  !isPrivate && !drill && status !== "CANCELLED";
