import { z } from "zod";

/** From when on nothing of an incident could be shown, and when it could be again. */
export const outageSchema = z.object({ from: z.number(), to: z.number() });
export type Outage = z.infer<typeof outageSchema>;

/** Ordinary delays are seconds. What has waited for so long has waited for Slack to answer, or for Sitrep to run. */
export const longestDelay = 5 * 60_000;

const touches = (one: Outage, other: Outage): boolean => one.from <= other.to && other.from <= one.to;

/** With one more, of which others may have known a part. */
export function withOutage(known: readonly Outage[], outage: Outage): Outage[] {
  const apart = known.filter((each) => !touches(each, outage));
  const same = [outage, ...known.filter((each) => touches(each, outage))];
  const from = Math.min(...same.map((each) => each.from));
  const to = Math.max(...same.map((each) => each.to));
  return [...apart, { from, to }];
}

export const isDuring = (outages: readonly Outage[], at: number): boolean =>
  outages.some(({ from, to }) => from <= at && at < to);
