import type { UserGroup } from "../model.ts";
import type { Team } from "./team.ts";

/** Makes the group or changes who is in it. */
export function setGroup(team: Team, handle: string, users: readonly string[]): UserGroup {
  const groups = (team.groups ??= new Map<string, UserGroup>());
  const existing = team.groupNamed(handle);
  const group = existing ?? { id: team.ids.next("S"), handle, users: [] };
  const before = group.users;
  group.users = [...users];
  groups.set(group.id, group);
  if (existing)
    team.emit("subteam_members_changed", {
      type: "subteam_members_changed",
      subteam_id: group.id,
      team_id: team.team.id,
      added_users: users.filter((user) => !before.includes(user)),
      removed_users: before.filter((user) => !users.includes(user)),
      event_ts: team.timestamps.next(),
    });
  return group;
}
