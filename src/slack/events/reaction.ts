import { answerInThread } from "../answer-in-thread.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import { reply } from "../views/reply.ts";
import { incidentOfMarked, recordMark } from "./mark.ts";

/** https://docs.slack.dev/reference/events/reaction_added */
export interface ReactionEvent {
  type: "reaction_added" | "reaction_removed";
  user: string;
  reaction: string;
  item: { type: string; channel: string; ts: string };
  /** Who wrote the message. */
  item_user?: string | undefined;
  event_ts: string;
}

/** The configured reaction is a mark. */
export async function onReaction(room: SlackRoom, event: ReactionEvent, eventId: string): Promise<void> {
  const { rules, store } = room.handling;
  // `pushpin::skin-tone-2` is the same mark.
  const kind = event.reaction.split("::")[0] ?? event.reaction;
  if (kind !== rules.timeline.mark || event.item.type !== "message" || event.user === room.auth.botUserId)
    return;
  const { channel, ts } = event.item;
  const incident = await incidentOfMarked(store, event.item);
  if (incident === undefined) return;
  const { type, user, reaction, event_ts: eventTs } = event;
  const keys = eventKeys(eventId, { type, channel, subject: ts, user, reaction, event_ts: eventTs });
  if (event.item_user === room.auth.botUserId)
    return type === "reaction_added"
      ? answerInThread(room, { channel, thread_ts: ts, event_ts: eventTs, keys }, ownMessage)
      : undefined;
  const mark = { incident, channel, ts, person: user, kind, present: type === "reaction_added", eventTs };
  await recordMark(room, mark, keys);
}

const ownMessage = async () =>
  reply(
    `What I post is on record already, so the mark adds nothing to the timeline. ${code("/incident log TEXT")} puts a line there.`,
  );
