import type { Channel } from "../model.ts";
import { postNotice } from "./messages.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import { channelShape } from "./shapes.ts";
import type { Team } from "./team.ts";

const NAME_MAX = 80;

/**
 * Slack's words for a name it refuses: invalid_name_required, invalid_name_maxlength, invalid_name_specials,
 * invalid_name_punctuation. docs.slack.dev/reference/methods/conversations.create
 */
export function channelNameFault(name: string): string | undefined {
  if (name === "") return "invalid_name_required";
  if (name.length > NAME_MAX) return "invalid_name_maxlength";
  if (!/^[a-z0-9_-]+$/.test(name)) return "invalid_name_specials";
  if (!/[a-z0-9]/.test(name)) return "invalid_name_punctuation";
  return undefined;
}

/** The creator is its first member. Errors: invalid_name_*, name_taken (an archived channel keeps its name too). */
export function createChannel(
  team: Team,
  wanted: { name: string; creator: string; isPrivate?: boolean },
): Outcome<Channel> {
  const fault = channelNameFault(wanted.name);
  if (fault !== undefined) return refused(fault);
  if (team.channelNamed(wanted.name)) return refused("name_taken");
  const channel: Channel = {
    id: team.ids.next("C"),
    name: wanted.name,
    kind: wanted.isPrivate === true ? "private" : "public",
    creator: wanted.creator,
    created: team.clock.now(),
    archived: false,
    topic: "",
    members: new Set(),
    messages: [],
    formerNames: [],
    pins: [],
    pinned: new Map(),
    bookmarks: [],
  };
  team.channels.set(channel.id, channel);
  if (channel.kind === "public") {
    const { id, name, name_normalized, created, creator } = channelShape(team, channel, wanted.creator);
    const event_ts = team.timestamps.next();
    team.emit("channel_created", {
      type: "channel_created",
      channel: { id, name, name_normalized, created, creator, is_channel: true, is_mpim: false },
      event_ts,
    });
  }
  enter(team, channel, wanted.creator);
  return done(channel);
}

/** Errors: channel_not_found (private ones too), is_archived, method_not_supported_for_channel_type. */
export function join(
  team: Team,
  channelId: string,
  user: string,
): Outcome<{ channel: Channel; already: boolean }> {
  const channel = team.channel(channelId);
  if (!channel) return refused("channel_not_found");
  if (channel.kind === "im") return refused("method_not_supported_for_channel_type");
  const already = channel.members.has(user);
  if (channel.kind === "private" && !already) return refused("channel_not_found");
  if (channel.archived) return refused("is_archived");
  if (!already) enter(team, channel, user);
  return done({ channel, already });
}

/** Errors: channel_not_found, not_in_channel, cant_leave_general. */
export function leave(team: Team, channelId: string, user: string): Outcome<Channel> {
  const channel = team.channel(channelId);
  if (!channel || channel.kind === "im") return refused("channel_not_found");
  if (!channel.members.has(user)) return refused("not_in_channel");
  if (channel.name === "general") return refused("cant_leave_general");
  depart(team, channel, user, user);
  return done(channel);
}

/** Errors: those of `leave`, channel_not_found and not_in_channel of the one who asks, cant_kick_self. */
export function kick(team: Team, channelId: string, user: string, by: string): Outcome<Channel> {
  const channel = team.channel(channelId);
  if (!channel || channel.kind === "im") return refused("channel_not_found");
  if (!channel.members.has(by))
    return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
  if (user === by) return refused("cant_kick_self");
  if (!channel.members.has(user)) return refused("not_in_channel");
  if (channel.name === "general") return refused("cant_kick_from_general");
  depart(team, channel, user, by);
  return done(channel);
}

/** Whoever goes hears it as well; the app as `channel_left` or `group_left`: docs.slack.dev/reference/events/group_left */
function depart(team: Team, channel: Channel, user: string, actor: string): void {
  const isPublic = channel.kind === "public";
  const text = user === actor ? `<@${user}> has left the channel` : `<@${actor}> removed <@${user}>`;
  postNotice(team, channel, { user, text, subtype: "channel_leave" });
  team.emit(
    "member_left_channel",
    {
      type: "member_left_channel",
      user,
      channel: channel.id,
      channel_type: isPublic ? "C" : "G",
      team: team.team.id,
      event_ts: team.timestamps.next(),
    },
    channel.id,
  );
  if (user === team.installation?.botUserId) {
    const type = isPublic ? "channel_left" : "group_left";
    const event = { type, channel: channel.id, actor_id: actor, event_ts: team.timestamps.next() };
    team.emit(type, event, channel.id);
  }
  channel.members.delete(user);
}

/** Why one person cannot be invited: user_not_found, cant_invite, cant_invite_self, already_in_channel. */
export function inviteFault(team: Team, channel: Channel, inviter: string, user: string): string | undefined {
  const person = team.person(user);
  if (!person) return "user_not_found";
  if (user === inviter) return "cant_invite_self";
  if (person.deleted) return "cant_invite";
  if (channel.members.has(user)) return "already_in_channel";
  return undefined;
}

/** One bad id refuses all. Errors: those of `inviteFault`, channel_not_found, not_in_channel, is_archived. */
export function invite(
  team: Team,
  channelId: string,
  users: readonly string[],
  inviter: string,
): Outcome<Channel> {
  const channel = team.channel(channelId);
  if (!channel) return refused("channel_not_found");
  if (channel.kind === "im") return refused("method_not_supported_for_channel_type");
  if (!channel.members.has(inviter)) {
    return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
  }
  if (channel.archived) return refused("is_archived");
  for (const user of users) {
    const fault = inviteFault(team, channel, inviter, user);
    if (fault !== undefined) return refused(fault);
  }
  for (const user of users) enter(team, channel, user, inviter);
  return done(channel);
}

/** Opening again returns the existing one. */
export function openDirectMessage(
  team: Team,
  one: string,
  other: string,
): { channel: Channel; already: boolean } {
  const existing = team.directMessageBetween(one, other);
  if (existing) return { channel: existing, already: true };
  const channel: Channel = {
    id: team.ids.next("D"),
    name: "",
    kind: "im",
    creator: one,
    created: team.clock.now(),
    archived: false,
    topic: "",
    members: new Set([one, other]),
    messages: [],
    formerNames: [],
    pins: [],
    pinned: new Map(),
    bookmarks: [],
  };
  team.channels.set(channel.id, channel);
  return { channel, already: false };
}

function enter(team: Team, channel: Channel, user: string, inviter?: string): void {
  channel.members.add(user);
  const by = inviter === undefined ? {} : { inviter };
  const text = `<@${user}> has joined the channel`;
  postNotice(team, channel, { user, text, subtype: "channel_join" }, by);
  team.emit(
    "member_joined_channel",
    {
      type: "member_joined_channel",
      user,
      channel: channel.id,
      channel_type: channel.kind === "public" ? "C" : "G",
      team: team.team.id,
      ...by,
      event_ts: team.timestamps.next(),
    },
    channel.id,
  );
}
