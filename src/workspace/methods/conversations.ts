import type { Channel } from "../model.ts";
import { inviteFault } from "../state/channels.ts";
import { channelShape } from "../state/shapes.ts";
import { flag, required } from "./args.ts";
import {
  type Answer,
  type Call,
  hasAnyScope,
  type MethodRow,
  missingScope,
  visibleChannel,
} from "./contract.ts";

// Two pages of Slack's disagree, 100 and 1000: the smaller one is safe in both.
const INVITED_AT_ONCE = 100;

const reading = { public: ["channels:read"], private: ["groups:read"], im: ["im:read"] };

const create: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { public: ["channels:manage"], private: ["groups:write"] },
  json: true,
  args: {
    name: { type: "text", required: true, missing: "invalid_name_required" },
    is_private: flag,
    team_id: { type: "text" },
  },
  errors: [
    "name_taken",
    "invalid_name_required",
    "invalid_name_maxlength",
    "invalid_name_specials",
    "invalid_name_punctuation",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.create",
  run(call) {
    const isPrivate = call.args.flag("is_private");
    const needed = call.method.scopes[isPrivate ? "private" : "public"] ?? [];
    if (!hasAnyScope(call, needed)) return missingScope(call, needed);
    const creator = call.installation.botUserId;
    const created = call.state.createChannel({ name: call.args.text("name"), creator, isPrivate });
    return created.ok ? shown(call, created.value) : created;
  },
};

const join: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["channels:join"] },
  json: true,
  args: { channel: required },
  errors: ["channel_not_found", "is_archived", "method_not_supported_for_channel_type"],
  source: "https://docs.slack.dev/reference/methods/conversations.join",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    if (found.value.kind !== "public") return { ok: false, error: "method_not_supported_for_channel_type" };
    const joined = call.state.join(found.value.id, call.installation.botUserId);
    if (!joined.ok) return joined;
    const answer = shown(call, joined.value.channel);
    return joined.value.already ? { ...answer, warning: "already_in_channel" } : answer;
  },
};

const invite: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: {
    public: ["channels:manage", "channels:write.invites"],
    private: ["groups:write", "groups:write.invites"],
  },
  json: true,
  args: {
    channel: required,
    users: { type: "list", required: true, missing: "no_user" },
    force: flag,
  },
  errors: [
    "already_in_channel",
    "cant_invite",
    "cant_invite_self",
    "channel_not_found",
    "is_archived",
    "method_not_supported_for_channel_type",
    "no_user",
    "not_in_channel",
    "user_not_found",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.invite",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const bot = call.installation.botUserId;
    const users = [...new Set(call.args.list("users"))];
    if (users.length === 0) return { ok: false, error: "no_user" };
    if (users.length > INVITED_AT_ONCE) return { ok: false, error: "invalid_arguments" };
    const errors = users.flatMap((user) => {
      const error = inviteFault(call.state, found.value, bot, user);
      return error === undefined ? [] : [{ user, ok: false, error }];
    });
    const failed = new Set(errors.map(({ user }) => user));
    const valid = call.args.flag("force") ? users.filter((user) => !failed.has(user)) : users;
    const invited = call.state.invite(found.value.id, valid, bot);
    if (!invited.ok) return { ...invited, ...(errors.length > 0 && { errors }) };
    if (valid.length === 0) return { ok: false, error: errors[0]?.error ?? "no_user", errors };
    const answer = shown(call, invited.value);
    return errors.length > 0 ? { ...answer, errors } : answer;
  },
};

const info: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: reading,
  json: false,
  args: { channel: required, include_num_members: flag, include_locale: flag },
  errors: ["channel_not_found"],
  source: "https://docs.slack.dev/reference/methods/conversations.info",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const channel = channelShape(call.state, found.value, call.installation.botUserId);
    if (call.args.flag("include_num_members")) channel["num_members"] = found.value.members.size;
    return { ok: true, channel };
  },
};

