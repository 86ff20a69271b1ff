import type { Incident } from "./incident.ts";
import type { Slot } from "./slot.ts";
import { instantOfTs } from "./time.ts";

const minute = 60_000;

/**
 * When people could see what was recorded at `at`: that instant, but for a message of it that came late, as after a time in which
 * Slack was away.
 */
export function seenAt({ posts }: Pick<Incident, "posts">, at: number, slots: readonly Slot[]): number {
  const shown = slots.flatMap((slot) => {
    const post = posts[slot];
    return post ? [instantOfTs(post.ts)] : [];
  });
  const first = Math.min(...shown);
  // Seconds are the ordinary way to Slack, and the difference between two clocks.
  return shown.length > 0 && first - at >= minute ? first : at;
}
