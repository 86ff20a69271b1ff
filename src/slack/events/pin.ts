import { pin } from "../../domain/record.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { incidentOfMarked, recordMark } from "./mark.ts";

/** https://docs.slack.dev/reference/events/pin_added; `item` is a message, or something else that can be pinned. */
export interface PinEvent {
  type: "pin_added" | "pin_removed";
  user: string;
  channel_id: string;
  item: { type?: string; message?: { ts?: string; user?: string } };
  event_ts: string;
}

/** Slack's own pin is a mark as well. What Sitrep posted is on record already. */
export async function onPin(room: SlackRoom, event: PinEvent, eventId: string): Promise<void> {
  const { type, user, channel_id: channel, item, event_ts: eventTs } = event;
  const ts = item.message?.ts;
  if (ts === undefined || user === room.auth.botUserId || item.message?.user === room.auth.botUserId) return;
  const incident = await incidentOfMarked(room.handling.store, { channel, ts });
  if (incident === undefined) return;
  const keys = eventKeys(eventId, { type, channel, subject: ts, user, event_ts: eventTs });
  const mark = { incident, channel, ts, person: user, kind: pin, present: type === "pin_added", eventTs };
  await recordMark(room, mark, keys);
}
