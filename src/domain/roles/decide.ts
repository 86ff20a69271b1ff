import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { RolesCommand } from "./commands.ts";

export function decideRoles(_rules: Rules, _state: Incident, command: RolesCommand): Decision {
  return command satisfies never;
}
