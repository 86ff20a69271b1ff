import { type Actor, bot, slackUser } from "../../domain/actor.ts";
import type { CommandNamed } from "../../domain/command.ts";
import { instantOfTs } from "../../domain/time.ts";
import { handleInput } from "../input.ts";
import { eventKeys, type EventLike } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { retryIn } from "../troubles/retry-in.ts";

/** https://docs.slack.dev/reference/events: of public channels, and their siblings for private ones */
type Happening = "archive" | "deleted" | "left" | "rename" | "unarchive";

/** Slack's types and its pages do not agree about who did it; an `event_ts` is missing in some. */
interface ChannelEvent {
  type: `${"channel" | "group"}_${Happening}`;
  channel: string | { id: string; name: string };
  user?: string | undefined;
  actor_id?: string | undefined;
  event_ts?: string | undefined;
}

/** An incident's channel was put away, renamed or deleted, is back, or is ours no more. */
export async function onChannel(room: SlackRoom, event: ChannelEvent, eventId: string): Promise<void> {
  const { type, event_ts = eventId } = event;
  const channel = typeof event.channel === "string" ? event.channel : event.channel.id;
  const user = event.user ?? event.actor_id;
  await note(room, { channel, user, seen: seenIn(event) }, eventId, { type, event_ts });
}

type InChannel = EventLike & { channel: string };
type Seen = CommandNamed<"NoteChannel">["seen"];

function seenIn({ type, channel }: ChannelEvent): Seen {
  switch (type) {
    case "channel_archive":
    case "group_archive":
      return { lost: "archived" };
    case "channel_unarchive":
    case "group_unarchive":
      return { lost: null };
    case "channel_deleted":
    case "group_deleted":
      return { lost: "deleted" };
    case "channel_left":
    case "group_left":
      return { lost: "removed" };
    case "channel_rename":
    case "group_rename":
      return typeof channel === "string" ? {} : { name: channel.name };
    default:
      return type satisfies never;
  }
}

/** Slack tells it by a message in the channel alone: https://docs.slack.dev/reference/events/message/channel_convert_to_private */
export const isConversion = ({ subtype }: Pick<EventLike, "subtype">): boolean =>
  subtype === "channel_convert_to_private" || subtype === "channel_convert_to_public";

export async function onConversion(room: SlackRoom, event: InChannel, eventId: string): Promise<void> {
  const { type, subtype, channel, user, event_ts } = event;
  const closed = subtype === "channel_convert_to_private";
  await note(room, { channel, user, seen: { closed } }, eventId, { type, subtype, event_ts });
}

/** Somebody removed the bot, or asked it in again. */
export async function onOwnMembership(
  room: SlackRoom,
  event: InChannel & { inviter?: string | undefined },
  eventId: string,
): Promise<void> {
  const { type, channel, inviter: user, event_ts } = event;
  const lost = type === "member_left_channel" ? "removed" : null;
  await note(room, { channel, user, seen: { lost } }, eventId, { type, event_ts });
}

async function note(
  room: SlackRoom,
  { channel, user, seen }: { channel: string; user: string | undefined; seen: Seen },
  eventId: string,
  event: Pick<EventLike, "type" | "subtype" | "event_ts">,
): Promise<void> {
  const incident = await room.handling.store.incidentOfChannel(channel);
  const isOwn = user === undefined || user === room.auth.botUserId;
  const actor: Actor = isOwn ? bot : slackUser(user);
  const keys = eventKeys(eventId, { ...event, channel, user });
  if (seen.lost === null) await retryIn(room, channel, actor, keys);
  if (incident === undefined) return;
  await handleInput(
    room,
    { type: "NoteChannel", at: room.clock.now(), actor, incident, channel, seen, ...sinceOf(event) },
    { keys },
  );
}

/** Events may be late; of those without a time nobody knows. */
function sinceOf({ event_ts: ts }: Pick<EventLike, "event_ts">): { since?: number } {
  const since = instantOfTs(ts);
  return Number.isFinite(since) ? { since } : {};
}
