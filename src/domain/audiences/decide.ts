import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { AudiencesCommand } from "./commands.ts";

export function decideAudiences(_rules: Rules, _state: Incident, command: AudiencesCommand): Decision {
  return command satisfies never;
}
