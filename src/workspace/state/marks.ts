import { has } from "node-emoji";
import type { Channel, WorkspaceMessage } from "../model.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import { storedMessageShape } from "./shapes.ts";
import type { Team } from "./team.ts";

export interface Reaction {
  channel: string;
  ts: string;
  user: string;
  /** The emoji's name without colons. */
  name: string;
}

// The page speaks of limits without numbers; Slack's help names these two.
const REACTIONS_PER_PERSON = 23;
const EMOJI_PER_MESSAGE = 50;
// The page says "too many" without a number; this one is Slack's customary cap.
const PINS_PER_CHANNEL = 100;
// Slack's own spellings that node-emoji does not know; a team without custom emoji has no others.
const SLACK_SPELLINGS = new Set(
  (
    "thumbsup thumbsdown raising_hand octagonal_sign large_green_circle large_yellow_circle large_orange_circle " +
    "large_blue_circle large_purple_circle spiral_calendar_pad spiral_note_pad rolling_on_the_floor_laughing " +
    "thinking_face face_with_monocle hugging_face man-shrugging woman-shrugging man-facepalming woman-facepalming"
  ).split(" "),
);
const NOT_PINNABLE = new Set(["channel_join", "channel_leave", "channel_topic", "channel_name", "tombstone"]);

/** Errors: channel_not_found, message_not_found, is_archived, invalid_name, already_reacted, too_many_*. */
export function addReaction(team: Team, reaction: Reaction): Outcome<undefined> {
  const found = reactable(team, reaction);
  if (!found.ok) return found;
  const { message } = found.value;
  const users = message.reactions.get(reaction.name) ?? [];
  if (users.includes(reaction.user)) return refused("already_reacted");
  if (users.length === 0 && message.reactions.size >= EMOJI_PER_MESSAGE) return refused("too_many_emoji");
  const own = [...message.reactions.values()].filter((others) => others.includes(reaction.user)).length;
  if (own >= REACTIONS_PER_PERSON) return refused("too_many_reactions");
  message.reactions.set(reaction.name, [...users, reaction.user]);
  announce(team, "reaction_added", reaction, message);
  return done(undefined);
}

/** Errors: channel_not_found, message_not_found, is_archived, invalid_name, no_reaction. */
export function removeReaction(team: Team, reaction: Reaction): Outcome<undefined> {
  const found = reactable(team, reaction);
  if (!found.ok) return found;
  const { message } = found.value;
  const users = message.reactions.get(reaction.name) ?? [];
  if (!users.includes(reaction.user)) return refused("no_reaction");
  const rest = users.filter((user) => user !== reaction.user);
  if (rest.length > 0) message.reactions.set(reaction.name, rest);
  else message.reactions.delete(reaction.name);
  announce(team, "reaction_removed", reaction, message);
  return done(undefined);
}

/** Errors: channel_not_found, is_archived, not_in_channel, message_not_found, not_pinnable, already_pinned, too_many_pins. */
export function addPin(team: Team, pin: { channel: string; ts: string; user: string }): Outcome<undefined> {
  const found = pinnable(team, pin);
  if (!found.ok) return found;
  const { channel, message } = found.value;
  if (NOT_PINNABLE.has(message.subtype ?? "")) return refused("not_pinnable");
  if (channel.pins.includes(pin.ts)) return refused("already_pinned");
  if (channel.pins.length >= PINS_PER_CHANNEL) return refused("too_many_pins");
  channel.pins.push(pin.ts);
  channel.pinned.set(pin.ts, { by: pin.user, at: team.clock.now() });
  announcePin(team, "pin_added", channel, message, pin.user);
  return done(undefined);
}

/** Errors: as `addPin`, and no_pin. */
export function removePin(
  team: Team,
  pin: { channel: string; ts: string; user: string },
): Outcome<undefined> {
  const found = pinnable(team, pin);
  if (!found.ok) return found;
  const { channel, message } = found.value;
  if (!channel.pins.includes(pin.ts)) return refused("no_pin");
  channel.pins = channel.pins.filter((ts) => ts !== pin.ts);
  channel.pinned.delete(pin.ts);
  announcePin(team, "pin_removed", channel, message, pin.user);
  return done(undefined);
}

function isEmoji(name: string): boolean {
  const plain = name.replace(/::skin-tone-[2-6]$/, "");
  return /^[a-z0-9_+'-]+$/.test(plain) && (has(plain) || SLACK_SPELLINGS.has(plain));
}

function reactable(team: Team, reaction: Reaction): Outcome<{ message: WorkspaceMessage }> {
  const channel = team.channel(reaction.channel);
  if (!channel) return refused("channel_not_found");
  if (channel.kind !== "public" && !channel.members.has(reaction.user)) return refused("channel_not_found");
  if (channel.archived) return refused("is_archived");
  if (!isEmoji(reaction.name)) return refused("invalid_name");
  const message = team.message(reaction.channel, reaction.ts);
  if (!message || message.subtype === "tombstone") return refused("message_not_found");
  return done({ message });
}

function pinnable(
  team: Team,
  pin: { channel: string; ts: string; user: string },
): Outcome<{ channel: Channel; message: WorkspaceMessage }> {
  const channel = team.channel(pin.channel);
  if (!channel) return refused("channel_not_found");
  if (!channel.members.has(pin.user)) {
    return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
  }
  if (channel.archived) return refused("is_archived");
  const message = team.message(pin.channel, pin.ts);
  return message ? done({ channel, message }) : refused("message_not_found");
}

function announce(
  team: Team,
  type: "reaction_added" | "reaction_removed",
  reaction: Reaction,
  message: WorkspaceMessage,
): void {
  team.emit(
    type,
    {
      type,
      user: reaction.user,
      reaction: reaction.name,
      item_user: message.user,
      item: { type: "message", channel: reaction.channel, ts: reaction.ts },
      event_ts: team.timestamps.next(),
    },
    reaction.channel,
  );
}

function announcePin(
  team: Team,
  type: "pin_added" | "pin_removed",
  channel: Channel,
  message: WorkspaceMessage,
  user: string,
): void {
  const created = Math.floor(team.clock.now() / 1000);
  const shown = storedMessageShape(team, channel, message);
  team.emit(
    type,
    {
      type,
      user,
      channel_id: channel.id,
      item: {
        type: "message",
        channel: channel.id,
        created,
        created_by: user,
        message: { ...shown, permalink: team.permalink(message) },
      },
      item_user: message.user,
      pin_count: channel.pins.length,
      pinned_info: { channel: channel.id, pinned_by: user, pinned_ts: created },
      ...(type === "pin_removed" && { has_pins: channel.pins.length > 0 }),
      event_ts: team.timestamps.next(),
    },
    channel.id,
  );
}
