import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { ActionItemsCommand } from "./commands.ts";

export function decideActionItems(_rules: Rules, _state: Incident, command: ActionItemsCommand): Decision {
  return command satisfies never;
}
