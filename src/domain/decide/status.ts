import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { nextPromise } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { refuseOver } from "./over.ts";
import { changePublished } from "./publish.ts";

/** People move freely among the live statuses; each change is an update of one line. */
export function setStatus(rules: Rules, state: Incident, command: CommandNamed<"SetStatus">): Decision {
  const { at, actor, status } = command;
  const { number, status: from } = state;
  if (!isOpen(state)) return refuseOver(rules, state, at, { so: "so its status stays", field: "status" });
  if (status === from) return refuse("same_status", `${reference(state)} is ${status} already.`, "status");
  const nextUpdate = nextPromise(rules, { ...state, status }, at);
  const update = changePublished(rules, state, command, { kind: "status", from, to: status }, nextUpdate);
  return {
    events: [{ type: "StatusChanged", at, actor, data: { from, to: status } }, update],
    answer: { type: "StatusSet", number, status, n: update.data.n, nextUpdate },
  };
}
