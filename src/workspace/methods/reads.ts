import type { Channel, WorkspaceMessage } from "../model.ts";
import { storedMessageShape } from "../state/shapes.ts";
import { type ArgSpec, flag, required } from "./args.ts";
import { type Call, joinedChannel, type MethodRow } from "./contract.ts";
import { page, paged } from "./paging.ts";

const limit = (max: number): ArgSpec => ({ type: "integer", min: 1, max, invalid: "invalid_limit" });

const window: Record<string, ArgSpec> = {
  oldest: { type: "ts", invalid: "invalid_ts_oldest" },
  latest: { type: "ts", invalid: "invalid_ts_latest" },
  inclusive: flag,
  include_all_metadata: flag,
  cursor: { type: "text" },
};

const scopes = {
  public: ["channels:history"],
  private: ["groups:history"],
  im: ["im:history"],
  also: { "metadata.message:read": "include_all_metadata" },
};

const errors = [
  "channel_not_found",
  "invalid_cursor",
  "invalid_limit",
  "invalid_ts_latest",
  "invalid_ts_oldest",
  "not_in_channel",
];

const history: MethodRow = {
  tier: 3,
  token: "bot",
  scopes,
  json: false,
  args: { channel: required, limit: limit(999), ...window },
  errors,
  source: "https://docs.slack.dev/reference/methods/conversations.history",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const channel = found.value;
    const messages = channel.messages
      .filter((message) => isKept(message) && (!isReply(message) || message.broadcast === true))
      .filter((message) => isInWindow(call, message) && !isHidden(call, message))
      .toReversed();
    const part = page(
      call.args,
      messages,
      (message) => message.ts,
      100,
      (message, ts) => message.ts < ts,
    );
    if (!part.ok) return part;
    const answer = {
      ok: true as const,
      messages: part.items.map((message) => shown(call, channel, message)),
      has_more: part.nextCursor !== "",
      pin_count: channel.pins.length,
      ...(channel.messages.some((message) => isHidden(call, message)) && { is_limited: true }),
    };
    return part.nextCursor === "" ? answer : paged(answer, part.nextCursor);
  },
};

const replies: MethodRow = {
  tier: 3,
  token: "bot",
  scopes,
  json: false,
  args: {
    channel: required,
    ts: { type: "ts", required: true, missing: "thread_not_found", invalid: "thread_not_found" },
    limit: limit(1000),
    ...window,
  },
  errors: [...errors, "thread_not_found"],
  source: "https://docs.slack.dev/reference/methods/conversations.replies",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const channel = found.value;
    const first = call.state.message(channel.id, call.args.text("ts"));
    if (!first) return { ok: false, error: "thread_not_found" };
    const thread = call.state.repliesTo(channel, first.ts).filter((message) => isInWindow(call, message));
    const part = page(
      call.args,
      thread,
      (message) => message.ts,
      1000,
      (message, ts) => message.ts > ts,
    );
    if (!part.ok) return part;
    // The parent leads every page, whatever the window.
    const answer = {
      ok: true as const,
      messages: [first, ...part.items].map((message) => shown(call, channel, message)),
      has_more: part.nextCursor !== "",
    };
    return part.nextCursor === "" ? answer : paged(answer, part.nextCursor);
  },
};

function isKept(message: WorkspaceMessage): boolean {
  return message.onlyFor === undefined;
}

/** A plan without its whole history answers `is_limited` instead. */
function isHidden(call: Call, message: WorkspaceMessage): boolean {
  const { hiddenBefore } = call.state;
  return hiddenBefore !== undefined && microseconds(message.ts) < hiddenBefore * 1000;
}

function isReply(message: WorkspaceMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

function isInWindow(call: Call, message: WorkspaceMessage): boolean {
  const oldest = call.args.maybeText("oldest");
  const latest = call.args.maybeText("latest");
  const at = microseconds(message.ts);
  const inclusive = call.args.flag("inclusive");
  if (oldest !== undefined && (inclusive ? at < microseconds(oldest) : at <= microseconds(oldest)))
    return false;
  return latest === undefined || (inclusive ? at <= microseconds(latest) : at < microseconds(latest));
}

function microseconds(ts: string): number {
  const [seconds = "0", fraction = ""] = ts.split(".");
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, "0"));
}

function shown(call: Call, channel: Channel, message: WorkspaceMessage): Record<string, unknown> {
  const metadata =
    call.args.flag("include_all_metadata") && call.installation.scopes.has("metadata.message:read");
  return storedMessageShape(call.state, channel, message, { metadata });
}

export const reads = { "conversations.history": history, "conversations.replies": replies };
