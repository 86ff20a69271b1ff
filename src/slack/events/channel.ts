import { slackUser } from "../../domain/actor.ts";
import { handle } from "../../handle.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";

/** https://docs.slack.dev/reference/events/channel_archive, and its siblings for private channels */
export interface ChannelEvent {
  type: "channel_archive" | "channel_unarchive" | "group_archive" | "group_unarchive";
  channel: string;
  /** Missing in some of Slack's types. */
  user?: string | undefined;
  event_ts?: string | undefined;
}

/** An incident's channel was put away, or is back: what waited for it goes on. */
export async function onChannelArchived(
  room: SlackRoom,
  event: ChannelEvent,
  eventId: string,
): Promise<void> {
  const { type, channel, user, event_ts: eventTs = "" } = event;
  const incident = await room.handling.store.incidentOfChannel(channel);
  if (incident === undefined) return;
  const keys = eventKeys(eventId, { type, channel, user, event_ts: eventTs === "" ? eventId : eventTs });
  const by = {
    at: room.clock.now(),
    actor: user === undefined || user === room.auth.botUserId ? ({ kind: "bot" } as const) : slackUser(user),
    incident,
  };
  const isBack = type === "channel_unarchive" || type === "group_unarchive";
  await handle(
    room.handling,
    isBack
      ? { type: "NoteChannelUnarchived", ...by }
      : { type: "NoteChannelArchived", ...by, slot: null, people: [] },
    { keys },
  );
}