const open: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { im: ["im:write"] },
  json: true,
  args: { users: { type: "list" }, channel: { type: "text" }, return_im: flag },
  errors: [
    "channel_not_found",
    "method_not_supported_for_channel_type",
    "too_many_users",
    "user_disabled",
    "user_not_found",
    "users_list_not_supplied",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.open",
  run(call) {
    const resumed = call.args.maybeText("channel");
    if (resumed !== undefined) return resume(call, resumed);
    const users = call.args.list("users");
    const user = users[0];
    if (user === undefined) return { ok: false, error: "users_list_not_supplied" };
    if (users.length > 8) return { ok: false, error: "too_many_users" };
    const people = users.map((id) => call.state.person(id));
    if (people.includes(undefined)) return { ok: false, error: "user_not_found" };
    if (people.some((person) => person?.deleted)) return { ok: false, error: "user_disabled" };
    if (users.length > 1) {
      call.state.complain("conversations.open: group direct messages are not part of this workspace");
      return { ok: false, error: "method_not_supported_for_channel_type" };
    }
    const { channel, already } = call.state.openDirectMessage(call.installation.botUserId, user);
    return { ok: true, no_op: already, already_open: already, channel: opened(call, channel) };
  },
};

function resume(call: Call, id: string): Answer {
  const found = visibleChannel(call, id);
  if (!found.ok) return found;
  if (found.value.kind !== "im") return { ok: false, error: "method_not_supported_for_channel_type" };
  return { ok: true, no_op: true, already_open: true, channel: opened(call, found.value) };
}

function opened(call: Call, channel: Channel): Record<string, unknown> {
  if (!call.args.flag("return_im")) return { id: channel.id };
  return channelShape(call.state, channel, call.installation.botUserId);
}

function shown(call: Call, channel: Channel): { ok: true } & Record<string, unknown> {
  return { ok: true, channel: channelShape(call.state, channel, call.installation.botUserId) };
}

const changing = {
  public: ["channels:manage"],
  private: ["groups:write"],
};

const setTopic: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: {
    public: ["channels:manage", "channels:write.topic"],
    private: ["groups:write", "groups:write.topic"],
  },
  json: true,
  args: { channel: required, topic: { type: "text" } },
  errors: [
    "channel_not_found",
    "is_archived",
    "method_not_supported_for_channel_type",
    "not_in_channel",
    "too_long",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.setTopic",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    // Required, but an empty one clears the topic.
    const topic = call.args.maybeText("topic");
    if (topic === undefined) return { ok: false, error: "invalid_arguments" };
    const changed = call.state.setTopic(found.value.id, call.installation.botUserId, topic);
    return changed.ok ? shown(call, changed.value) : changed;
  },
};

const archive: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: changing,
  json: true,
  args: { channel: required },
  errors: [
    "already_archived",
    "cant_archive_general",
    "channel_not_found",
    "method_not_supported_for_channel_type",
    "not_in_channel",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.archive",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const archived = call.state.archive(found.value.id, call.installation.botUserId);
    return archived.ok ? { ok: true } : archived;
  },
};

const rename: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: changing,
  json: true,
  args: { channel: required, name: { type: "text", required: true, missing: "invalid_name_required" } },
  errors: [
    "channel_not_found",
    "invalid_name_maxlength",
    "invalid_name_punctuation",
    "invalid_name_required",
    "invalid_name_specials",
    "is_archived",
    "method_not_supported_for_channel_type",
    "name_taken",
    "not_authorized",
    "not_in_channel",
  ],
  source: "https://docs.slack.dev/reference/methods/conversations.rename",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const renamed = call.state.rename(found.value.id, call.installation.botUserId, call.args.text("name"));
    return renamed.ok ? shown(call, renamed.value) : renamed;
  },
};

export const conversations = {
  "conversations.create": create,
  "conversations.join": join,
  "conversations.invite": invite,
  "conversations.info": info,
  "conversations.open": open,
  "conversations.setTopic": setTopic,
  "conversations.archive": archive,
  "conversations.rename": rename,
};
