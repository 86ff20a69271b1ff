import type { Channel, WorkspaceMessage } from "../model.ts";
import { storedMessageShape } from "../state/shapes.ts";
import { type ArgSpec, flag, text } from "./args.ts";
import { type Answer, type Call, joinedChannel, type MethodRow, visibleChannel } from "./contract.ts";
import { hasContent, readContent } from "./content.ts";

const POSTED_TEXT_MAX = 40_000;
const UPDATED_TEXT_MAX = 4_000;

const channel: ArgSpec = { type: "text", required: true, missing: "channel_not_found" };
const ts: ArgSpec = {
  type: "ts",
  required: true,
  missing: "message_not_found",
  invalid: "message_not_found",
};
const blocks: ArgSpec = { type: "json", invalid: "invalid_blocks_format" };
const metadata: ArgSpec = { type: "json", invalid: "invalid_metadata_format" };
const rendering = { parse: text, link_names: flag };

const contentErrors = [
  "channel_not_found",
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_metadata_format",
  "invalid_metadata_schema",
  "msg_blocks_too_long",
  "no_text",
];

const postMessage: MethodRow = {
  tier: "posting",
  token: "bot",
  scopes: { any: ["chat:write"], also: { "chat:write.public": "public channels the bot is not in" } },
  json: true,
  args: {
    channel,
    text,
    blocks,
    metadata,
    thread_ts: { type: "ts", invalid: "cannot_reply_to_message" },
    reply_broadcast: flag,
    unfurl_links: flag,
    unfurl_media: flag,
    mrkdwn: flag,
    ...rendering,
  },
  errors: [
    ...contentErrors,
    "cannot_reply_to_message",
    "is_archived",
    "messages_tab_disabled",
    "not_in_channel",
  ],
  source: "https://docs.slack.dev/reference/methods/chat.postMessage",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const { botUserId, botId, scopes } = call.installation;
    if (found.value.kind === "im" && !call.installation.messagesTab)
      return { ok: false, error: "messages_tab_disabled" };
    if (!found.value.members.has(botUserId) && !scopes.has("chat:write.public")) {
      return { ok: false, error: "not_in_channel" };
    }
    const content = readContent(call);
    if (!content.ok) return content;
    if (!hasContent(call.args, content.value)) return { ok: false, error: "no_text" };
    const given = call.args.maybeText("text") ?? "";
    const threadTs = call.args.maybeText("thread_ts");
    const posted = call.state.postMessage({
      channel: found.value.id,
      user: botUserId,
      botId,
      text: given.slice(0, POSTED_TEXT_MAX),
      broadcast: call.args.flag("reply_broadcast"),
      ...(threadTs !== undefined && { threadTs }),
      ...(content.value.blocks && content.value.blocks.length > 0 && { blocks: content.value.blocks }),
      ...(content.value.metadata && { metadata: content.value.metadata }),
    });
    if (!posted.ok) return posted;
    const answer = answered(call, found.value, posted.value);
    return given.length > POSTED_TEXT_MAX ? { ...answer, warning: "message_truncated" } : answer;
  },
};

const postEphemeral: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: { any: ["chat:write"] },
  json: true,
  args: {
    channel,
    user: { type: "text", required: true },
    text,
    blocks,
    thread_ts: { type: "ts", invalid: "cannot_reply_to_message" },
    mrkdwn: flag,
    ...rendering,
  },
  errors: [
    ...contentErrors,
    "cannot_reply_to_message",
    "is_archived",
    "not_in_channel",
    "user_not_in_channel",
  ],
  source: "https://docs.slack.dev/reference/methods/chat.postEphemeral",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const user = call.args.text("user");
    if (!found.value.members.has(user)) return { ok: false, error: "user_not_in_channel" };
    const content = readContent(call);
    if (!content.ok) return content;
    if (!hasContent(call.args, content.value)) return { ok: false, error: "no_text" };
    const threadTs = call.args.maybeText("thread_ts");
    const posted = call.state.postMessage({
      channel: found.value.id,
      user: call.installation.botUserId,
      botId: call.installation.botId,
      text: (call.args.maybeText("text") ?? "").slice(0, POSTED_TEXT_MAX),
      onlyFor: user,
      ...(threadTs !== undefined && { threadTs }),
      ...(content.value.blocks && content.value.blocks.length > 0 && { blocks: content.value.blocks }),
    });
    return posted.ok ? { ok: true, message_ts: posted.value.ts } : posted;
  },
};

const update: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["chat:write"] },
  json: true,
  args: { channel, ts, text, blocks, metadata, ...rendering },
  errors: [...contentErrors, "cant_update_message", "is_inactive", "message_not_found", "msg_too_long"],
  source: "https://docs.slack.dev/reference/methods/chat.update",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    if (!call.state.message(found.value.id, call.args.text("ts"))) {
      return { ok: false, error: "message_not_found" };
    }
    const given = call.args.maybeText("text");
    if (given !== undefined && given.length > UPDATED_TEXT_MAX) return { ok: false, error: "msg_too_long" };
    const content = readContent(call);
    if (!content.ok) return content;
    if (!hasContent(call.args, content.value) && content.value.metadata === undefined) {
      return { ok: false, error: "no_text" };
    }
    const edited = call.state.editMessage({
      channel: found.value.id,
      ts: call.args.text("ts"),
      user: call.installation.botUserId,
      botId: call.installation.botId,
      ...(given !== undefined && { text: given }),
      ...content.value,
    });
    return edited.ok ? { ...answered(call, found.value, edited.value), text: edited.value.text } : edited;
  },
};

const remove: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["chat:write"] },
  json: true,
  args: { channel, ts },
  errors: ["channel_not_found", "cant_delete_message", "message_not_found"],
  source: "https://docs.slack.dev/reference/methods/chat.delete",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const target = { channel: found.value.id, ts: call.args.text("ts") };
    if (!call.state.message(target.channel, target.ts)) return { ok: false, error: "message_not_found" };
    const deleted = call.state.deleteMessage({ ...target, user: call.installation.botUserId });
    return deleted.ok ? { ok: true, ...target } : deleted;
  },
};

const getPermalink: MethodRow = {
  tier: "special",
  token: "bot",
  scopes: {},
  json: false,
  args: { channel, message_ts: ts },
  errors: ["channel_not_found", "message_not_found"],
  source: "https://docs.slack.dev/reference/methods/chat.getPermalink",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const message = call.state.message(found.value.id, call.args.text("message_ts"));
    if (!message) return { ok: false, error: "message_not_found" };
    return { ok: true, channel: found.value.id, permalink: call.state.permalink(message) };
  },
};

function answered(call: Call, place: Channel, message: WorkspaceMessage): Answer {
  const shape = storedMessageShape(call.state, place, message);
  return { ok: true, channel: message.channel, ts: message.ts, message: shape };
}

export const chat = {
  "chat.postMessage": postMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.update": update,
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
};
