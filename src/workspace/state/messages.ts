import type { KnownBlock } from "@slack/types";
import type { Channel, WorkspaceFile, WorkspaceMessage } from "../model.ts";
import { withIds } from "./block-ids.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import { messageShape } from "./shapes.ts";
import type { Team } from "./team.ts";

export interface NewMessage {
  channel: string;
  user: string;
  /** As it goes over the wire: `&`, `<` and `>` escaped, mentions as `<@U…>`. */
  text: string;
  threadTs?: string;
  /** Also show the reply in the channel. */
  broadcast?: boolean;
  blocks?: KnownBlock[];
  metadata?: WorkspaceMessage["metadata"];
  files?: WorkspaceFile[];
  /** Set when an app posts; then the caller has checked that it may. */
  botId?: string;
  /** Ephemeral: for this person's eyes, without an event. */
  onlyFor?: string;
}

export interface MessageEdit {
  channel: string;
  ts: string;
  user: string;
  text?: string;
  /** A new text without blocks takes the old blocks away; neither keeps them. */
  blocks?: KnownBlock[];
  /** `null` takes the metadata away; absent keeps it. */
  metadata?: WorkspaceMessage["metadata"] | null;
  botId?: string;
}

// What the workspace itself writes cannot be answered in a thread.
const NOT_THREADABLE = new Set([
  "channel_join",
  "channel_leave",
  "channel_archive",
  "channel_unarchive",
  "channel_topic",
  "channel_name",
  "channel_convert_to_private",
  "channel_convert_to_public",
  "tombstone",
]);

/** Errors: channel_not_found, is_archived, not_in_channel, cannot_reply_to_message. */
export function postMessage(team: Team, post: NewMessage): Outcome<WorkspaceMessage> {
  const channel = team.channel(post.channel);
  if (!channel) return refused("channel_not_found");
  if (channel.archived) return refused("is_archived");
  if (post.botId === undefined && !channel.members.has(post.user)) {
    return refused(channel.kind === "public" ? "not_in_channel" : "channel_not_found");
  }
  if (post.threadTs !== undefined) {
    const parent = team.message(post.channel, post.threadTs);
    const isReply = parent?.threadTs !== undefined && parent.threadTs !== parent.ts;
    if (!parent || isReply || NOT_THREADABLE.has(parent.subtype ?? ""))
      return refused("cannot_reply_to_message");
  }
  const isBroadcast = post.threadTs !== undefined && post.broadcast === true;
  const files = post.files ?? [];
  const subtype = isBroadcast ? "thread_broadcast" : files.length > 0 ? "file_share" : undefined;
  const message = place(team, channel, {
    user: post.user,
    text: post.text,
    files,
    ...(subtype !== undefined && { subtype }),
    ...(post.threadTs !== undefined && { threadTs: post.threadTs }),
    ...(isBroadcast && { broadcast: true }),
    ...(post.blocks !== undefined && { blocks: withIds(team.ids, post.blocks) }),
    ...(post.metadata !== undefined && { metadata: post.metadata }),
    ...(post.botId !== undefined && { botId: post.botId, appId: team.installation?.appId ?? "" }),
    ...(post.onlyFor !== undefined && { onlyFor: post.onlyFor }),
  });
  return done(message);
}

/** Puts a message of the workspace itself, such as a join notice, into a channel. `extra` is in the event alone. */
export function postNotice(
  team: Team,
  channel: Channel,
  notice: { user: string; text: string; subtype: string },
  extra: Record<string, unknown> = {},
): WorkspaceMessage {
  return place(team, channel, { ...notice, files: [] }, extra);
}

/** Errors: channel_not_found, is_inactive, message_not_found, cant_update_message. */
export function editMessage(team: Team, edit: MessageEdit): Outcome<WorkspaceMessage> {
  const channel = team.channel(edit.channel);
  if (!channel) return refused("channel_not_found");
  if (channel.archived) return refused("is_inactive");
  const message = team.message(edit.channel, edit.ts) ?? team.ephemeral(edit.channel, edit.ts);
  if (!message) return refused("message_not_found");
  if (message.user !== edit.user || NOT_THREADABLE.has(message.subtype ?? ""))
    return refused("cant_update_message");
  const previous = messageShape(team, message);
  const onlyText = edit.text !== undefined && (edit.blocks ?? []).length === 0;
  if (edit.text !== undefined) message.text = edit.text;
  if (edit.blocks !== undefined && edit.blocks.length > 0) message.blocks = withIds(team.ids, edit.blocks);
  else if (edit.text !== undefined) delete message.blocks;
  if (edit.metadata === null) delete message.metadata;
  else if (edit.metadata !== undefined) message.metadata = edit.metadata;
  if (message.onlyFor !== undefined) {
    team.glimpse({ user: message.onlyFor, message });
    return done(message);
  }
  const ts = team.timestamps.next();
  // An app's update with blocks leaves no mark: docs.slack.dev/reference/methods/chat.update
  if (edit.botId === undefined || onlyText) message.edited = { user: edit.user, ts };
  announceChange(team, channel, message, previous);
  return done(message);
}

