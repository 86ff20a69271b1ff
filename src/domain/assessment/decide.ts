import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { AssessmentCommand } from "./commands.ts";

export function decideAssessment(_rules: Rules, _state: Incident, command: AssessmentCommand): Decision {
  return command satisfies never;
}
