import { actionItemsVerbs } from "../action-items/verbs.ts";
import { asksVerbs } from "../asks/verbs.ts";
import { assessmentVerbs } from "../assessment/verbs.ts";
import { audiencesVerbs } from "../audiences/verbs.ts";
import { correctionsVerbs } from "../corrections/verbs.ts";
import { endingVerbs } from "../ending/verbs.ts";
import { escalationVerbs } from "../escalation/verbs.ts";
import { homeVerbs } from "../home/verbs.ts";
import { mitigationVerbs } from "../mitigation/verbs.ts";
import { rolesVerbs } from "../roles/verbs.ts";
import { runbooksVerbs } from "../runbooks/verbs.ts";
import type { RunVerb } from "./asked.ts";
import type { PartVerb } from "./parse.ts";

/** The commands that a folder of its own carries out. */
export const partVerbs: Readonly<Record<PartVerb, RunVerb>> = {
  ...rolesVerbs,
  ...asksVerbs,
  ...assessmentVerbs,
  ...mitigationVerbs,
  ...escalationVerbs,
  ...runbooksVerbs,
  ...correctionsVerbs,
  ...endingVerbs,
  ...actionItemsVerbs,
  ...audiencesVerbs,
  ...homeVerbs,
};
