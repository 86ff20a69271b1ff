import { bookmarkShape } from "../state/shapes.ts";
import { type ArgSpec, required, text } from "./args.ts";
import { type MethodRow, visibleChannel } from "./contract.ts";

const channel: ArgSpec = { type: "text", required: true, missing: "channel_not_found" };
// The page says "too many" without a number.
const BOOKMARKS_PER_CHANNEL = 100;

const add: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["bookmarks:write"] },
  json: true,
  args: { channel_id: channel, title: required, type: required, link: text, emoji: text, parent_id: text },
  errors: ["channel_not_found", "invalid_link", "permission_denied", "too_many_bookmarks"],
  source: "https://docs.slack.dev/reference/methods/bookmarks.add",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel_id"));
    if (!found.ok) return found;
    const place = found.value;
    if (!place.members.has(call.installation.botUserId) || place.archived || place.kind === "im")
      return { ok: false, error: "permission_denied" };
    if (call.args.text("type") !== "link") return { ok: false, error: "invalid_arguments" };
    const link = call.args.maybeText("link") ?? "";
    if (!/^https?:\/\/\S+$/.test(link)) return { ok: false, error: "invalid_link" };
    if (place.bookmarks.length >= BOOKMARKS_PER_CHANNEL) return { ok: false, error: "too_many_bookmarks" };
    const emoji = call.args.maybeText("emoji");
    const bookmark = {
      id: call.state.ids.next("Bk"),
      title: call.args.text("title"),
      link,
      ...(emoji !== undefined && { emoji }),
      created: call.state.clock.now(),
    };
    place.bookmarks.push(bookmark);
    return { ok: true, bookmark: bookmarkShape(call.state, place, bookmark) };
  },
};

const list: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["bookmarks:read"] },
  json: true,
  args: { channel_id: channel },
  errors: ["channel_not_found"],
  source: "https://docs.slack.dev/reference/methods/bookmarks.list",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel_id"));
    if (!found.ok) return found;
    const { value: place } = found;
    return { ok: true, bookmarks: place.bookmarks.map((one) => bookmarkShape(call.state, place, one)) };
  },
};

export const bookmarks = { "bookmarks.add": add, "bookmarks.list": list };
