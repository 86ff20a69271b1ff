import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { PresenceCommand } from "./commands.ts";

export function decidePresence(_rules: Rules, _state: Incident, command: PresenceCommand): Decision {
  return command satisfies never;
}
