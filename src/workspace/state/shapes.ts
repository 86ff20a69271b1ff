import type {
  Bookmark,
  Channel,
  OpenView,
  Person,
  UserGroup,
  WorkspaceFile,
  WorkspaceMessage,
} from "../model.ts";
import { stableUuid } from "./ids.ts";
import { richTextOf } from "./rich-text.ts";
import type { Team } from "./team.ts";

type Shape = Record<string, unknown>;

/**
 * A message as events and reads show it, without what depends on the place it is read from.
 * Metadata is shown only where it was asked for: docs.slack.dev/messaging/message-metadata
 */
export function messageShape(
  team: Team,
  message: WorkspaceMessage,
  options: { metadata?: boolean } = {},
): Shape {
  const shape: Shape = {
    type: "message",
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: team.team.id,
  };
  if (message.botId !== undefined) {
    Object.assign(shape, {
      bot_id: message.botId,
      app_id: message.appId,
      bot_profile: botProfile(team, message),
    });
  } else if (message.subtype === undefined || message.subtype === "thread_broadcast") {
    shape["client_msg_id"] = stableUuid(message.channel + message.ts);
  }
  const blocks = message.blocks ?? typedBlocks(message);
  if (blocks !== undefined) shape["blocks"] = blocks;
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const channel = team.channels.get(message.channel);
    const parent = channel?.messages.find((other) => other.ts === message.threadTs);
    Object.assign(shape, { thread_ts: message.threadTs, parent_user_id: parent?.user });
    if (message.subtype === "thread_broadcast" && parent) shape["root"] = messageShape(team, parent);
  }
  if (message.edited) shape["edited"] = { ...message.edited };
  if (message.files.length > 0) {
    shape["files"] = message.files.map((file) => fileShape(team, file));
    shape["upload"] = false;
  }
  if (options.metadata && message.metadata) shape["metadata"] = message.metadata;
  return shape;
}

// The page says "not always all users" without a number; 50 is what has been seen in the field.
const REACTORS_NAMED = 50;

/**
 * A message as conversations.history and .replies show it: with reactions, its thread's counts and pins. Of those who reacted
 * it names some, and counts all, unless they are asked for in `full`.
 */
export function storedMessageShape(
  team: Team,
  channel: Channel,
  message: WorkspaceMessage,
  options: { metadata?: boolean; full?: boolean } = {},
): Shape {
  const shape = messageShape(team, message, options);
  const replies = team.repliesTo(channel, message.ts);
  if (replies.length > 0) {
    const users = [...new Set(replies.map((reply) => reply.user))];
    Object.assign(shape, {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users_count: users.length,
      reply_users: users,
      latest_reply: replies.at(-1)?.ts,
      is_locked: false,
      subscribed: false,
    });
  }
  if (message.reactions.size > 0) {
    shape["reactions"] = [...message.reactions].map(([name, users]) => ({
      name,
      users: options.full ? [...users] : users.slice(0, REACTORS_NAMED),
      count: users.length,
    }));
  }
  if (channel.pins.includes(message.ts)) shape["pinned_to"] = [channel.id];
  return shape;
}

export function channelShape(team: Team, channel: Channel, viewer: string): Shape {
  const created = Math.floor(channel.created / 1000);
  const isMember = channel.members.has(viewer);
  if (channel.kind === "im") {
    const other = [...channel.members].find((member) => member !== viewer) ?? viewer;
    return {
      id: channel.id,
      created,
      is_archived: channel.archived,
      is_im: true,
      is_org_shared: false,
      context_team_id: team.team.id,
      user: other,
      is_user_deleted: team.person(other)?.deleted ?? false,
      priority: 0,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "private",
    is_archived: channel.archived,
    is_general: channel.name === "general",
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: [team.team.id],
    context_team_id: team.team.id,
    created,
    creator: channel.creator,
    updated: channel.created,
    unlinked: 0,
    is_member: isMember,
    topic: {
      value: channel.topic,
      creator: channel.topicSet?.by ?? "",
      last_set: Math.floor((channel.topicSet?.at ?? 0) / 1000),
    },
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: channel.formerNames.toReversed(),
  };
}

export function personShape(team: Team, person: Person): Shape {
  return {
    id: person.id,
    team_id: team.team.id,
    name: person.name,
    deleted: person.deleted,
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: offsetSeconds(person.tz, team.clock.now()),
    is_admin: person.admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.restricted,
    is_ultra_restricted: false,
    ...(person.stranger && { is_stranger: true }),
    is_bot: person.isBot,
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      team: team.team.id,
      ...(person.isBot && { bot_id: team.installation?.botId, api_app_id: team.installation?.appId }),
    },
  };
}

export function groupShape(team: Team, group: UserGroup): Shape {
  return {
    id: group.id,
    team_id: team.team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.handle,
    handle: group.handle,
    description: "",
    is_external: false,
    auto_provision: false,
    date_create: 0,
    date_update: 0,
    date_delete: 0,
    prefs: { channels: [], groups: [] },
  };
}

export function bookmarkShape(team: Team, channel: Channel, bookmark: Bookmark): Shape {
  return {
    id: bookmark.id,
    channel_id: channel.id,
    title: bookmark.title,
    link: bookmark.link,
    emoji: bookmark.emoji ?? "",
    icon_url: "",
    type: "link",
    entity_id: null,
    date_created: Math.floor(bookmark.created / 1000),
    date_updated: 0,
    rank: "",
    last_updated_by_user_id: team.installation?.botUserId,
    last_updated_by_team_id: team.team.id,
    shortcut_id: null,
    app_id: team.installation?.appId,
  };
}

export function fileShape(team: Team, file: WorkspaceFile): Shape {
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension,
    size: file.length,
    mode: "hosted",
    user: file.user,
    user_team: team.team.id,
    is_external: false,
    is_public: file.channels.some((id) => team.channel(id)?.kind === "public"),
    url_private: `${team.filesUrl}/files-pri/${team.team.id}-${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `https://${team.team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
  };
}

/** A view as views.* answers it and as view_submission, view_closed and block_actions carry it. */
export function viewShape(team: Team, open: OpenView): Shape {
  const { view } = open;
  return {
    id: open.id,
    team_id: team.team.id,
    private_metadata: "",
    callback_id: "",
    clear_on_close: false,
    notify_on_close: false,
    external_id: "",
    close: null,
    submit: null,
    ...view,
    state: { values: open.values },
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    app_id: team.installation?.appId,
    app_installed_team_id: team.team.id,
    bot_id: team.installation?.botId,
  };
}

function typedBlocks(message: WorkspaceMessage): unknown[] | undefined {
  const typed =
    message.botId === undefined && (message.subtype === undefined || message.subtype === "thread_broadcast");
  return typed && message.text !== ""
    ? [richTextOf(message.text, stableUuid(message.text).slice(0, 5))]
    : undefined;
}

function botProfile(team: Team, message: WorkspaceMessage): Shape {
  return {
    id: message.botId,
    app_id: message.appId,
    user_id: message.user,
    name: team.person(message.user)?.realName ?? "",
    deleted: false,
    updated: 0,
    team_id: team.team.id,
  };
}

function offsetSeconds(timeZone: string, at: number): number {
  const zone = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(zone ?? "");
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
