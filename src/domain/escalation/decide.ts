import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { EscalationCommand } from "./commands.ts";

export function decideEscalation(_rules: Rules, _state: Incident, command: EscalationCommand): Decision {
  return command satisfies never;
}
