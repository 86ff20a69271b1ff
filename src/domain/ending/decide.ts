import { type Decision, refuse } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { EndingCommand } from "./commands.ts";

export function decideEnding(_rules: Rules, _state: Incident, command: EndingCommand): Decision {
  return refuse("not_there_yet", `${command.type} is not there yet.`);
}
