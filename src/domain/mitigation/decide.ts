import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { MitigationCommand } from "./commands.ts";

export function decideMitigation(_rules: Rules, _state: Incident, command: MitigationCommand): Decision {
  return command satisfies never;
}
