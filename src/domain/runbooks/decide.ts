import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { RunbooksCommand } from "./commands.ts";

export function decideRunbooks(_rules: Rules, _state: Incident, command: RunbooksCommand): Decision {
  return command satisfies never;
}
