import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { CorrectionsCommand } from "./commands.ts";

export function decideCorrections(_rules: Rules, _state: Incident, command: CorrectionsCommand): Decision {
  return command satisfies never;
}
