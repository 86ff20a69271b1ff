import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { AsksCommand } from "./commands.ts";

export function decideAsks(_rules: Rules, _state: Incident, command: AsksCommand): Decision {
  return command satisfies never;
}
