import type { Channel } from "../model.ts";
import { channelNameFault } from "./channels.ts";
import { postNotice } from "./messages.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import type { Team } from "./team.ts";

const TOPIC_MAX = 250;

/** Errors: channel_not_found, not_in_channel, method_not_supported_for_channel_type. */
function ownChannel(team: Team, channelId: string, user: string): Outcome<Channel> {
  const channel = team.channel(channelId);
  if (!channel) return refused("channel_not_found");
  if (channel.kind === "im") return refused("method_not_supported_for_channel_type");
  if (channel.members.has(user)) return done(channel);
  return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
}

/** Posts a `channel_topic` message each time. Errors: those of a member's channel, is_archived, too_long. */
export function setTopic(team: Team, channelId: string, user: string, topic: string): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (channel.archived) return refused("is_archived");
  if (topic.length > TOPIC_MAX) return refused("too_long");
  channel.topic = topic;
  if (topic === "") delete channel.topicSet;
  else channel.topicSet = { by: user, at: team.clock.now() };
  const text = topic === "" ? "cleared the channel topic" : `set the channel topic: ${topic}`;
  postNotice(team, channel, { user, text: `<@${user}> ${text}`, subtype: "channel_topic" }, { topic });
  return done(channel);
}

/** Errors: those of a member's channel, already_archived, cant_archive_general. */
export function archive(team: Team, channelId: string, user: string): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (channel.archived) return refused("already_archived");
  if (channel.name === "general") return refused("cant_archive_general");
  postNotice(team, channel, { user, text: `<@${user}> archived the channel`, subtype: "channel_archive" });
  channel.archived = true;
  const type = channel.kind === "public" ? "channel_archive" : "group_archive";
  team.emit(
    type,
    { type, channel: channel.id, user, is_moved: 0, event_ts: team.timestamps.next() },
    channel.id,
  );
  return done(channel);
}

/** What a person can do and a bot cannot. Errors: those of a member's channel, not_archived. */
export function unarchive(team: Team, channelId: string, user: string): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (!channel.archived) return refused("not_archived");
  channel.archived = false;
  const text = `<@${user}> brought the channel back from the archive`;
  postNotice(team, channel, { user, text, subtype: "channel_unarchive" });
  const type = channel.kind === "public" ? "channel_unarchive" : "group_unarchive";
  team.emit(type, { type, channel: channel.id, user, event_ts: team.timestamps.next() }, channel.id);
  return done(channel);
}

/** The creator and administrators: slack.com/help/articles/115004988303 */
const mayManage = (team: Team, channel: Channel, user: string): boolean =>
  channel.creator === user || team.person(user)?.admin === true;

/** Errors: those of a member's channel, invalid_name_*, is_archived, name_taken, not_authorized. */
export function rename(team: Team, channelId: string, user: string, name: string): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (channel.archived) return refused("is_archived");
  if (!mayManage(team, channel, user)) return refused("not_authorized");
  const fault = channelNameFault(name);
  if (fault !== undefined) return refused(fault);
  const other = team.channelNamed(name);
  if (other && other !== channel) return refused("name_taken");
  const text = `<@${user}> renamed the channel from "${channel.name}" to "${name}"`;
  channel.formerNames.push(channel.name);
  channel.name = name;
  postNotice(team, channel, { user, text, subtype: "channel_name" }, { name });
  const isPublic = channel.kind === "public";
  const type = isPublic ? "channel_rename" : "group_rename";
  const created = Math.floor(channel.created / 1000);
  const shown = {
    id: channel.id,
    name,
    name_normalized: name,
    created,
    is_channel: isPublic,
    is_mpim: false,
  };
  team.emit(type, { type, channel: shown, event_ts: team.timestamps.next() }, channel.id);
  return done(channel);
}

/**
 * It keeps its id; what was said before stays. Errors: those of a member's channel, is_archived, cant_convert_general,
 * already_so, not_authorized.
 */
export function convert(
  team: Team,
  channelId: string,
  user: string,
  to: "public" | "private",
): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (channel.archived) return refused("is_archived");
  if (channel.name === "general") return refused("cant_convert_general");
  if (channel.kind === to) return refused("already_so");
  if (!mayManage(team, channel, user)) return refused("not_authorized");
  channel.kind = to;
  const text =
    to === "private"
      ? "made this channel *private*. Now, it can only be viewed or joined by invitation."
      : "made this channel *public*. Any member in this workspace can see and join it.";
  postNotice(team, channel, { user, text, subtype: `channel_convert_to_${to}` });
  return done(channel);
}

/** With all that was said in it; its name is free again. Errors: those of a member's channel, cant_delete_general, not_authorized. */
export function deleteChannel(team: Team, channelId: string, user: string): Outcome<Channel> {
  const found = ownChannel(team, channelId, user);
  if (!found.ok) return found;
  const channel = found.value;
  if (channel.name === "general") return refused("cant_delete_general");
  if (team.person(user)?.admin !== true) return refused("not_authorized");
  const event = { channel: channel.id, actor_id: user, event_ts: team.timestamps.next() };
  // The whole workspace hears of a public one, of a private one its members.
  if (channel.kind === "public") team.emit("channel_deleted", { type: "channel_deleted", ...event });
  else {
    const date_deleted = Math.floor(team.clock.now() / 1000);
    team.emit("group_deleted", { type: "group_deleted", date_deleted, ...event }, channel.id);
  }
  team.channels.delete(channel.id);
  return done(channel);
}
