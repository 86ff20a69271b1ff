import type { Performed } from "../../dispatch/performer.ts";
import { type CallFailed, isRefusal } from "../calls.ts";

/** Codes by which Slack says that the bot no longer has the channel in whose thread an incident goes on. */
export const isRoomLost = (thrown: unknown): thrown is CallFailed =>
  isRefusal(
    thrown,
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "method_not_supported_for_channel_type",
  );

/** There is nothing to read. Of a channel of its own the loss is told: see `perform/out-of-reach.ts`. */
export function roomLost({ failure }: CallFailed): Performed {
  return { as: "skipped", why: `its channel cannot be read: ${failure.error}` };
}
