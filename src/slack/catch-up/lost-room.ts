import type { Incident } from "../../domain/incident.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { type CallFailed, isRefusal } from "../calls.ts";
import type { Room } from "./progress.ts";

/** Codes by which Slack says that the bot no longer has the channel. */
export const isRoomLost = (thrown: unknown): thrown is CallFailed =>
  isRefusal(
    thrown,
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "method_not_supported_for_channel_type",
  );

/** What a channel that is deleted, closed to us, left or archived means to whoever wanted to read it: there is nothing to read. */
export function roomLost(_incident: Incident, _room: Room, { failure }: CallFailed): Performed {
  return { as: "skipped", why: `its channel cannot be read: ${failure.error}` };
}