/** Errors: channel_not_found, message_not_found, cant_delete_message (also in an archived channel). */
export function deleteMessage(
  team: Team,
  target: { channel: string; ts: string; user: string },
): Outcome<undefined> {
  const channel = team.channel(target.channel);
  if (!channel) return refused("channel_not_found");
  if (channel.archived) return refused("cant_delete_message");
  const message = team.message(target.channel, target.ts) ?? team.ephemeral(target.channel, target.ts);
  if (!message || message.subtype === "tombstone") return refused("message_not_found");
  if (message.user !== target.user || NOT_THREADABLE.has(message.subtype ?? ""))
    return refused("cant_delete_message");
  const previous = messageShape(team, message);
  channel.pins = channel.pins.filter((ts) => ts !== message.ts);
  if (team.repliesTo(channel, message.ts).length > 0) {
    entomb(message);
    announceChange(team, channel, message, previous);
    return done(undefined);
  }
  channel.messages = channel.messages.filter((other) => other !== message);
  if (message.onlyFor !== undefined) return done(undefined);
  const ts = team.timestamps.next();
  emitMessage(team, channel, {
    type: "message",
    subtype: "message_deleted",
    hidden: true,
    channel: channel.id,
    ts,
    event_ts: ts,
    deleted_ts: message.ts,
    previous_message: previous,
  });
  return done(undefined);
}

// A thread survives its parent: measured nowhere in public texts, so both forms of deletion are met here.
function entomb(message: WorkspaceMessage): void {
  message.subtype = "tombstone";
  message.text = "This message was deleted.";
  message.files = [];
  message.reactions.clear();
  delete message.blocks;
  delete message.metadata;
  delete message.edited;
}

function place(
  team: Team,
  channel: Channel,
  content: Omit<WorkspaceMessage, "channel" | "ts" | "reactions">,
  extra: Record<string, unknown> = {},
): WorkspaceMessage {
  const message: WorkspaceMessage = {
    ...content,
    channel: channel.id,
    ts: team.timestamps.next(),
    reactions: new Map(),
  };
  channel.messages.push(message);
  if (message.onlyFor !== undefined) {
    team.glimpse({ user: message.onlyFor, message });
    return message;
  }
  const shape = { ...messageShape(team, message), ...extra };
  emitMessage(team, channel, { ...shape, type: "message", channel: channel.id, event_ts: message.ts });
  announceMention(team, channel, message, shape);
  for (const file of message.files) announceShare(team, file, message);
  return message;
}

function announceShare(team: Team, file: WorkspaceFile, message: WorkspaceMessage): void {
  if (!file.channels.includes(message.channel)) file.channels.push(message.channel);
  team.emit(
    "file_shared",
    {
      type: "file_shared",
      file_id: file.id,
      user_id: message.user,
      file: { id: file.id },
      channel_id: message.channel,
      event_ts: team.timestamps.next(),
    },
    message.channel,
  );
}

function announceChange(
  team: Team,
  channel: Channel,
  message: WorkspaceMessage,
  previous: Record<string, unknown>,
): void {
  const ts = team.timestamps.next();
  emitMessage(team, channel, {
    type: "message",
    subtype: "message_changed",
    hidden: true,
    channel: channel.id,
    ts,
    event_ts: ts,
    message: messageShape(team, message),
    previous_message: previous,
  });
}

function announceMention(
  team: Team,
  channel: Channel,
  message: WorkspaceMessage,
  shape: Record<string, unknown>,
): void {
  const bot = team.installation?.botUserId;
  if (bot === undefined || channel.kind === "im" || message.user === bot) return;
  if (
    message.subtype !== undefined &&
    message.subtype !== "thread_broadcast" &&
    message.subtype !== "file_share"
  )
    return;
  if (!new RegExp(`<@${bot}(\\|[^>]*)?>`).test(message.text)) return;
  const { subtype: _, root: __, ...mention } = shape;
  team.emit(
    "app_mention",
    { ...mention, type: "app_mention", channel: channel.id, event_ts: message.ts },
    channel.id,
  );
}

const CHANNEL_TYPES = { public: "channel", private: "group", im: "im" } as const;
const SUBSCRIPTIONS = { public: "message.channels", private: "message.groups", im: "message.im" } as const;

function emitMessage(
  team: Team,
  channel: Channel,
  event: { type: string; event_ts: string } & Record<string, unknown>,
): void {
  team.emit(SUBSCRIPTIONS[channel.kind], { ...event, channel_type: CHANNEL_TYPES[channel.kind] }, channel.id);
}
