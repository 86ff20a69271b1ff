import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { EndingCommand } from "./commands.ts";

export function decideEnding(_rules: Rules, _state: Incident, command: EndingCommand): Decision {
  return command satisfies never;
}
