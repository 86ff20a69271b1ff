import type { Channel } from "../model.ts";
import { channelShape } from "../state/shapes.ts";
import { type ArgSpec, flag, required } from "./args.ts";
import {
  type Answer,
  type Call,
  hasAnyScope,
  type MethodRow,
  missingScope,
  visibleChannel,
} from "./contract.ts";
import { page, paged } from "./paging.ts";

const reading = { public: ["channels:read"], private: ["groups:read"], im: ["im:read"] };
const limit = (max: number): ArgSpec => ({ type: "integer", min: 1, max, invalid: "invalid_limit" });
const text: ArgSpec = { type: "text" };

const KINDS: Record<string, Channel["kind"] | "mpim"> = {
  public_channel: "public",
  private_channel: "private",
  im: "im",
  mpim: "mpim",
};

const list: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: reading,
  json: false,
  args: { types: { type: "list" }, exclude_archived: flag, limit: limit(999), cursor: text, team_id: text },
  errors: ["invalid_cursor", "invalid_limit", "invalid_types"],
  source: "https://docs.slack.dev/reference/methods/conversations.list",
  run(call) {
    const kinds = wantedKinds(call);
    if (!kinds.ok) return kinds;
    const bot = call.installation.botUserId;
    const seen = [...call.state.channels.values()].filter(
      (channel) => channel.kind === "public" || channel.members.has(bot),
    );
    const part = page(call.args, seen, (channel) => channel.id, 100);
    if (!part.ok) return part;
    // Slack filters after it has cut the page, so a page can be short or empty though more follow.
    const wanted = part.items.filter((channel) => isWanted(call, kinds.value, channel));
    return paged({ ok: true, channels: wanted.map((channel) => shown(call, channel)) }, part.nextCursor);
  },
};

const ofUser: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: reading,
  json: false,
  args: {
    user: text,
    types: { type: "list" },
    exclude_archived: flag,
    limit: limit(999),
    cursor: text,
    team_id: text,
  },
  errors: ["invalid_cursor", "invalid_limit", "invalid_types", "user_not_found"],
  source: "https://docs.slack.dev/reference/methods/users.conversations",
  run(call) {
    const kinds = wantedKinds(call);
    if (!kinds.ok) return kinds;
    const bot = call.installation.botUserId;
    const user = call.args.maybeText("user") ?? bot;
    if (!call.state.person(user)) return { ok: false, error: "user_not_found" };
    const theirs = [...call.state.channels.values()].filter(
      (channel) =>
        channel.members.has(user) &&
        (channel.kind === "public" || channel.members.has(bot)) &&
        isWanted(call, kinds.value, channel),
    );
    const part = page(call.args, theirs, (channel) => channel.id, 100);
    if (!part.ok) return part;
    return paged({ ok: true, channels: part.items.map((channel) => shown(call, channel)) }, part.nextCursor);
  },
};

const members: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: reading,
  json: false,
  args: { channel: required, limit: limit(1000), cursor: text },
  errors: ["channel_not_found", "invalid_cursor", "invalid_limit"],
  source: "https://docs.slack.dev/reference/methods/conversations.members",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const part = page(call.args, [...found.value.members], (id) => id, 100);
    return part.ok ? paged({ ok: true, members: part.items }, part.nextCursor) : part;
  },
};

function wantedKinds(call: Call): { ok: true; value: Set<string> } | Exclude<Answer, { ok: true }> {
  const types = call.args.has("types") ? call.args.list("types") : ["public_channel"];
  const kinds = new Set<string>();
  for (const type of types) {
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    if (kind === undefined) return { ok: false, error: "invalid_types" };
    const needed = kind === "mpim" ? ["mpim:read"] : (reading[kind] ?? []);
    if (!hasAnyScope(call, needed)) return missingScope(call, needed);
    kinds.add(kind);
  }
  return { ok: true, value: kinds };
}

function isWanted(call: Call, kinds: ReadonlySet<string>, channel: Channel): boolean {
  return kinds.has(channel.kind) && !(channel.archived && call.args.flag("exclude_archived"));
}

function shown(call: Call, channel: Channel): Record<string, unknown> {
  const shape = channelShape(call.state, channel, call.installation.botUserId);
  return channel.kind === "im" ? shape : { ...shape, num_members: channel.members.size };
}

export const lists = {
  "conversations.list": list,
  "conversations.members": members,
  "users.conversations": ofUser,
};
