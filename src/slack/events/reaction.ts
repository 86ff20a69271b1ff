import { handleFact } from "../../handle.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";

/** https://docs.slack.dev/reference/events/reaction_added */
export interface ReactionEvent {
  type: "reaction_added" | "reaction_removed";
  user: string;
  reaction: string;
  item: { type: string; channel: string; ts: string };
  event_ts: string;
}

/** Records that somebody marked a message as key, or took the mark back. */
export async function onReaction(room: SlackRoom, event: ReactionEvent, eventId: string): Promise<void> {
  const { rules, store } = room.handling;
  // `pushpin::skin-tone-2` is the same mark.
  const kind = event.reaction.split("::")[0] ?? event.reaction;
  if (kind !== rules.timeline.mark || event.item.type !== "message" || event.user === room.auth.botUserId)
    return;
  const { channel, ts } = event.item;
  const incident = await store.incidentOfChannel(channel);
  if (incident === undefined) return;
  const { type, user, reaction, event_ts: eventTs } = event;
  await handleFact(
    room.handling,
    {
      type: "MarkChanged",
      incident,
      channel,
      ts,
      recordedAt: room.clock.now(),
      person: user,
      kind,
      present: type === "reaction_added",
      eventTs,
    },
    { keys: eventKeys(eventId, { type, channel, subject: ts, user, reaction, event_ts: eventTs }) },
  );
}
