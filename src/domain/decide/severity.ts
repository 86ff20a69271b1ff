import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { nextPromise, promiseNoLater } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { isWorse } from "../vocab.ts";
import { refuseOver } from "./over.ts";
import { changePublished } from "./publish.ts";

/** Raising is immediate; lowering what somebody gave needs a reason. The same one again confirms a provisional one. */
export function setSeverity(rules: Rules, state: Incident, command: CommandNamed<"SetSeverity">): Decision {
  const { at, actor, severity } = command;
  const { number, severity: from, provisional: wasProvisional } = state;
  const reason = command.reason?.body?.trim() ? command.reason : null;
  if (!isOpen(state))
    return refuseOver(rules, state, at, { so: `as ${from}, which stays`, field: "severity" });
  if (severity === from && !wasProvisional)
    return refuse("same_severity", `${reference(state)} is ${severity} already.`, "severity");
  const isLowered = isWorse(from, severity);
  if (isLowered && !wasProvisional && !reason)
    return refuse(
      "no_reason",
      `Somebody made ${reference(state)} ${from}; lowering it to ${severity} asks for a reason.`,
      "reason",
    );
  const nextUpdate = isLowered
    ? nextPromise(rules, { ...state, severity }, at)
    : promiseNoLater(rules, { ...state, severity }, at);
  const update = changePublished(
    rules,
    state,
    command,
    { kind: "severity", from, to: severity, reason },
    nextUpdate,
  );
  return {
    events: [
      { type: "SeverityChanged", at, actor, data: { from, to: severity, wasProvisional, reason } },
      update,
    ],
    answer: { type: "SeveritySet", number, severity, n: update.data.n, nextUpdate },
  };
}
