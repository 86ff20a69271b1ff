import { backOff } from "./back-off.ts";
import { isOn } from "./pacing.ts";

/** Milliseconds since the epoch. */
type Instant = number;

/**
 * Everything that goes to Slack waits: it cannot be reached, or our token was revoked. One effect at a time probes, and
 * its answer ends the standstill.
 */
export interface Standstill {
  why: string;
  since: Instant;
  /** When the last probe failed. */
  from: Instant;
  /** When the next probe may start. */
  until: Instant;
  /** Probes that failed in a row, the failure that began it included. */
  failures: number;
  /** The row that probes now. */
  probe: number | null;
}

/** How an effect ended, as far as a standstill is concerned. `silent`: it never asked Slack. */
type Sign = { as: "answered" } | { as: "silent" } | { as: "failed"; why: string; after: number | undefined };

export const mayProbe = (standstill: Standstill, now: Instant): boolean =>
  standstill.probe === null && !isOn(standstill, now);

/**
 * What becomes of the standstill, if any, when row `id` has ended. Rows that had started before it began say nothing about
 * what Slack does now, so that eight failures at once count as one.
 */
export function afterEnd(
  standstill: Standstill | null,
  id: number,
  sign: Sign,
  now: Instant,
): Standstill | null {
  const isProbe = standstill?.probe === id;
  if (standstill && !isProbe) return standstill;
  switch (sign.as) {
    case "answered":
      return null;
    case "silent":
      return standstill && { ...standstill, probe: null, until: now };
    case "failed": {
      const failures = (standstill?.failures ?? 0) + 1;
      const until = now + Math.max(sign.after ?? 0, backOff(failures));
      return { why: sign.why, since: standstill?.since ?? now, from: now, until, failures, probe: null };
    }
    default:
      return sign satisfies never;
  }
}
