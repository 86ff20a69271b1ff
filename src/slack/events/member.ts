import { onOwnMembership } from "./channel.ts";
import { slackUser } from "../../domain/actor.ts";
import { instantOfTs } from "../../domain/time.ts";
import { handleInput } from "../input.ts";
import { eventKeys } from "../keys.ts";
import { personOf } from "../known-person.ts";
import type { SlackRoom } from "../room.ts";

/** https://docs.slack.dev/reference/events/member_joined_channel */
export interface MemberEvent {
  type: "member_joined_channel" | "member_left_channel";
  user: string;
  channel: string;
  event_ts: string;
  inviter?: string | undefined;
}

/** Records who is in an incident's channel. Apps do not count; Bolt passes on even our own joining. */
export async function onMember(room: SlackRoom, event: MemberEvent, eventId: string): Promise<void> {
  const { type, user, channel, event_ts } = event;
  if (user === room.auth.botUserId) return onOwnMembership(room, event, eventId);
  const incident = await room.handling.store.incidentOfChannel(channel);
  if (incident === undefined) return;
  const person = await personOf(room, user);
  if (person?.isBot) return;
  const keys = eventKeys(eventId, { type, channel, subject: user, user, event_ts });
  const about = {
    at: room.clock.now(),
    actor: slackUser(user),
    incident,
    user,
    since: instantOfTs(event_ts),
  };
  await handleInput(
    room,
    type === "member_joined_channel"
      ? { type: "NoteMemberJoined", ...about, keyEntries: [] }
      : { type: "NoteMemberLeft", ...about },
    { keys, ...(person && { people: [person] }) },
  );
}
