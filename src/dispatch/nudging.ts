/** Milliseconds since the epoch. */
type Instant = number;

/**
 * Whether people may be nudged: not while nothing comes back from Slack but failures, nor, from `since` on, until what has waited
 * for it went out. So nobody is asked for what is answered already, and the moment of return brings one prompt at a time.
 */
export type Nudging = { as: "free" } | { as: "failing" } | { as: "behind"; since: Instant };

/** Outlasts the longest back-off: by then all has been tried again that Slack's absence had put off. */
const longestCatchUp = 90_000;

export const afterAnswer = (nudging: Nudging, now: Instant): Nudging =>
  nudging.as === "failing" ? { as: "behind", since: now } : nudging;

/** One effect that fails for ever must not hold them back for ever, so the wait for what waited is not begun anew. */
export const afterFailure = (nudging: Nudging, now: Instant): Nudging =>
  isFree(nudging, now) ? { as: "failing" } : nudging;

/** When they are let go, whatever still waits for Slack; null where that is not known. */
export const freeAt = (nudging: Nudging): Instant | null =>
  nudging.as === "behind" ? nudging.since + longestCatchUp : null;

/** A clock set back to before the wait began ends it. */
export const isFree = (nudging: Nudging, now: Instant): boolean =>
  nudging.as === "free" ||
  (nudging.as === "behind" && (now < nudging.since || now >= nudging.since + longestCatchUp));
