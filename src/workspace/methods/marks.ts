import type { Outcome } from "../state/outcome.ts";
import { storedMessageShape } from "../state/shapes.ts";
import { type ArgSpec, flag } from "./args.ts";
import { type Answer, joinedChannel, type MethodRow, visibleChannel } from "./contract.ts";

const channel: ArgSpec = { type: "text", required: true, missing: "channel_not_found" };
const timestamp: ArgSpec = {
  type: "ts",
  required: true,
  missing: "no_item_specified",
  invalid: "bad_timestamp",
};
const name: ArgSpec = { type: "text", required: true, missing: "invalid_name" };
const errors = [
  "bad_timestamp",
  "channel_not_found",
  "is_archived",
  "message_not_found",
  "no_item_specified",
];

const addReaction: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["reactions:write"] },
  json: true,
  args: { channel, timestamp, name },
  errors: [
    ...errors,
    "already_reacted",
    "invalid_name",
    "not_in_channel",
    "too_many_emoji",
    "too_many_reactions",
  ],
  source: "https://docs.slack.dev/reference/methods/reactions.add",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    return plain(
      call.state.addReaction({
        channel: found.value.id,
        ts: call.args.text("timestamp"),
        user: call.installation.botUserId,
        name: call.args.text("name"),
      }),
    );
  },
};

const removeReaction: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["reactions:write"] },
  json: true,
  args: { channel, timestamp, name },
  errors: [...errors, "invalid_name", "no_reaction", "not_in_channel"],
  source: "https://docs.slack.dev/reference/methods/reactions.remove",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    return plain(
      call.state.removeReaction({
        channel: found.value.id,
        ts: call.args.text("timestamp"),
        user: call.installation.botUserId,
        name: call.args.text("name"),
      }),
    );
  },
};

const getReactions: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["reactions:read"] },
  json: false,
  args: { channel, timestamp, full: flag },
  errors: ["bad_timestamp", "channel_not_found", "message_not_found", "no_item_specified"],
  source: "https://docs.slack.dev/reference/methods/reactions.get",
  run(call) {
    const found = visibleChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const place = found.value;
    const message = call.state.message(place.id, call.args.text("timestamp"));
    if (!message) return { ok: false, error: "message_not_found" };
    const shape = storedMessageShape(call.state, place, message, { full: call.args.flag("full") });
    return {
      ok: true,
      type: "message",
      channel: place.id,
      message: { ...shape, permalink: call.state.permalink(message) },
    };
  },
};

const addPin: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["pins:write"] },
  json: true,
  args: { channel, timestamp },
  errors: [...errors, "already_pinned", "not_in_channel", "not_pinnable", "too_many_pins"],
  source: "https://docs.slack.dev/reference/methods/pins.add",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const ts = call.args.text("timestamp");
    return plain(call.state.addPin({ channel: found.value.id, ts, user: call.installation.botUserId }));
  },
};

const removePin: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["pins:write"] },
  json: true,
  args: { channel, timestamp },
  errors: [...errors, "no_pin", "not_in_channel"],
  source: "https://docs.slack.dev/reference/methods/pins.remove",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const ts = call.args.text("timestamp");
    return plain(call.state.removePin({ channel: found.value.id, ts, user: call.installation.botUserId }));
  },
};

const listPins: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["pins:read"] },
  json: false,
  args: { channel },
  errors: ["channel_not_found", "not_in_channel"],
  source: "https://docs.slack.dev/reference/methods/pins.list",
  run(call) {
    const found = joinedChannel(call, call.args.text("channel"));
    if (!found.ok) return found;
    const place = found.value;
    const items = place.pins.toReversed().flatMap((ts) => {
      const message = call.state.message(place.id, ts);
      const pinned = place.pinned.get(ts);
      if (!message || !pinned) return [];
      const permalink = call.state.permalink(message);
      return [
        {
          type: "message",
          created: Math.floor(pinned.at / 1000),
          created_by: pinned.by,
          channel: place.id,
          message: { ...storedMessageShape(call.state, place, message), permalink },
        },
      ];
    });
    return { ok: true, items };
  },
};

function plain(outcome: Outcome<undefined>): Answer {
  return outcome.ok ? { ok: true } : outcome;
}

export const marks = {
  "reactions.add": addReaction,
  "reactions.remove": removeReaction,
  "reactions.get": getReactions,
  "pins.add": addPin,
  "pins.remove": removePin,
  "pins.list": listPins,
};
