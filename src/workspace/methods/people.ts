import type { Person } from "../model.ts";
import { groupShape, personShape } from "../state/shapes.ts";
import { flag, required, text } from "./args.ts";
import type { Call, MethodRow } from "./contract.ts";
import { page, paged } from "./paging.ts";

const userInfo: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: { any: ["users:read"] },
  json: false,
  args: { user: { type: "text", required: true, missing: "user_not_found" }, include_locale: flag },
  errors: ["user_not_found"],
  source: "https://docs.slack.dev/reference/methods/users.info",
  run(call) {
    const person = call.state.person(call.args.text("user"));
    if (!person) return { ok: false, error: "user_not_found" };
    const user = personShape(call.state, person);
    return { ok: true, user: call.args.flag("include_locale") ? { ...user, locale: "en-US" } : user };
  },
};

const userList: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["users:read"] },
  json: false,
  args: {
    limit: { type: "integer", min: 1, max: 1000, invalid: "invalid_limit" },
    cursor: text,
    include_locale: flag,
    team_id: text,
  },
  errors: ["invalid_cursor", "invalid_limit"],
  source: "https://docs.slack.dev/reference/methods/users.list",
  run(call) {
    const everybody = [...call.state.people.values()];
    // Without a limit Slack tries to give all of them.
    const part = page(call.args, everybody, ({ id }) => id, everybody.length);
    if (!part.ok) return part;
    const members = part.items.map((person) => personShape(call.state, person));
    return paged({ ok: true, members, cache_ts: Math.floor(call.state.clock.now() / 1000) }, part.nextCursor);
  },
};

const disturbance: MethodRow = {
  tier: 3,
  token: "bot",
  scopes: { any: ["dnd:read"] },
  json: false,
  args: { user: text, team_id: text },
  errors: ["user_not_found"],
  source: "https://docs.slack.dev/reference/methods/dnd.info",
  run(call) {
    const person = call.state.person(call.args.maybeText("user") ?? call.installation.botUserId);
    return person ? { ok: true, ...quietOf(call, person) } : { ok: false, error: "user_not_found" };
  },
};

/** A schedule shows as its next window, a pause by hand as a snooze. 1 stands for no time. */
function quietOf(call: Call, { doNotDisturb: quiet }: Person): Record<string, unknown> {
  const now = call.state.clock.now();
  const isAhead = quiet !== undefined && quiet.to > now;
  const isSnoozed = isAhead && quiet.snoozed;
  const isScheduled = isAhead && !quiet.snoozed;
  return {
    dnd_enabled: isScheduled,
    next_dnd_start_ts: isScheduled ? Math.floor(quiet.from / 1000) : 1,
    next_dnd_end_ts: isScheduled ? Math.floor(quiet.to / 1000) : 1,
    snooze_enabled: isSnoozed,
    ...(isSnoozed && {
      snooze_endtime: Math.floor(quiet.to / 1000),
      snooze_remaining: Math.floor((quiet.to - now) / 1000),
    }),
  };
}

const groups: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["usergroups:read"] },
  json: false,
  args: { include_users: flag, include_count: flag, include_disabled: flag, team_id: text },
  errors: ["plan_upgrade_required"],
  source: "https://docs.slack.dev/reference/methods/usergroups.list",
  run(call) {
    const there = call.state.groups;
    if (!there) return { ok: false, error: "plan_upgrade_required" };
    const usergroups = [...there.values()].map((group) => ({
      ...groupShape(call.state, group),
      ...(call.args.flag("include_users") && { users: [...group.users] }),
      ...(call.args.flag("include_count") && { user_count: group.users.length }),
    }));
    return { ok: true, usergroups };
  },
};

const groupMembers: MethodRow = {
  tier: 2,
  token: "bot",
  scopes: { any: ["usergroups:read"] },
  json: false,
  args: { usergroup: required, include_disabled: flag, team_id: text },
  errors: ["no_such_subteam", "plan_upgrade_required"],
  source: "https://docs.slack.dev/reference/methods/usergroups.users.list",
  run(call) {
    if (!call.state.groups) return { ok: false, error: "plan_upgrade_required" };
    const group = call.state.groups.get(call.args.text("usergroup"));
    if (!group) return { ok: false, error: "no_such_subteam" };
    // Deactivated people leave their groups.
    return { ok: true, users: group.users.filter((id) => call.state.person(id)?.deleted === false) };
  },
};

export const people = {
  "users.info": userInfo,
  "users.list": userList,
  "dnd.info": disturbance,
  "usergroups.list": groups,
  "usergroups.users.list": groupMembers,
};
