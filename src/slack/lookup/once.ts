import type { ClaimedEffect } from "../../store/port.ts";

/** Our clock and Slack's may differ; both refuse a signed request that is older than this. */
const clockSkew = 5 * 60_000;

/**
 * Does what Slack would do again if asked again. Where an earlier attempt may have taken effect, `look` for what it left,
 * from `since` (ms since the epoch) on, comes first; what it finds takes the place of acting.
 */
export async function once<Trace>(
  { suspectSince }: Pick<ClaimedEffect, "suspectSince">,
  how: { look: (since: number) => Promise<Trace | undefined>; act: () => Promise<Trace> },
): Promise<Trace> {
  const found = suspectSince === null ? undefined : await how.look(Math.max(0, suspectSince - clockSkew));
  return found ?? how.act();
}
